using System.Collections.Immutable;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Locking;

/// <summary>Everything that is needed in some environments: entries of the file, and new ones.</summary>
internal sealed record Closure(ImmutableArray<EnvironmentName> Environments, ImmutableArray<LockEntry> Needed);
