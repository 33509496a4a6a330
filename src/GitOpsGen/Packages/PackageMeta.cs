namespace GitOpsGen.Packages;

/// <summary>What a package says about itself: its object of <c>meta.pkg.crossplane.io</c>, of any version.</summary>
internal sealed record PackageMeta
{
    /// <summary>Provider, Function or Configuration.</summary>
    public required PackageKind Kind { get; init; }

    /// <summary><c>spec.crossplane.version</c>; <see langword="null"/>: any core.</summary>
    public DependencyConstraint? RequiresCrossplane { get; init; }

    /// <summary>The dependencies in published order.</summary>
    public ImmutableArray<PublishedDependency> DependsOn { get; init; } = [];

    /// <summary>The date of its image; <see langword="null"/>: none, or a placeholder.</summary>
    public PublicationDate? Published { get; init; }
}

/// <summary>The date of an image, if it has a real one.</summary>
internal sealed record ImageDate(PublicationDate? Day)
{
    public static ImageDate None { get; } = new((PublicationDate?)null);
}

/// <summary>One item of <c>dependsOn</c>, whichever form it was written in.</summary>
internal sealed record PublishedDependency(Repository Package, PackageKind Kind, DependencyConstraint Constraint);
