using System.Collections.Immutable;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Planning;

/// <summary>A package object as <c>base/</c> has it: kind and name.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The object's name.</param>
/// <param name="Entries">The lock entries of such a package.</param>
internal sealed record BasePackage(PackageKind Kind, ObjectName Name, ImmutableArray<LockEntry> Entries);
