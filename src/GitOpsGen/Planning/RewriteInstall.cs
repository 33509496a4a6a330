using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GitOpsGen.Iam;
using GitOpsGen.Model;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>
/// The strategy <c>rewrite</c>: <c>spec.package</c> stays the upstream reference, by which Crossplane resolves dependencies and
/// compares families, and ImageConfigs redirect the pulls to the mirror.
/// </summary>
internal static class RewriteInstall
{
    /// <summary>
    /// One ImageConfig for each upstream <c>host/organisation/</c> of a mirrored package, by name. The prefix is compared with the
    /// whole reference and knows no path boundary, so it ends in <c>/</c>, or in <c>:</c> for a repository without organisation.
    /// </summary>
    public static ImmutableArray<ImageConfigPlan> ImageConfigs(IEnumerable<RegistryImage> images, RegistrySettings registry)
    {
        var prefixes = images
            .Where(image => image.IsPackage && !image.IsOwn)
            .GroupBy(image => PrefixOf(image, registry), image => image.Entry)
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

    private static (string Upstream, string Mirror) PrefixOf(RegistryImage image, RegistrySettings registry)
    {
        var upstream = image.Entry.Package.Value;
        var end = upstream.Organisation == upstream.Path ? ":" : "/";
        var mirror = registry.MirrorOf(upstream with { Path = upstream.Organisation });
        return ($"{upstream.Host}/{upstream.Organisation}{end}", $"{mirror}{end}");
    }

    // Several prefixes can come to one name, for it has no dots: then the prefix itself decides, whatever else is locked.
    private static string UniqueNameOf(string prefix, HashSet<string> clashes) =>
        clashes.Contains(NameOf(prefix))
            ? $"{NameOf(prefix)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(prefix)).AsSpan(..4))}"
            : NameOf(prefix);

    private static string NameOf(string prefix) => $"mirror-{ObjectName.ToDnsLabel(prefix[..^1])}";
}
