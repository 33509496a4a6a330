using GitOpsGen.Iam;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>
/// The strategy <c>direct</c>: <c>spec.package</c> is the mirror's own reference, and every package skips dependency resolution:
/// one that skips never enters Crossplane's Lock, so one that did not skip could not see it.
/// </summary>
internal static class DirectInstall
{
    /// <summary>The tag, with the digest behind it where the environment pins digests; the digest alone then decides.</summary>
    public static string Tag(RegistryImage image, PinMode pin) =>
        pin == PinMode.Digest && image.Entry.Digest is { } digest ? $"{image.Entry.Version}@{digest}" : image.Entry.Version.Value.Text;
}
