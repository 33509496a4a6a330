using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>From settings and graphs to the plan: first what each registry holds, over all environments, then each environment.</summary>
internal static class Planner
{
    public static (Plan Plan, ImmutableArray<Diagnostic> Found) Plan(
        PackageLock lockfile, ProjectSettings settings, ImmutableArray<PackageGraph> graphs, Func<EnvironmentName, bool> isSelected)
    {
        var bag = new DiagnosticBag();
        var graphOf = graphs.SelectMany(graph => graph.Environments.Select(name => (name, graph))).ToDictionary(pair => pair.name, pair => pair.graph);
        var contents = RegistryContents(settings, graphOf, bag);
        var environments = settings.Environments
            .Select(environment => new EnvironmentPlanner(environment, graphOf[environment.Name.Value], Locked(contents, environment.Registry), bag))
            .Zip(settings.Environments)
            .Where(pair => isSelected(pair.Second.Name.Value))
            .Select(pair => pair.First.Plan())
            .ToImmutableArray();
        SharedRoles.Check(environments, bag);
        var plan = new Plan(environments, BasePackages(lockfile), Registries(contents), ArgoCd(settings));
        return (plan, bag.ToImmutable());
    }

    private static Dictionary<string, (EcrRegistry? Ecr, HashSet<Repository> Locked, HashSet<Repository> Mirrored)> RegistryContents(
        ProjectSettings settings, Dictionary<EnvironmentName, PackageGraph> graphOf, DiagnosticBag bag)
    {
        var rules = new MirrorRules(bag);
        var contents = new Dictionary<string, (EcrRegistry? Ecr, HashSet<Repository> Locked, HashSet<Repository> Mirrored)>(StringComparer.Ordinal);
        foreach (var environment in settings.Environments)
        {
            var registry = environment.Registry;
            if (!contents.TryGetValue(Key(registry), out var content))
            {
                contents.Add(Key(registry), content = (registry.Ecr, [], []));
            }

            foreach (var image in EnvironmentPlanner.Images(graphOf[environment.Name.Value], registry))
            {
                rules.Check(image, registry.Ecr);
                content.Locked.Add(image.Repository);
                if (!image.IsOwn)
                {
                    content.Mirrored.Add(image.Repository);
                }
            }
        }

        return contents;
    }

    // One account in one region is one registry, whichever of its hosts an environment uses.
    private static string Key(RegistrySettings registry) => registry.Ecr?.FolderName ?? registry.Host.Value;

    private static HashSet<Repository> Locked(
        Dictionary<string, (EcrRegistry? Ecr, HashSet<Repository> Locked, HashSet<Repository> Mirrored)> contents, RegistrySettings registry) =>
        contents[Key(registry)].Locked;

    private static ImmutableArray<RegistryPlan> Registries(
        Dictionary<string, (EcrRegistry? Ecr, HashSet<Repository> Locked, HashSet<Repository> Mirrored)> contents) =>
    [
        .. contents.Values
            .Where(content => content.Ecr is not null)
            .Select(content => new RegistryPlan(content.Ecr!, IdentityPolicy.Mirror(content.Ecr!, content.Mirrored)))
            .OrderBy(registry => registry.Ecr.FolderName, StringComparer.Ordinal),
    ];

    private static ImmutableArray<BasePackage> BasePackages(PackageLock lockfile) =>
    [
        .. lockfile.Packages
            .Where(entry => entry.Kind != PackageKind.Crossplane)
            .Select(entry => new BasePackage(entry.Kind, entry.ObjectName))
            .Distinct()
            .OrderBy(package => package.Name),
    ];

    private static ArgoCdInstance? ArgoCd(ProjectSettings settings) =>
        settings.Environments.Select(e => e.GitOps.ArgoCd?.Namespace).OfType<string>().Distinct().ToArray() switch
        {
            [] => null,
            [var one] => new(one),
            _ => new(Namespace: null),
        };
}
