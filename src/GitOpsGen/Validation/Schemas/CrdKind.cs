namespace GitOpsGen.Validation.Schemas;

/// <summary>A kind of object and the versions in which a server knows it. The core group has no name.</summary>
internal sealed record CrdKind(string Group, string Kind, ImmutableArray<CrdVersion> Versions)
{
    /// <summary>Whose kind it is, with the version that is known; nothing where a file defines it.</summary>
    public string? Origin { get; init; }

    public CrdVersion? Served(string version) => Versions.FirstOrDefault(v => v.IsServed && v.Name == version);
}

/// <summary>One version of a kind.</summary>
internal sealed record CrdVersion(string Name, bool IsServed, SchemaSlot Root);
