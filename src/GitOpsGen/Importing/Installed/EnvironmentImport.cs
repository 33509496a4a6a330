using GitOpsGen.Importing.Environments;
using GitOpsGen.Importing.Objects;
using GitOpsGen.Importing.Sources;

namespace GitOpsGen.Importing.Installed;

/// <summary>Makes of one environment's sources what the two files say of it.</summary>
internal sealed class EnvironmentImport
{
    private readonly SourceTree tree;
    private readonly EnvironmentSources sources;
    private readonly ImportRequest request;
    private readonly DiagnosticBag bag;
    private readonly CoreSources cores;

    public EnvironmentImport(SourceTree tree, EnvironmentSources sources, ImportRequest request, DiagnosticBag bag)
    {
        this.tree = tree;
        this.request = request;
        this.bag = bag;
        this.sources = sources with
        {
            Objects = ClusterObjects.WithoutRepeated([.. sources.Objects.SelectMany(item => Expanded(item, sources.Original))], bag),
        };
        cores = new(tree, this.sources, bag);
    }

    public ImportedEnvironment Import()
    {
        var use = cores.Find();
        var core = new CoreImport(cores.Deployment, sources.Name, request, bag).Read(use);
        var mirrors = new MirrorReading(sources, request.Upstreams, bag);
        var objects = new PackageObjects(sources, request, core, mirrors, bag);
        var packages = objects.Read();
        var places = RegistryImport.Of(packages, core, mirrors, bag);
        var runtimes = new RuntimeImport(sources, core, bag);
        (var metadata, packages) = OwnMetadata.Divide([.. packages.Select(runtimes.Complete)], bag);
        var identity = new IdentityImport(sources, request, core, places.Registry, bag);
        var environment = new ImportedEnvironment(sources)
        {
            Core = core is null ? null : core with { Values = CoreImport.Kept(core.ExistingValues, identity.TakesRole, places.Registry?.PullSecret) },
            Packages = packages,
            Metadata = metadata,
            Registry = places.Registry,
            Upstreams = places.Routes,
            IsDirect = places.IsDirect,
            PinsDigests = packages.Length > 0 && packages.All(package => package.Digest is not null),
            Iam = identity.Settings,
            Engine = new EngineImport(tree, sources, use, core?.Namespace ?? CoreImport.DefaultNamespace, metadata, bag).Read(),
        };
        SourceRules.Check(environment, bag);
        runtimes.Check(environment.Packages);
        return environment;
    }

    // One element of a list in an ApplicationSet is this environment.
    private static IEnumerable<SourceObject> Expanded(SourceObject item, string environment)
    {
        if (item.Kind != ApplicationSets.Kind || ApplicationSets.Template(item) is not { } template)
            return [item];

        var own = ApplicationSets
            .Elements(item)
            .Elements.Where(element => element.Entries.Any(entry => (entry.Value as YamlScalar)?.Text == environment))
            .ToList();
        return own.Count > 0 ? [item, .. own.Select(element => ApplicationSets.Filled(template, element))] : [item, template];
    }
}
