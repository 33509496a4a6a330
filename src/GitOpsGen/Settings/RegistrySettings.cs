using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Settings;

/// <summary>The private registry of an environment.</summary>
/// <param name="Host">The host that references begin with.</param>
/// <param name="Ecr">Account and region, where the host is ECR's; else <see langword="null"/>.</param>
/// <param name="Prefixes">The path before the upstream path, by upstream host; <c>default</c> for every other host.</param>
/// <param name="PullSecret">The Secret in the Crossplane namespace that holds the registry's credentials, where the user names one.</param>
internal sealed record RegistrySettings(
    Located<string> Host,
    EcrRegistry? Ecr,
    ImmutableDictionary<string, string> Prefixes,
    Located<string>? PullSecret
)
{
    public const string DefaultPrefix = "default";

    /// <summary>The prefixes as text: equal for settings that mirror alike.</summary>
    public string PrefixesText => string.Join(',', Prefixes.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));

    /// <summary>
    /// Where a package lies in this registry: the prefix joined with the upstream path. A package whose upstream is this registry
    /// stays where it is.
    /// </summary>
    public Repository MirrorOf(Repository upstream)
    {
        var prefix = PrefixOf(upstream.Host);
        return IsOwn(upstream) || prefix.Length == 0 ? new(Host.Value, upstream.Path) : new(Host.Value, $"{prefix}/{upstream.Path}");
    }

    /// <summary>What stands before the path of a package from an upstream host; empty for nothing.</summary>
    public string PrefixOf(string upstreamHost) => Prefixes.GetValueOrDefault(upstreamHost) ?? Prefixes.GetValueOrDefault(DefaultPrefix) ?? "";

    /// <summary>
    /// Whether a package already lives in this registry: it is used as it is, and never copied. An ECR registry has several hosts.
    /// </summary>
    public bool IsOwn(Repository upstream) =>
        upstream.Host == Host.Value
        || (Ecr is not null && EcrRegistry.TryParseHost(upstream.Host, out var other) && other.FolderName == Ecr.FolderName);
}
