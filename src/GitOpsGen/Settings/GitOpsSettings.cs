using GitOpsGen.Yaml.Shapes;

namespace GitOpsGen.Settings;

/// <summary>The engine that applies the output.</summary>
/// <param name="Path">The path of <c>output</c> in the repository that the engine reads.</param>
/// <param name="ArgoCd">Argo CD's settings, where it is the engine.</param>
/// <param name="Flux">Flux's settings, where it is the engine.</param>
internal sealed record GitOpsSettings(string Path, ArgoCdSettings? ArgoCd = null, FluxSettings? Flux = null)
{
    /// <summary>Whether objects are generated for an engine, which then installs the core too.</summary>
    public bool HasEngine => ArgoCd is not null || Flux is not null;
}

/// <summary>What Applications need to know.</summary>
internal sealed record ArgoCdSettings
{
    /// <summary>The Git repository that holds the output.</summary>
    public required string RepoUrl { get; init; }

    /// <summary>The branch, tag or commit to follow.</summary>
    public required string Revision { get; init; }

    /// <summary>The AppProject.</summary>
    public required string Project { get; init; }

    /// <summary>The namespace of Argo CD.</summary>
    public required string Namespace { get; init; }

    /// <summary>What the names of the Applications begin with; by default the environment's name.</summary>
    public required Located<string> Name { get; init; }

    /// <summary>Whether the cluster is given by its API <c>server</c> or by its <c>name</c> in Argo CD.</summary>
    public required string DestinationKey { get; init; }

    /// <summary>The cluster, under that key.</summary>
    public required string Destination { get; init; }

    /// <summary>When Argo CD syncs by itself; <see langword="null"/> for always.</summary>
    public YamlMapping? Automated { get; init; }

    /// <summary>How often a sync that failed is tried again; <see langword="null"/> for without end.</summary>
    public YamlMapping? Retry { get; init; }

    /// <summary>Sync options beside those that are always set.</summary>
    public YamlSequence? SyncOptions { get; init; }

    /// <summary>Labels and annotations of the core's namespace.</summary>
    public YamlMapping? NamespaceMetadata { get; init; }

    /// <summary>Fields in which the cluster may differ from Git.</summary>
    public YamlSequence? IgnoreDifferences { get; init; }
}

/// <summary>What Flux's objects need to know.</summary>
internal sealed record FluxSettings
{
    /// <summary>The namespace of Flux's own objects.</summary>
    public required string Namespace { get; init; }

    /// <summary>What the names of those objects begin with.</summary>
    public required string Name { get; init; }

    /// <summary>How often Flux looks, such as <c>1h</c>.</summary>
    public required string Interval { get; init; }

    /// <summary>How long after a failure Flux tries again.</summary>
    public required string RetryInterval { get; init; }

    /// <summary>How long Flux waits until what it applied is healthy.</summary>
    public required string Timeout { get; init; }

    /// <summary>The kind of the source that holds the output.</summary>
    public required string SourceKind { get; init; }

    public required string SourceName { get; init; }

    /// <summary>The namespace of that source, where it is not that of the objects.</summary>
    public Located<string>? SourceNamespace { get; init; }

    /// <summary>How to reach the cluster, where Flux runs in another one.</summary>
    public YamlMapping? KubeConfig { get; init; }

    /// <summary>Where the values of variables come from; <see langword="null"/>: there are none.</summary>
    public YamlSequence? SubstituteFrom { get; init; }

    /// <summary>The name of the core's HelmRelease.</summary>
    public required string HelmRelease { get; init; }

    /// <summary>Where Helm keeps that release.</summary>
    public required string StorageNamespace { get; init; }

    /// <summary>The name of the objects where the settings give none: one Flux may apply to many clusters, which need a name each.</summary>
    public static string DefaultName(string environment, YamlMapping? kubeConfig) => kubeConfig is null ? "crossplane" : $"{environment}-crossplane";
}

