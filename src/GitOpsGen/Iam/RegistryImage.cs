using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Iam;

/// <summary>A locked image as it lies in a private registry.</summary>
/// <param name="Entry">The lock entry that it comes from.</param>
/// <param name="Repository">Its repository there.</param>
/// <param name="IsOwn">Whether it was published there and not copied: nobody has to mirror it.</param>
internal sealed record RegistryImage(LockEntry Entry, Repository Repository, bool IsOwn)
{
    /// <summary>Whether Crossplane's package manager pulls it: every package does, the core does not.</summary>
    public bool IsPackage => Entry.Kind != PackageKind.Crossplane;

    /// <summary>Whether a pod runs it, so that a kubelet pulls it: everything but a Configuration (crossplane runtime_provider.go).</summary>
    public bool IsRun => Entry.Kind != PackageKind.Configuration;
}
