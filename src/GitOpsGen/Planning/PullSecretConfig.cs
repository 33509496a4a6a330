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
    public static ImageConfigPlan Of(IEnumerable<RegistryImage> images, EnvironmentSettings settings, string secret) =>
        new(
            $"pull-{ObjectName.ToDnsLabel(settings.Registry.Host.Value)}",
            Shortest(images.Where(image => image.IsPackage).Select(image => PrefixOf(image, settings))),
            RewritePrefix: null,
            secret
        )
        {
            Entries = [.. images.Where(image => image.IsPackage).Select(image => image.Entry)],
        };

    private static string PrefixOf(RegistryImage image, EnvironmentSettings settings)
    {
        // With rewrite, an own package is pulled by the reference in the lock, which may have another of ECR's hosts.
        var (host, path) = image.IsOwn && settings.Install.Value == InstallStrategy.Rewrite ? image.Entry.Package.Value : image.Repository;
        var prefix = image.IsOwn ? image.Repository.Organisation : settings.Registry.PrefixOf(image.Entry.Package.Value.Host);
        return prefix.Length == 0 ? $"{host}/" : $"{host}/{prefix}{(prefix == path ? ":" : "/")}";
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
