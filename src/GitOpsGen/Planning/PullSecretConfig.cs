using System.Collections.Immutable;
using GitOpsGen.Iam;
using GitOpsGen.Model;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>
/// The ImageConfig that gives pulls the registry's Secret. Crossplane matches it on the rewritten reference, so it names places
/// in the mirror (crossplane-runtime pkg/xpkg/client.go).
/// </summary>
internal static class PullSecretConfig
{
    public static ImageConfigPlan Of(IEnumerable<RegistryImage> images, RegistrySettings registry, string secret) => new(
        $"pull-{ObjectName.ToDnsLabel(registry.Host.Value)}",
        Shortest(images.Where(image => image.IsPackage).Select(image => PrefixOf(image, registry))),
        RewritePrefix: null,
        secret);

    private static string PrefixOf(RegistryImage image, RegistrySettings registry)
    {
        var prefix = image.IsOwn ? image.Repository.Organisation : registry.PrefixOf(image.Entry.Package.Value.Host);
        return prefix.Length == 0 ? $"{registry.Host}/" : $"{registry.Host}/{prefix}{(prefix == image.Repository.Path ? ":" : "/")}";
    }

    // A prefix that another one begins with adds nothing.
    private static ImmutableArray<string> Shortest(IEnumerable<string> prefixes)
    {
        var kept = ImmutableArray.CreateBuilder<string>();
        foreach (var prefix in prefixes.Distinct().Order(StringComparer.Ordinal))
        {
            if (kept.Count == 0 || !prefix.StartsWith(kept[^1], StringComparison.Ordinal))
            {
                kept.Add(prefix);
            }
        }

        return kept.ToImmutable();
    }
}
