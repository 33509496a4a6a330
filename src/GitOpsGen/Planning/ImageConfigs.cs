using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GitOpsGen.Iam;
using GitOpsGen.Model;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>The ImageConfigs of one environment: what Crossplane does with references before it pulls.</summary>
internal static class ImageConfigs
{
    /// <summary>
    /// The redirections of the strategy <c>rewrite</c>, by name, after them the pins of single versions, and then the one with the
    /// registry's Secret.
    /// </summary>
    public static ImmutableArray<ImageConfigPlan> Of(ImmutableArray<RegistryImage> images, EnvironmentSettings settings)
    {
        var packages = images.Where(image => image.IsPackage).ToList();
        return
        [
            .. settings.Install.Value == InstallStrategy.Rewrite ? Redirections(packages, settings.Registry) : [],
            .. settings.PinsByImageConfig ? DigestPins.Of(packages) : [],
            .. settings.Registry.PullSecret is { } secret && packages.Count > 0
                ? [WithSecret(packages, settings, secret.Value)]
                : ImmutableArray<ImageConfigPlan>.Empty,
        ];
    }

    /// <summary>
    /// With <c>rewrite</c>, <c>spec.package</c> stays the upstream reference, by which Crossplane resolves dependencies and compares
    /// families, and ImageConfigs redirect the pulls to the mirror. There is one for each upstream <c>host/organisation/</c> of a
    /// mirrored package. The prefix is compared with the whole reference and knows no path boundary, so it ends in <c>/</c>, or in
    /// <c>:</c> for a repository without organisation.
    /// </summary>
    private static ImmutableArray<ImageConfigPlan> Redirections(IEnumerable<RegistryImage> packages, RegistrySettings registry)
    {
        var prefixes = packages
            .Where(image => !image.IsOwn)
            .GroupBy(image => UpstreamAndMirror(image, registry), image => image.Entry)
            .OrderBy(rewrite => rewrite.Key.Upstream, StringComparer.Ordinal)
            .ToArray();
        var clashes = prefixes
            .GroupBy(rewrite => NameOf(rewrite.Key.Upstream))
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToHashSet();
        return
        [
            .. prefixes
                .Select(rewrite => new ImageConfigPlan(
                    UniqueNameOf(rewrite.Key.Upstream, clashes),
                    [rewrite.Key.Upstream],
                    rewrite.Key.Mirror,
                    PullSecret: null
                )
                {
                    Entries = [.. rewrite],
                })
                .OrderBy(config => config.Name, StringComparer.Ordinal),
        ];
    }

    private static (string Upstream, string Mirror) UpstreamAndMirror(RegistryImage image, RegistrySettings registry)
    {
        var upstream = image.Entry.Package.Value;
        var end = upstream.Organisation == upstream.Path ? ":" : "/";
        var mirror = registry.MirrorOf(upstream with { Path = upstream.Organisation });
        return ($"{upstream.Host}/{upstream.Organisation}{end}", $"{mirror}{end}");
    }

    // A name has no dots, so several prefixes can get the same one. Then a hash of the prefix makes it unique, whatever else is locked.
    private static string UniqueNameOf(string prefix, HashSet<string> clashes) =>
        clashes.Contains(NameOf(prefix))
            ? $"{NameOf(prefix)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(prefix)).AsSpan(..4))}"
            : NameOf(prefix);

    private static string NameOf(string prefix) => $"mirror-{ObjectName.ToDnsLabel(prefix[..^1])}";

    /// <summary>
    /// The ImageConfig that gives pulls the registry's Secret. Crossplane matches it on the rewritten reference, so it names places
    /// in the mirror (crossplane-runtime pkg/xpkg/client.go).
    /// </summary>
    private static ImageConfigPlan WithSecret(IReadOnlyCollection<RegistryImage> packages, EnvironmentSettings settings, string secret) =>
        new(
            $"pull-{ObjectName.ToDnsLabel(settings.Registry.Host.Value)}",
            Shortest(packages.SelectMany(image => PulledPrefixes(image, settings))),
            RewritePrefix: null,
            secret
        )
        {
            Entries = [.. packages.Select(image => image.Entry)],
        };

    private static ImmutableArray<string> PulledPrefixes(RegistryImage image, EnvironmentSettings settings)
    {
        // With rewrite, an own package is pulled by the reference in the lock, which may have another of ECR's hosts.
        var (host, path) = image.IsOwn && settings.Install.Value == InstallStrategy.Rewrite ? image.Entry.Package.Value : image.Repository;
        var prefix = image.IsOwn ? image.Repository.Organisation : settings.Registry.PrefixOf(image.Entry.Package.Value.Host);
        return prefix.Length == 0 ? [$"{host}/"]
            : prefix != path ? [$"{host}/{prefix}/"]
            : settings.PinsByImageConfig ? [$"{host}/{path}:", $"{host}/{path}@"]
            : [$"{host}/{path}:"];
    }

    // A prefix that begins with another one adds nothing.
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
