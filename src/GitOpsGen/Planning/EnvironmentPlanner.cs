using GitOpsGen.Iam;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>Decides one environment.</summary>
internal sealed class EnvironmentPlanner(
    EnvironmentSettings settings,
    PackageGraph graph,
    ImmutableArray<RegistryImage> images,
    RolePolicies policies,
    EnvironmentFindings findings,
    DiagnosticBag bag
)
{
    /// <summary>The access alone.</summary>
    public AccessPlan? Access()
    {
        var options = new PackageOptions(settings, graph.Core?.Version.Value, findings);
        return Access(Chart(), [.. images.Where(image => image.IsPackage).Select(image => options.Of(image.Entry).Runtime)]);
    }

    public EnvironmentPlan Plan()
    {
        CheckDigests();
        var imageConfigs = GitOpsGen.Planning.ImageConfigs.Of(images, settings);
        new InstallRules(settings, graph, findings).Check(images, imageConfigs);
        PullRules.Check(settings, images, imageConfigs, bag);
        var options = new PackageOptions(settings, graph.Core?.Version.Value, findings);
        var packages = images.Where(image => image.IsPackage).ToDictionary(image => image.Entry, image => Package(image, options));
        options.CheckReferences(packages.Values);
        FamilyRules.Check(settings.Name.Value, packages.Values, bag);
        var chart = Chart();
        var access = Access(chart, packages.Values.Select(package => package.Runtime));
        return new()
        {
            Settings = settings,
            Images = images,
            ImageConfigs = imageConfigs,
            RuntimeConfigs =
            [
                .. packages
                    .Values.Select(package => package.Runtime)
                    .OfType<RuntimeConfigPlan>()
                    .GroupBy(runtime => runtime.Name)
                    .OrderBy(shared => shared.Key, StringComparer.Ordinal)
                    .Select(shared =>
                        shared.Count() == 1
                            ? shared.First()
                            : shared.First() with
                            {
                                NameOrigins = [.. shared.SelectMany(runtime => runtime.NameOrigins).Distinct()],
                                Metadata = settings.Metadata,
                            }
                    ),
            ],
            Waves = [.. graph.Waves.Select((wave, number) => new WavePlan(number, [.. wave.Select(entry => packages[entry])]))],
            Core = graph.Core is null
                ? null
                : new CorePlanner(settings, bag).Plan(images[0], Tag(images[0]), chart, access?.Registry?.PackageManager),
            Access = access,
        };
    }

    private ChartPlan? Chart() => graph.Core is { } core ? ChartPlan.Of(core, settings) : null;

    private AccessPlan? Access(ChartPlan? chart, IEnumerable<RuntimeConfigPlan?> runtimes) =>
        new AccessPlanner(settings, images, chart, policies, bag).Plan(new(settings, findings), [.. runtimes.OfType<RuntimeConfigPlan>()]);

    private PackagePlan Package(RegistryImage image, PackageOptions options)
    {
        var isDirect = settings.Install.Value == InstallStrategy.Direct;
        var (spec, runtime) = options.Of(image.Entry);
        return new()
        {
            Entry = image.Entry,
            Route = image.Place.Route,
            Repository = isDirect ? image.Repository : image.Entry.Package.Value,
            Tag = Tag(image),
            SkipsDependencyResolution = isDirect,
            Spec = spec,
            Runtime = runtime,
            Metadata = settings.MetadataOf(image.Entry.ObjectName),
        };
    }

    // With a digest after it, the tag only shows the version. A package that an ImageConfig pins keeps its plain tag.
    private string Tag(RegistryImage image) =>
        settings.Pin == PinMode.Digest && !(image.IsPackage && settings.PinsByImageConfig) && image.Entry.Digest is { } digest
            ? $"{image.Entry.Version}@{digest}"
            : image.Entry.Version.Value.Text;

    private void CheckDigests()
    {
        foreach (var image in images.Where(image => settings.Pin == PinMode.Digest && image.Entry.Digest is null))
        {
            findings.Add(
                Rules.PinWithoutDigest,
                image.Entry.Package.Span,
                $"{image.Entry.Package} {image.Entry.Version} has no digest, but 'pin: digest' asks for one",
                "Run 'gitopsgen lock', or set 'pin: tag'."
            );
        }
    }
}

/// <summary>Decides the core of one environment: its chart and its Helm values.</summary>
internal sealed class CorePlanner(EnvironmentSettings settings, DiagnosticBag bag)
{
    public CorePlan Plan(RegistryImage core, string tag, ChartPlan? chart, PackageManagerAccess? packageManager)
    {
        if (chart is null && settings.GitOps.HasEngine)
        {
            bag.Add(
                Rules.ChartMisplaced,
                core.Entry.Package.Span,
                $"{core.Entry.Package} has no chart, but in environment {settings.Name} the engine has to install it.",
                "Add 'chart: { repository: https://charts.crossplane.io/stable, version: … }'."
            );
        }

        if (chart is not null)
            ChartRules.Check(settings, chart, bag);

        var account = settings.Crossplane.Values?["serviceAccount"] as YamlMapping;
        foreach (var (span, problem, fix) in EksAnnotations.Problems(account?["customAnnotations"] as YamlMapping, settings.KnownPartition))
            bag.Add(Rules.EksAnnotation, span, $"{problem}.", fix);

        var generated = new GeneratedValues(core, tag)
        {
            PullSecret = core.Place.Route.PullSecret,
            Role = packageManager is null ? null : new(packageManager.Role.ToString(), settings.Iam!.PackageManager!.Role.Span),
            AnnotatesServiceAccount = packageManager?.Issuer is not null,
        };
        return new(
            core,
            chart,
            new HelmValues(core.Entry, bag, settings.PinsByImageConfig, hasUpstreamChart: chart is not { Name: not ChartPlan.UpstreamName }).Merge(
                generated.ToYaml(),
                settings.Crossplane.Values
            )
        );
    }
}
