using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Locking;

/// <summary>That one package needs another.</summary>
internal sealed record Demand(LockEntry Dependent, Dependency Dependency);
