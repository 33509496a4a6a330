using GitOpsGen.Importing.Objects;
using GitOpsGen.Importing.Sources;

namespace GitOpsGen.Importing.Installed;

/// <summary>What is said of the core: its version, chart, image and values.</summary>
/// <param name="deployment">The Deployment of a core that runs, if it is among the sources.</param>
/// <param name="environment">The environment's name.</param>
/// <param name="request">What was asked for.</param>
/// <param name="bag">Gets the findings.</param>
internal sealed class CoreImport(SourceObject? deployment, string environment, ImportRequest request, DiagnosticBag bag)
{
    private const string ChartsHost = "charts.crossplane.io";

    /// <summary>The namespace of the core where nothing says another one.</summary>
    public const string DefaultNamespace = "crossplane-system";

    /// <summary>Where the chart is published.</summary>
    public const string DefaultChart = $"https://{ChartsHost}/stable";

    /// <summary>The core; <see langword="null"/> where there is none, or nothing says its version.</summary>
    public ImportedCore? Read(ChartUse? use)
    {
        if (use is null && deployment is null)
            return null;

        var image = deployment is null ? null : CoreObjects.ContainerOf(deployment)!["image"] as YamlScalar;
        var running = image is null ? null : PackageReference.Parse(image.Text);
        var chart = use?.Version;
        if (VersionOf(use, image, running) is not var (version, digest))
        {
            bag.Add(
                new Diagnostic(
                    Rules.ImportCoreVersion,
                    $"No source says which version of the core runs in {environment}.",
                    "Say it: --core VERSION",
                    use?.Span ?? deployment!.Span
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

        if (deployment?.Namespace is { } place && use is { Object: { } installs, Namespace: { } target } && place != target)
        {
            bag.Add(
                new Diagnostic(
                    Rules.ImportClusterDiffers,
                    $"The core runs in the namespace {place}, and {installs} installs it in {target}, which is taken: there would be two.",
                    "If the one that runs is to stay, set 'crossplane.namespace' in the settings.",
                    deployment.NameSpan
                )
                {
                    Severity = Severity.Warning,
                }
            );
        }

        var label =
            deployment?.Label("helm.sh/chart") is { } text && text.StartsWith($"{CoreObjects.Chart}-", StringComparison.Ordinal)
                ? text[(CoreObjects.Chart.Length + 1)..]
                : null;
        var repositoryOfChart = use?.Repository?.TrimEnd('/') ?? DefaultChart;
        return new()
        {
            Package = UpstreamOf(version.Value, pulled?.Value),
            Version = version,
            Digest = digest,
            Use = use,
            ChartRepository = repositoryOfChart,
            LockedRepository = repositoryOfChart,
            ChartVersion = chart?.Text ?? label ?? version.Value.TrimStart('v'),
            Namespace = use?.Namespace ?? deployment?.Namespace ?? DefaultNamespace,
            Release =
                use?.Release
                ?? deployment?.Annotation("meta.helm.sh/release-name")
                ?? deployment?.Label("app.kubernetes.io/instance")
                ?? "crossplane",
            Image = pulled,
            ExistingValues = use?.Values ?? ValuesOf(deployment),
        };
    }

    private (Located<string> Version, string? Digest)? VersionOf(ChartUse? use, YamlScalar? image, PackageReference? running) =>
        use?.Values.At("image", "tag") is YamlScalar { Text.Length: > 0 } tag
            ? tag.Text.Split('@', 2) is [var before, var digest]
                ? (new(before, tag.Span), digest)
                : (new(tag.Text, tag.Span), null)
            : use?.Version is { } chart
                ? (new(Prefixed(chart.Text), chart.Span), null)
                : running is not null
                    ? (new(running.VersionText, image!.Span), running.Tag is null ? null : running.Digest)
                    : request.Core.Of(environment) is { } given
                        ? (new(Prefixed(given), use?.Span ?? deployment!.Span), null)
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
                        deployment!.NameSpan
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
        var arguments = deployment is null ? null : CoreObjects.ContainerOf(deployment)!["args"] as YamlSequence;
        ImmutableArray<YamlNode> own = [.. (arguments?.Items ?? []).Where((item, at) => !(at < 2 && item is YamlScalar { Text: "core" or "start" }))];
        return own.IsEmpty ? null : NodePaths.Empty(arguments!.Span).With("args", new YamlSequence(own, arguments.Span));
    }

    /// <summary>The repository that a version of the chart pulls by itself, or the public one that is named.</summary>
    private static string UpstreamOf(string version, string? pulled)
    {
        if (pulled is not null && PackageReference.Parse(pulled) is { Host: { } host } reference && PublicHosts.Has(host))
            return reference.In(host);

        var number = PackageVersion.TryParse(version, out var complete) ? (complete.Major, complete.Minor) : (int.MaxValue, 0);
        var registry =
            number.CompareTo((1, 14)) < 0 ? "docker.io"
            : number.CompareTo((1, 20)) < 0 ? "xpkg.upbound.io"
            : "xpkg.crossplane.io";
        return $"{registry}/crossplane/crossplane";
    }

    private static string Prefixed(string version) => version.Length > 0 && char.IsAsciiDigit(version[0]) ? $"v{version}" : version;

    /// <summary>The values without what the lock, the registry and the identity decide.</summary>
    public static YamlMapping? Kept(YamlMapping? values, bool takesRole, string? secret)
    {
        if (values is null)
            return null;

        var kept = values.Without("image", "repository").Without("image", "tag");
        kept = takesRole
            ? kept.Without("serviceAccount", "customAnnotations", IamRoleArn.Annotation).Without("customAnnotations", IamRoleArn.Annotation)
            : kept;
        kept =
            secret is not null && kept.ItemsAt("imagePullSecrets") is [var only] && ((only as YamlScalar)?.Text ?? only.TextAt("name")) == secret
                ? kept.Without("imagePullSecrets")
                : kept;
        foreach (var kind in PackageObjects.ChartKinds)
            kept = kept.Without(kind, "packages");

        return kept.Entries.IsEmpty ? null : kept;
    }
}
