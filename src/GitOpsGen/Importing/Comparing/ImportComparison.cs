using GitOpsGen.Planning;
using GitOpsGen.Validation.Builds;

namespace GitOpsGen.Importing.Comparing;

/// <summary>What existing objects and rendered ones have in common, and where they differ.</summary>
/// <param name="Environments">By environment, in the order of the import.</param>
internal sealed record ImportComparison(ImmutableArray<EnvironmentComparison> Environments)
{
    public IEnumerable<ImportDifference> Differences => Environments.SelectMany(environment => environment.Differences);

    /// <summary>Whether a person has nothing to look at: whatever differs is meant to.</summary>
    public bool IsClean => Differences.All(difference => difference.Verdict is Verdict.ByDesign or Verdict.New);
}

/// <summary>One environment, compared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Objects">How many objects were compared, the core among them.</param>
/// <param name="Same">How many of them have no difference.</param>
/// <param name="Differences">What differs, objects in the order of the sources.</param>
internal sealed record EnvironmentComparison(string Name, int Objects, int Same, ImmutableArray<ImportDifference> Differences);

/// <summary>One value that differs between an existing object and the rendered one.</summary>
/// <param name="Object">The object as it is now, such as <c>Provider upbound-provider-aws-s3</c>; <c>core</c> for Crossplane itself.</param>
/// <param name="Field">Where in it; empty for the object as a whole.</param>
/// <param name="Existing">The value now; <see langword="null"/> for none.</param>
/// <param name="Rendered">The value to be.</param>
/// <param name="Verdict">What to think of it.</param>
/// <param name="Reason">Why it differs; empty where nobody knows.</param>
internal sealed record ImportDifference(string Object, string Field, string? Existing, string? Rendered, Verdict Verdict, string Reason)
{
    /// <summary>The place of the existing value; <see langword="null"/> for what is new.</summary>
    public SourceSpan? Span { get; init; }

    /// <summary>The code of the finding about it, where there is one.</summary>
    public string? Code { get; init; }
}

/// <summary>What to think of a difference.</summary>
internal enum Verdict
{
    /// <summary>It is meant: <see cref="Design"/> has the reasons, and there are no others.</summary>
    ByDesign,

    /// <summary>A person has to look at it.</summary>
    Differs,

    /// <summary>It is there now, and not rendered.</summary>
    Missing,

    /// <summary>It is rendered, and not there now.</summary>
    New,
}

/// <summary>The rendered side of a comparison.</summary>
/// <param name="Plan">What was planned.</param>
/// <param name="Tree">What was rendered.</param>
/// <param name="Output">The output folder.</param>
/// <param name="Build">What its folders make. A place in it may be that of another file with the same content.</param>
internal sealed record RenderedSide(Plan Plan, FileTree Tree, RelativePath Output, OutputBuild Build);
