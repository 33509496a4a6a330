using System.Collections.Immutable;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Updating;

/// <summary>That a package goes to another version in some of the environments where an entry applies.</summary>
internal sealed record EntryMove(LockEntry Entry, ImmutableHashSet<EnvironmentName> Where, PackageVersion To);
