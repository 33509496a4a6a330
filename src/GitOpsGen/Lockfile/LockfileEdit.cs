using System.Collections.Immutable;

namespace GitOpsGen.Lockfile;

/// <summary>A lockfile after an edit.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Lock">What they say: the wanted entries, each at its place.</param>
/// <param name="Changes">What became different, in the order of the file as it was, then what is new.</param>
internal sealed record LockfileEdit(ReadOnlyMemory<byte> Content, PackageLock Lock, ImmutableArray<LockfileChange> Changes);
