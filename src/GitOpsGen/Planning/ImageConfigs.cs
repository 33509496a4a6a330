using System.Security.Cryptography;
using GitOpsGen.Iam;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>The ImageConfigs of one environment: what Crossplane does with references before it pulls.</summary>
internal static class ImageConfigs
{
    /// <summary>
    /// The redirections of the strategy <c>rewrite</c>, by name, after them the pins of single versions, and then those with the Secrets
    /// of registries.
    /// </summary>
    public static ImmutableArray<ImageConfigPlan> Of(ImmutableArray<RegistryImage> images, EnvironmentSettings settings)
    {
        var packages = images.Where(image => image.IsPackage).ToList();
        return
        [
            .. settings.Install.Value == InstallStrategy.Rewrite ? Redirections(packages) : [],
            .. settings.PinsByImageConfig ? DigestPins.Of(packages) : [],
            .. WithSecrets(packages, settings),
        ];
    }

    /// <summary>
    /// With <c>rewrite</c>, <c>spec.package</c> stays the upstream reference, by which Crossplane resolves dependencies and compares
    /// families, and ImageConfigs redirect the pulls. There is one for each upstream <c>host/organisation/</c> of a package that is pulled
    /// from elsewhere, or for the longer prefix of its route. A package that is pulled where it is gets one too where it is inside of such
    /// a prefix: the longest prefix wins, and this one leads where the reference led already.
    /// </summary>
    private static ImmutableArray<ImageConfigPlan> Redirections(List<RegistryImage> packages)
    {
        var moved = packages.Where(image => !image.IsPublished).ToLookup(UpstreamPrefix, StringComparer.Ordinal);
        var kept = packages
            .Where(image => image.IsPublished && moved.Any(prefix => $"{image.Entry.Package}:".StartsWith(prefix.Key, StringComparison.Ordinal)))
            .ToLookup(UpstreamPrefix, StringComparer.Ordinal);
        return [.. Named(moved, "mirror", group => MirrorPrefix(group.First(), group.Key)), .. Named(kept, "upstream", group => group.Key)];
    }

    private static string UpstreamPrefix(RegistryImage image) => image.Place.Route.ReferencePrefixOf(image.Entry.Package.Value);

    // What follows the prefix is the same upstream and in the mirror.
    private static string MirrorPrefix(RegistryImage image, string upstreamPrefix)
    {
        var rest = $"{image.Entry.Package}:".Length - upstreamPrefix.Length;
        return $"{image.Repository}:"[..^rest];
    }

    private static IEnumerable<ImageConfigPlan> Named(
        ILookup<string, RegistryImage> prefixes,
        string word,
        Func<IGrouping<string, RegistryImage>, string> rewrite
    )
    {
        var name = Names(prefixes.Select(group => group.Key), word, prefix => prefix[..^1]);
        return prefixes
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new ImageConfigPlan(name(group.Key), [group.Key], rewrite(group), PullSecret: null)
            {
                Entries = [.. group.Select(image => image.Entry)],
                Routes = RoutesOf(group),
            })
            .OrderBy(config => config.Name, StringComparer.Ordinal);
    }

    // A name has no dots, so several texts can get the same one. Then a hash of the text makes it unique, whatever else is locked.
    private static Func<string, string> Names(IEnumerable<string> texts, string word, Func<string, string> shown)
    {
        var clashes = texts.GroupBy(Plain).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        return text =>
            clashes.Contains(Plain(text))
                ? $"{Plain(text)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(..4))}"
                : Plain(text);

        string Plain(string text) => $"{word}-{ObjectName.ToDnsLabel(shown(text))}";
    }

    private static ImmutableArray<UpstreamRoute> RoutesOf(IEnumerable<RegistryImage> images) =>
        [.. images.Select(image => image.Place.Route).Distinct()];

    /// <summary>
    /// The ImageConfigs that give pulls the Secrets of registries. Crossplane matches them on the rewritten reference, so they name places
    /// that are pulled from (crossplane-runtime pkg/xpkg/client.go).
    /// </summary>
    private static IEnumerable<ImageConfigPlan> WithSecrets(IEnumerable<RegistryImage> packages, EnvironmentSettings settings)
    {
        var secrets = packages
            .Where(image => image.Place.Route.PullSecret is not null)
            .GroupBy(image => $"{image.Place.Route.Registry?.Host.Value ?? image.Repository.Host} {image.Place.Route.PullSecret}")
            .ToList();
        var name = Names(secrets.Select(group => group.Key), "pull", text => text.Split(' ')[0]);
        return secrets
            .Select(group => new ImageConfigPlan(
                name(group.Key),
                Shortest(group.SelectMany(image => PulledPrefixes(image, settings))),
                RewritePrefix: null,
                group.First().Place.Route.PullSecret!.Value.Value
            )
            {
                Entries = [.. group.Select(image => image.Entry)],
                Routes = RoutesOf(group),
            })
            .OrderBy(config => config.Name, StringComparer.Ordinal);
    }

    private static ImmutableArray<string> PulledPrefixes(RegistryImage image, EnvironmentSettings settings)
    {
        var route = image.Place.Route;
        var pulled = settings.Install.Value == InstallStrategy.Rewrite ? image.Pulled : image.Repository;
        var folder = image.IsPublished ? null : route.Path ?? route.Registry!.PrefixOf(image.Entry.Package.Value.Host);
        var prefix =
            folder is null ? route.ReferencePrefixOf(pulled)
            : folder.Length == 0 ? $"{pulled.Host}/"
            : $"{pulled.Host}/{folder}/";
        return prefix.EndsWith(':') && settings.PinsByImageConfig ? [prefix, $"{prefix[..^1]}@"] : [prefix];
    }

    // A prefix that begins with another one adds nothing.
    private static ImmutableArray<string> Shortest(IEnumerable<string> prefixes)
    {
        var kept = ImmutableArray.CreateBuilder<string>();
        foreach (var prefix in prefixes.Distinct().Order(StringComparer.Ordinal))
        {
            if (kept.Count == 0 || !prefix.StartsWith(kept[^1], StringComparison.Ordinal))
                kept.Add(prefix);
        }

        return kept.ToImmutable();
    }
}
