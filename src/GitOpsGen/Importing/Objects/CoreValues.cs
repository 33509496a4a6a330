using GitOpsGen.Planning;

namespace GitOpsGen.Importing.Objects;

/// <summary>Helm values of the crossplane chart that are in a file of their own: no key says so, only what they are about.</summary>
internal static class CoreValues
{
    // Of the oldest and the newest chart; what another one has besides is known to both.
    private static readonly string[] Versions = ["1.14.0", "1.19.0", "1.20.0", "2.0.0", "2.4.0"];
    private static readonly string[] Header = ["USER-SUPPLIED VALUES", "COMPUTED VALUES"];

    private static readonly HashSet<string> Known = Versions
        .SelectMany(version => ChartValues.OfVersion(version)?.Paths ?? [])
        .Where(path => !path.Contains('.', StringComparison.Ordinal))
        .Concat(Header)
        .ToHashSet(StringComparer.Ordinal);

    // Other charts have these keys too.
    private static readonly HashSet<string> Common =
    [
        "affinity",
        "args",
        "global",
        "hostNetwork",
        "image",
        "imagePullSecrets",
        "leaderElection",
        "metrics",
        "nameOverride",
        "nodeSelector",
        "podSecurityContext",
        "priorityClassName",
        "replicas",
        "resources",
        "securityContext",
        "service",
        "serviceAccount",
        "tolerations",
        "topologySpreadConstraints",
        "webhooks",
    ];

    /// <summary>Whether a document is the chart's values, for itself.</summary>
    public static bool AreValues(YamlNode document) =>
        MayBeValues(document)
        && (
            ((YamlMapping)document).Entries.Any(entry => !Common.Contains(entry.Key.Text) && !Header.Contains(entry.Key.Text))
            || document.TextAt("image", "repository")?.EndsWith("/crossplane", StringComparison.Ordinal) == true
        );

    /// <summary>Whether a document may be the chart's values, if something else says so.</summary>
    public static bool MayBeValues(YamlNode document) =>
        document is YamlMapping { Entries.IsEmpty: false } mapping && mapping.Entries.All(entry => Known.Contains(entry.Key.Text));

    /// <summary>The values without what 'helm get values' prints above them.</summary>
    public static YamlMapping Of(YamlMapping document) => new([.. document.Entries.Where(entry => !Header.Contains(entry.Key.Text))], document.Span);
}
