using System.Collections.Immutable;

namespace GitOpsGen.Lockfile;

/// <summary>What <c>packages.lock.yaml</c> says, in the order of the file.</summary>
internal sealed record PackageLock(ImmutableArray<LockEntry> Packages)
{
    /// <summary>The version of the format that this program reads and writes.</summary>
    public const int FormatVersion = 1;
}
