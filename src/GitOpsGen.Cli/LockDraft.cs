using GitOpsGen.Lockfile;
using GitOpsGen.Packages.Locking;

namespace GitOpsGen.Cli;

/// <summary>What a command edits, and what it is then completed for.</summary>
internal sealed record LockDraft(PackageLock Lockfile, LockScope Scope);
