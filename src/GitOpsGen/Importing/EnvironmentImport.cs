using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Yaml;

namespace GitOpsGen.Importing;

/// <summary>Makes of one environment's sources what the two files say of it.</summary>
internal sealed class EnvironmentImport
{
    private const string RoleAnnotation = "eks.amazonaws.com/role-arn";
    private const string ChartsHost = "charts.crossplane.io";

    /// <summary>Where the chart is published.</summary>
    public const string DefaultChart = $"https://{ChartsHost}/stable";

    private readonly SourceTree tree;
    private readonly EnvironmentSources sources;
    private readonly ImportRequest request;
    private readonly DiagnosticBag bag;
    private readonly CoreSources cores;

    public EnvironmentImport(SourceTree tree, EnvironmentSources sources, ImportRequest request, DiagnosticBag bag)
    {
        this.tree = tree;
        this.sources = sources with { Objects = [.. sources.Objects.SelectMany(item => Expanded(item, sources.Original))] };
        this.request = request;
        this.bag = bag;
        cores = new(tree, this.sources, bag);
    }

    public ImportedEnvironment Import()
    {
        var use = cores.Find();
        var core = ReadCore(use);
        var mirrors = new MirrorReading(sources, request.Upstreams, bag);
        var objects = new PackageObjects(sources, request, core, mirrors, bag);
        var packages = objects.Read();
        var places = RegistryImport.Of(packages, core, mirrors, bag);
        var runtimes = new RuntimeImport(sources, core, bag);
        packages = [.. packages.Select(runtimes.Complete)];
        var identity = new IdentityImport(sources, request, core, places.Registry, bag);
        var environment = new ImportedEnvironment(sources)
        {
            Core = core is null ? null : core with { Values = Kept(core.ExistingValues, identity.TakesRole, places.Registry?.PullSecret) },
            Packages = packages,
            Registry = places.Registry,
            Upstreams = places.Routes,
            IsDirect = places.IsDirect,
            PinsDigests = packages.Length > 0 && packages.All(package => package.Digest is not null),
            Iam = identity.Settings,
            Engine = new EngineImport(tree, sources, use, bag).Read(),
        };
        SourceRules.Check(environment, bag);
        runtimes.Check(environment.Packages);
        return environment;
    }

    // One element of a list in an ApplicationSet is this environment.
    private static IEnumerable<SourceObject> Expanded(SourceObject item, string environment)
    {
        if (item.Kind != "ApplicationSet" || ApplicationSets.Template(item) is not { } template)
        {
            return [item];
        }

        var own = ApplicationSets
            .Elements(item)
            .Elements.Where(element => element.Entries.Any(entry => (entry.Value as YamlScalar)?.Text == environment))
            .ToList();
        return own.Count > 0 ? own.Select(element => ApplicationSets.Filled(template, element)) : [template];
    }

    private ImportedCore? ReadCore(ChartUse? use)
    {
        var deployment = cores.Deployment;
        if (use is null && deployment is null)
        {
            return null;
        }

        var image = deployment is null ? null : CoreSources.ContainerOf(deployment)!["image"] as YamlScalar;
        var running = image is null ? null : PackageReference.Parse(image.Text);
        var chart = use?.Version;
        if (VersionOf(use, image, running) is not { } version)
        {
            bag.Add(
                new Diagnostic(
                    Rules.ImportCoreVersion,
                    $"No source says which version of the core runs in {sources.Name}.",
                    "Say it: --core VERSION",
                    use?.Values?.Span ?? deployment!.Span
                )
                {
                    Severity = Severity.Error,
                }
            );
            return null;
        }

        var repository = use?.Values.At("image", "repository") as YamlScalar;
        var pulled =
            repository is not null ? new Located<string>(repository.Text, repository.Span)
            : running is not null && use?.Version is null ? new(running.In("docker.io"), image!.Span)
            : (Located<string>?)null;
        version = request.Resolved.TryGetValue((UpstreamOf(version.Value, pulled?.Value), version.Value), out var complete)
            ? version.With(complete)
            : version;
        CheckVersion(use, version);
        if (deployment is not null && use?.Object is not null && running is not null && running.VersionText != version.Value)
        {
            bag.Add(
                Rules.ImportClusterDiffers,
                image!.Span,
                $"The core that runs is {running.VersionText}; the files say {version.Value}, and they are taken.",
                "Apply the files first, if they are right."
            );
        }

        var label =
            deployment?.Label("helm.sh/chart") is { } text && text.StartsWith($"{CoreSources.Chart}-", StringComparison.Ordinal)
                ? text[(CoreSources.Chart.Length + 1)..]
                : null;
        var repositoryOfChart = use?.Repository?.TrimEnd('/') ?? DefaultChart;
        return new()
        {
            Package = UpstreamOf(version.Value, pulled?.Value),
            Version = version,
            Use = use,
            ChartRepository = repositoryOfChart,
            LockedRepository = repositoryOfChart,
            ChartVersion = chart?.Text ?? label ?? version.Value.TrimStart('v'),
            Namespace = use?.Namespace ?? deployment?.Namespace ?? "crossplane-system",
            Release =
                use?.Release
                ?? deployment?.Annotation("meta.helm.sh/release-name")
                ?? deployment?.Label("app.kubernetes.io/instance")
                ?? "crossplane",
            Image = pulled,
            ExistingValues = use?.Values ?? ValuesOf(deployment),
        };
    }

