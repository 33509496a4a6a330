using System.Security.Cryptography;
using GitOpsGen.Iam;
using GitOpsGen.Lockfile;

namespace GitOpsGen.Planning;

/// <summary>
/// With <c>rewrite</c>, a digest in <c>spec.package</c> would break dependency resolution (crossplane#7458). So each package keeps its tag,
/// and an ImageConfig of its own turns exactly this tag into the locked digest. It matches the whole reference and the longest prefix
/// wins, so neither the redirection of the organisation nor the pin of another version applies to a package with a pin.
/// </summary>
internal static partial class DigestPins
{
    private const int MaximumLength = 63;
    private const int HashLength = 12;
    private const int LongestVersion = 20;

    /// <summary>The pins, by name. A package without a digest has none.</summary>
    public static ImmutableArray<ImageConfigPlan> Of(IEnumerable<RegistryImage> packages) =>
        [
            .. packages
                .Where(image => image.Entry.Digest is not null)
                .Select(image => new ImageConfigPlan(
                    NameOf(image.Entry),
                    [$"{image.Entry.Package}:{image.Entry.Version}"],
                    $"{image.Pulled}@{image.Entry.Digest}",
                    PullSecret: null
                )
                {
                    Entries = [image.Entry],
                    Routes = [image.Place.Route],
                    IsPin = true,
                })
                .OrderBy(config => config.Name, StringComparer.Ordinal),
        ];

    /// <summary>
    /// Package and version: the pin of a new version is a new object, which is there before the package moves to it, while the old one
    /// stays. Changed in place, the old version would fall through to the redirection of its tag. The name has the dots of the version
    /// where it can; a hash, in a name without dots, where it is too long or the version has something that no name may have.
    /// </summary>
    internal static string NameOf(LockEntry entry)
    {
        var (name, version) = (entry.ObjectName.Value, entry.Version.Value.Text);
        var plain = $"pin-{name}-{version}";
        if (plain.Length <= MaximumLength && Form().IsMatch(plain))
            return plain;

        var label = ObjectName.ToDnsLabel(version.ToLowerInvariant());
        var shownVersion = Cut(label, LongestVersion);
        var shownName = Cut(name, MaximumLength - $"pin---{shownVersion}".Length - HashLength);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}:{version}")).AsSpan(..(HashLength / 2)));
        return $"pin-{shownName}-{shownVersion}-{hash}";
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length].TrimEnd('-');

    // A DNS subdomain: what Kubernetes takes as the name of an ImageConfig.
    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\z")]
    private static partial Regex Form();
}