/// <summary>Reads <c>gitops</c> of one environment: the engine, and what its objects need to know.</summary>
internal sealed class GitOpsReader(YamlScalar environment, DiagnosticBag bag)
{
    public GitOpsSettings? Read(Fields? gitOps, RelativePath output, CrossplaneSettings crossplane)
    {
        var path = output;
        if (gitOps?.Scalar("path") is { } written && !SettingsReader.TryParsePath(written.Text, out path))
        {
            bag.Add(
                Rules.PathEscapes,
                written.Span,
                $"'gitops.path' is '{Excerpt.Of(written.Text)}', which is not a folder of a repository.",
                "Use a relative path with /, such as manifests."
            );
            return null;
        }

        return gitOps?.Text("engine") switch
        {
            "argocd" => ReadArgoCd(gitOps.Value.Object("argocd")) is { } argoCd ? new(path!.Value, ArgoCd: argoCd) : null,
            "flux" => ReadFlux(gitOps.Value.Object("flux"), crossplane) is { } flux ? new(path!.Value, Flux: flux) : null,
            _ => new(path!.Value),
        };
    }

    private FluxSettings? ReadFlux(Fields? flux, CrossplaneSettings crossplane)
    {
        var kubeConfig = flux?.Mapping("kubeConfig");
        var name = flux?.Text("name") ?? FluxSettings.DefaultName(environment.Text, kubeConfig);
        if (name.Length > SettingsShape.LongestNameStem)
        {
            Missing("gitops.flux.name", $"Set a name of at most {SettingsShape.LongestNameStem} characters: '{name}' is too long for Flux's labels.");
            return null;
        }

        var source = flux?.Object("source");
        var release = flux?.Object("helmRelease");
        return new()
        {
            Namespace = flux?.Text("namespace") ?? "flux-system",
            Name = name,
            Interval = flux?.Text("interval") ?? "1h",
            RetryInterval = flux?.Text("retryInterval") ?? "2m",
            // While it waits, Flux takes no commit: a fix would come after it. A package that becomes ready can be unhealthy for 30 s more.
            Timeout = flux?.Text("timeout") ?? "5m",
            SourceKind = source?.Text("kind") ?? "GitRepository",
            SourceName = source?.Text("name") ?? "flux-system",
            SourceNamespace = source?.Located("namespace"),
            KubeConfig = kubeConfig,
            SubstituteFrom = flux?.Sequence("substituteFrom"),
            HelmRelease = release?.Text("name") ?? name,
            // One that was installed by hand is there.
            StorageNamespace = release?.Text("storageNamespace") ?? crossplane.Namespace,
        };
    }

    private ArgoCdSettings? ReadArgoCd(Fields? argoCd)
    {
        var destination = argoCd?.Object("destination");
        var repository = argoCd?.Text("repoURL") ?? Missing("gitops.argocd.repoURL", "Name the Git repository that holds the output.");
        var key = destination?.Has("name") == true ? "name" : "server";
        var cluster = destination?.Text(key);
        if (cluster is null)
            Missing("gitops.argocd.destination", "Name the cluster, for example { server: https://kubernetes.default.svc }.");

        var sync = argoCd?.Object("syncPolicy");
        return repository is null || cluster is null
            ? null
            : new()
            {
                RepoUrl = repository,
                Revision = argoCd?.Text("revision") ?? "HEAD",
                Project = argoCd?.Text("project") ?? "default",
                Namespace = argoCd?.Text("namespace") ?? "argocd",
                Name = argoCd?.Scalar("name") is { } name ? new(name.Text, name.Span) : new(environment.Text, environment.Span),
                DestinationKey = key,
                Destination = cluster,
                Automated = sync?.Mapping("automated"),
                Retry = sync?.Mapping("retry"),
                SyncOptions = sync?.Sequence("syncOptions"),
                NamespaceMetadata = sync?.Mapping("managedNamespaceMetadata"),
                IgnoreDifferences = argoCd?.Sequence("ignoreDifferences"),
            };
    }

    private string? Missing(string key, string fix)
    {
        EnvironmentReader.ReportMissing(environment, key, fix, bag);
        return null;
    }
}
