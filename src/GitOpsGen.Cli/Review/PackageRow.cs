using GitOpsGen.Review;

namespace GitOpsGen.Cli.Review;

/// <summary>Packages that move alike, in one row: a package, or members of one provider family.</summary>
/// <param name="Changes">The moves, the family's own first.</param>
internal sealed record PackageRow(ImmutableArray<PackageChange> Changes)
{
    private const string FamilyStart = "provider-family-";

    private PackageChange First => Changes[0];

    public ImmutableArray<string> Environments => First.Environments;

    public PackageStep Step => First.Step;

    public string From => First.From ?? "–";

    public string To => First.To ?? "–";

    public Words Name(Func<Repository, string> shortName) =>
        Words.Code(shortName(First.Package)) + (Changes.Length == 1 ? "" : $" and {Changes.Length - 1} of its family");

    /// <summary>What kind of move it is, and who asked for a package that nobody declared.</summary>
    public Words Change =>
        StepWords(Step) + (First.NeededBy.IsEmpty || Changes.Length > 1 ? Words.None : Words.Of(", needed by ") + Words.Code(First.NeededBy, 3));

    /// <summary>The rows, the most severe first.</summary>
    public static ImmutableArray<PackageRow> Of(ImmutableArray<PackageChange> changes)
    {
        var families = changes.Where(change => change.Package.IsProviderFamily).Select(FamilyOf).ToHashSet();
        return
        [
            .. changes
                .GroupBy(change =>
                    (
                        change.From,
                        change.To,
                        change.Step,
                        Environments: string.Join(',', change.Environments),
                        Family: families.FirstOrDefault(family => IsMember(change.Package, family)) ?? change.Package.ToString()
                    )
                )
                .Select(group => new PackageRow([.. group.OrderByDescending(change => change.Package.IsProviderFamily)]))
                .OrderByDescending(row => row.Step)
                .ThenBy(row => row.First.Package.ToString(), StringComparer.Ordinal)
                .ThenBy(row => row.To, StringComparer.Ordinal),
        ];
    }

    /// <summary>How far, in words.</summary>
    public static Words StepWords(PackageStep step) =>
        step switch
        {
            PackageStep.Breaking => Words.Bold("breaking") + " (0.x)",
            PackageStep.Major => Words.Bold("major"),
            PackageStep.Downgrade => Words.Bold("downgrade"),
            PackageStep.Digest => Words.Bold("digest"),
            PackageStep.Removed => Words.Bold("removed"),
            _ => Words.Of(step.Word()),
        };

    // upbound/provider-family-aws has the members upbound/provider-aws-….
    private static string FamilyOf(PackageChange change) => change.Package.ToString();

    private static bool IsMember(Repository package, string family)
    {
        var start = family.LastIndexOf('/') + 1;
        return package.ToString() == family
            || package.ToString().StartsWith($"{family[..start]}provider-{family[(start + FamilyStart.Length)..]}-", StringComparison.Ordinal);
    }
}