    private Located<string>? VersionOf(ChartUse? use, YamlScalar? image, PackageReference? running) =>
        use?.Values.At("image", "tag") is YamlScalar { Text.Length: > 0 } tag ? new(tag.Text, tag.Span)
        : use?.Version is { } chart ? new(Prefixed(chart.Text), chart.Span)
        : running is not null ? new(running.VersionText, image!.Span)
        : request.Core.Of(sources.Name) is { } given ? new(Prefixed(given), (use!.Values ?? NodePaths.Empty(default)).Span)
        : null;

    private void CheckVersion(ChartUse? use, Located<string> version)
    {
        var chart = use?.Version;
        var isFromChart = chart is not null && version.Span == chart.Span;
        if (Placeholders.First(version.Value, inParentheses: true) is { } placeholder)
        {
            bag.Add(SourceRules.Open(placeholder, version.Span));
        }
        else if (!isFromChart && !PackageVersion.TryParse(version.Value, out _))
        {
            bag.Add(
                Rules.ImportVersion,
                version.Span,
                $"The core's version is '{Excerpt.Of(version.Value)}', which can move or is not complete.",
                "Give the complete version, such as v2.3.4."
            );
        }

        if (chart is null)
        {
            // Only the Deployment says what a cluster runs of the chart.
            if (use is null)
            {
                bag.Add(
                    new Diagnostic(
                        Rules.ImportEngine,
                        "Of the core that runs, the image, the arguments and the release are taken; other values are not.",
                        "Import what 'helm get values RELEASE -o yaml' prints, too.",
                        cores.Deployment!.NameSpan
                    )
                    {
                        Severity = Severity.Info,
                    }
                );
            }
        }
        else if (!ChartVersion.TryParse(chart.Text, out _) || chart.Kind != ScalarKind.String)
        {
            if (Placeholders.First(chart.Text, inParentheses: true) is null)
            {
                bag.Add(
                    new Diagnostic(
                        Rules.ImportCoreVersion,
                        $"The chart's version is '{Excerpt.Of(chart.Text)}', which can move or is not complete.",
                        "Give the complete version, such as 2.3.4.",
                        chart.Span
                    )
                    {
                        Severity = Severity.Error,
                    }
                );
            }
        }
        else if (isFromChart && use!.Repository is { } repository && !repository.Contains(ChartsHost, StringComparison.Ordinal))
        {
            bag.Add(
                Rules.ImportCoreVersion,
                chart.Span,
                $"The core's version is taken to be that of its chart, {chart.Text}, though the chart comes from {Excerpt.Of(repository)}.",
                "Correct the version in the lockfile if the chart counts in another way."
            );
        }
    }

    // Arguments are values; the image and its tag are the lock's.
    private static YamlMapping? ValuesOf(SourceObject? deployment)
    {
        var arguments = deployment is null ? null : CoreSources.ContainerOf(deployment)!["args"] as YamlSequence;
        ImmutableArray<YamlNode> own = [.. (arguments?.Items ?? []).Where((item, at) => !(at < 2 && item is YamlScalar { Text: "core" or "start" }))];
        return own.IsEmpty ? null : NodePaths.Empty(arguments!.Span).With("args", new YamlSequence(own, arguments.Span));
    }

    /// <summary>The repository that a version of the chart pulls by itself, or the public one that is named.</summary>
    private static string UpstreamOf(string version, string? pulled)
    {
        if (pulled is not null && PackageReference.Parse(pulled) is { Host: { } host } reference && PublicHosts.Has(host))
        {
            return reference.In(host);
        }

        var number = PackageVersion.TryParse(version, out var complete) ? (complete.Major, complete.Minor) : (int.MaxValue, 0);
        var registry =
            number.CompareTo((1, 14)) < 0 ? "docker.io"
            : number.CompareTo((1, 20)) < 0 ? "xpkg.upbound.io"
            : "xpkg.crossplane.io";
        return $"{registry}/crossplane/crossplane";
    }

    private static string Prefixed(string version) => version.Length > 0 && char.IsAsciiDigit(version[0]) ? $"v{version}" : version;

    // What the lock, the registry and the identity decide is theirs.
    private static YamlMapping? Kept(YamlMapping? values, bool takesRole, string? secret)
    {
        if (values is null)
        {
            return null;
        }

        var kept = values.Without("image", "repository").Without("image", "tag");
        kept = takesRole ? kept.Without("serviceAccount", "customAnnotations", RoleAnnotation).Without("customAnnotations", RoleAnnotation) : kept;
        kept =
            secret is not null && kept.ItemsAt("imagePullSecrets") is [var only] && ((only as YamlScalar)?.Text ?? only.TextAt("name")) == secret
                ? kept.Without("imagePullSecrets")
                : kept;
        foreach (var kind in PackageObjects.ChartKinds)
        {
            kept = kept.Without(kind, "packages");
        }

        return kept.Entries.IsEmpty ? null : kept;
    }
}

/// <summary>Registries that everybody pulls from: what is named by one of them is no copy.</summary>
internal static class PublicHosts
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "xpkg.upbound.io",
        "xpkg.crossplane.io",
        "registry.upbound.io",
        "docker.io",
        "index.docker.io",
        "registry-1.docker.io",
        "ghcr.io",
        "quay.io",
        "gcr.io",
        "registry.k8s.io",
        "registry.gitlab.com",
        "public.ecr.aws",
        "mcr.microsoft.com",
    };

    public static bool Has(string host) => Known.Contains(host);
}
