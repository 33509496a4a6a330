namespace GitOpsGen.Validation.Schemas;

/// <summary>The kinds that need no definition: those of Kubernetes itself, and those of Crossplane, Argo CD and Flux.</summary>
internal static class BuiltInKinds
{
    // A group is looked up in the table of its owner only, so that a run reads no table that it does not need.
    private static readonly (string Owner, Lazy<SchemaTable> Table)[] Others =
    [
        ("crossplane.io", Table("crossplane")),
        ("argoproj.io", Table("argocd")),
        ("toolkit.fluxcd.io", Table("flux")),
    ];

    private static readonly Lazy<SchemaTable> Kubernetes = Table("kubernetes");

    private static readonly Lazy<SchemaSlot> Metadata = new(() => Kubernetes.Value.Find("meta.k8s.io", "ObjectMeta")!.Versions[0].Root);

    /// <summary>The metadata that every object can have.</summary>
    public static SchemaSlot ObjectMeta => Metadata.Value;

    /// <summary>A kind of a group; the core group is the empty string.</summary>
    public static CrdKind? Find(string group, string kind)
    {
        foreach (var (owner, table) in Others)
        {
            if (group.EndsWith(owner, StringComparison.Ordinal) && (group.Length == owner.Length || group[^(owner.Length + 1)] == '.'))
                return table.Value.Find(group, kind) ?? ProviderConfigs.Find(group, kind);
        }

        // Its own groups have a name in k8s.io, or an old one without dots.
        return group.EndsWith(".k8s.io", StringComparison.Ordinal) || !group.Contains('.', StringComparison.Ordinal)
            ? Kubernetes.Value.Find(group, kind)
            : null;
    }

    private static Lazy<SchemaTable> Table(string name) => new(() => SchemaTable.Load(name));
}

/// <summary>A kind of object and the versions in which a server knows it. The core group has no name.</summary>
internal sealed record CrdKind(string Group, string Kind, ImmutableArray<CrdVersion> Versions)
{
    /// <summary>Whose kind it is, with the version that is known; nothing where a file defines it.</summary>
    public string? Origin { get; init; }

    public CrdVersion? Served(string version) => Versions.FirstOrDefault(v => v.IsServed && v.Name == version);
}

/// <summary>One version of a kind.</summary>
internal sealed record CrdVersion(string Name, bool IsServed, SchemaSlot Root);
