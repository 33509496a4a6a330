using System.Collections.Immutable;

namespace GitOpsGen.Validation;

/// <summary>A kind of object and the versions in which a server knows it. The core group has no name.</summary>
internal sealed record CrdKind(string Group, string Kind, ImmutableArray<CrdVersion> Versions)
{
    public CrdVersion? Served(string version) => Versions.FirstOrDefault(v => v.IsServed && v.Name == version);
}
