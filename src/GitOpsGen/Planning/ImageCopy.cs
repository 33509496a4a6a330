using System.Collections.Immutable;
using GitOpsGen.Iam;
using GitOpsGen.Model;

namespace GitOpsGen.Planning;

/// <summary>One locked image that has to be in a registry which is not its own.</summary>
/// <param name="Image">The image as it lies there.</param>
/// <param name="Digest">What it is, byte for byte.</param>
/// <param name="Environments">Who pulls it from there, by name.</param>
internal sealed record ImageCopy(RegistryImage Image, Digest Digest, ImmutableArray<EnvironmentName> Environments)
{
    /// <summary>The tag in the mirror: that of the lock.</summary>
    public string Tag => Image.Entry.Version.Value.Text;

    /// <summary>What is copied: by digest alone, for skopeo takes no tag beside one.</summary>
    public string Source => $"{Image.Entry.Package}@{Digest}";

    /// <summary>Where it is pulled from.</summary>
    public string Target => $"{Image.Repository}:{Tag}";
}
