namespace GitOpsGen.Packages.Locking;

/// <summary>What a lockfile is completed for.</summary>
/// <param name="Environments">Every environment.</param>
internal sealed record LockScope(ImmutableArray<EnvironmentName> Environments)
{
    // Without environments, entries are completed for one that may come.
    private static readonly ImmutableArray<EnvironmentName> Unnamed =
    [
        EnvironmentName.TryParse("any", out var any) ? any : throw new FormatException(),
    ];

    /// <summary>The environments whose packages are completed. In the others everything stays as it is.</summary>
    public Func<EnvironmentName, bool> IsSelected { get; init; } = _ => true;

    /// <summary>Where the settings let a package run on a core that it does not accept.</summary>
    public Func<EnvironmentName, ObjectName, bool> IgnoresCore { get; init; } = (_, _) => false;

    /// <summary>The patterns that selected them; empty for all.</summary>
    public ImmutableArray<NamePattern> Patterns { get; init; } = [];

    /// <summary>The environments; if there are none, one placeholder.</summary>
    public ImmutableArray<EnvironmentName> Present => Environments.IsEmpty ? Unnamed : Environments;

    /// <summary>Whether one of <see cref="Present"/> is selected.</summary>
    public bool IsPresentSelected(EnvironmentName name) => Environments.IsEmpty || IsSelected(name);

    /// <summary>Whether a tag that moved since it was locked is locked again.</summary>
    public bool AcceptsMovedTags { get; init; }

    /// <summary>
    /// Whether the tag of a complete entry is looked at, because it may have moved. An edit that needs nothing new asks no registry;
    /// <c>lock</c> does.
    /// </summary>
    public bool ChecksTags { get; init; }

    /// <summary>Whether every entry is read again, also one that is complete; what its tag stands for now is taken.</summary>
    public bool ReadsAll { get; init; }
}
