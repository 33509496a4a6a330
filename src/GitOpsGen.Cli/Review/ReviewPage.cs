using GitOpsGen.Output;
using GitOpsGen.Review;

namespace GitOpsGen.Cli.Review;

/// <summary>How much of a report is shown; headings, counts and the verdict always are.</summary>
internal sealed record PageDetail
{
    /// <summary>Everything.</summary>
    public static PageDetail Full { get; } = new();

    /// <summary>Counts alone.</summary>
    public static PageDetail Least { get; } =
        new()
        {
            DriftFields = false,
            ObjectsWithFields = 0,
            ObjectNames = false,
            Files = false,
            PackageRows = 0,
            AccessRows = 0,
            Dangers = 0,
            HandRows = 0,
            Particulars = false,
        };

    public bool DriftFields { get; init; } = true;

    /// <summary>The objects whose fields are shown: those with the fewest lines.</summary>
    public int ObjectsWithFields { get; init; } = int.MaxValue;

    public bool ObjectNames { get; init; } = true;

    public bool Files { get; init; } = true;

    public int PackageRows { get; init; } = int.MaxValue;

    public int AccessRows { get; init; } = int.MaxValue;

    public int Dangers { get; init; } = int.MaxValue;

    /// <summary>Rows of what has to be done by hand: repositories, deletions.</summary>
    public int HandRows { get; init; } = int.MaxValue;

    /// <summary>Why base was not compared, where images go, and the tables below what has to be done.</summary>
    public bool Particulars { get; init; } = true;
}

/// <summary>What was compared.</summary>
/// <param name="Base">The commit of base, abbreviated.</param>
/// <param name="Head">The commit of head, abbreviated, or the work tree.</param>
/// <param name="Root">The root, below the top of the repository; <c>.</c> for the top itself.</param>
internal sealed record Compared(string Base, string Head, string Root);

/// <summary>A report as a page: verdict, dangers, packages, before and after the merge, objects, drift, files.</summary>
/// <param name="report">What happens.</param>
/// <param name="compared">Between what.</param>
internal sealed class ReviewPage(ReviewReport report, Compared compared)
{
    private const int MostPlaces = 5;

    private readonly EnvironmentNames environments = new(report.Environments);
    private readonly ImmutableArray<PackageRow> packages = PackageRow.Of(report.Told(report.Packages));
    private readonly ImmutableArray<Danger> dangers = report.Told(report.Dangerous);
    private readonly ImmutableArray<AccessRow> gained = AccessRow.Of([.. report.Gained.Where(change => !change.IsDrift)]);
    private readonly ImmutableArray<AccessRow> lost = AccessRow.Of([.. report.Lost.Where(change => !change.IsDrift)]);
    private readonly ImmutableArray<UnreadDocument> unread = report.Told(report.NotEvaluated);
    private readonly ImmutableArray<Leftover> leftovers = report.Told(report.Leftovers);
    private readonly ObjectSection objects = new("Objects", report.Told(report.Objects.Where(change => !change.IsDrift)), new(report.Environments));
    private readonly ObjectSection drift = new("Drift", report.Told(report.Objects.Where(change => change.IsDrift)), new(report.Environments));
    private readonly Verdict verdict = new(report);

    /// <summary>The title of the page.</summary>
    public string Title => report.IsEmpty ? "GitOpsGen: no change" : $"GitOpsGen: {verdict.Title}";

    /// <summary>Whether nothing differs.</summary>
    public bool IsEmpty => report.IsEmpty;

    /// <summary>The root that the page is about.</summary>
    public string Root => compared.Root;

    /// <summary>How many objects have fields to show.</summary>
    public int ObjectCount => objects.Count;

    /// <summary>The command that shows the whole report.</summary>
    public string Command => $"gitopsgen diff --base {compared.Base}";

    /// <summary>The last line.</summary>
    public string Footer => $"Base {compared.Base}, head {compared.Head}. gitopsgen {ToolVersion.Text}.";

    /// <summary>The parts, in order.</summary>
    public ImmutableArray<Block> Blocks(PageDetail detail) =>
        report.IsEmpty
            ? [new Block.Paragraph(Words.Of("No change."))]
            :
            [
                new Block.Heading(3, Words.Of(Title)),
                new Block.Paragraph(verdict.Text),
                .. BaseProblem(detail),
                .. Dangerous(detail),
                .. Packages(detail),
                new Block.Heading(4, Words.Of("Before the merge")),
                Before(detail),
                new Block.Heading(4, Words.Of("After the merge")),
                .. After(detail),
                .. Objects(detail),
                .. Drift(detail),
                .. Files(detail),
            ];

    /// <summary>What fits into the message of a commit: title, verdict and packages.</summary>
    public ImmutableArray<Block> Short => [new Block.Heading(3, Words.Of(Title)), new Block.Paragraph(verdict.Text), .. Packages(PageDetail.Full)];

    private IEnumerable<Block> BaseProblem(PageDetail detail) =>
        report.BaseProblem is { } problem
            ?
            [
                new Block.Paragraph(
                    Words.Of("The inputs of the base were not compared") + (detail.Particulars ? Words.Of(": ") + Words.Code(problem) : Words.Of("."))
                ),
            ]
            : [];

    private IEnumerable<Block> Dangerous(PageDetail detail)
    {
        if (!dangers.IsEmpty && detail.Dangers > 0)
        {
            yield return new Block.Caution([
                .. dangers
                    .Take(detail.Dangers)
                    .Select(danger => new CautionItem(
                        Words.Parse(danger.Title) + In(danger.Environments) + $" ({danger.Rule.Code})",
                        Words.Parse(danger.Why),
                        [.. danger.Steps.Select(Words.Parse)]
                    )),
            ]);
        }

        if (dangers.Length > detail.Dangers)
            yield return new Block.Paragraph(Words.Bold($"{dangers.Length - detail.Dangers} more dangers are in the full report."));
    }

    private IEnumerable<Block> Packages(PageDetail detail)
    {
        if (packages.IsEmpty)
            yield break;

        var rows = packages
            .Take(detail.PackageRows)
            .Select(row =>
                (ImmutableArray<Words>)[row.Name(ShortName), Words.Of(row.From), Words.Of(row.To), row.Change, environments.Of(row.Environments)]
            );
        var more = packages.Length - detail.PackageRows;
        yield return new Block.Table(
            ["package", "from", "to", "change", "environments"],
            [.. rows, .. More(more, 5, count => $"and {Counts.Of(count, "more row")}")]
        );
    }

    // The host says nothing where no two packages differ in it alone.
    private string ShortName(Repository package) =>
        report.Packages.Select(change => change.Package).Where(other => other.Path == package.Path).Distinct().Count() == 1
            ? package.Path
            : package.ToString();

    private Block Before(PageDetail detail)
    {
        ImmutableArray<Step> steps =
        [
            .. Copies(detail),
            .. Repositories(detail),
            .. Access("Apply access", "gains", gained, detail),
            .. NotEvaluated(detail),
        ];
        return ToDo(steps, "Nothing to copy, nothing to apply.", detail);
    }

    private IEnumerable<Step> Copies(PageDetail detail)
    {
        if (report.Images.IsEmpty)
            yield break;

        var registries = report.Images.CountBy(image => image.Registry).OrderByDescending(pair => pair.Value).ToList();
        var places = Words.Join(", ", registries.Take(MostPlaces).Select(pair => Words.Of($"{pair.Value} to ") + Words.Code(pair.Key)));
        var more = registries.Count - MostPlaces;
        yield return new(
            Words.Bold($"Copy {Counts.Of(report.Images.Length, "image")}")
                + " ("
                + Words.Code("gitopsgen mirror plan > copy.sh")
                + ")"
                + (detail.Particulars ? Words.Of(": ") + places : Words.None)
                + (detail.Particulars && more > 0 ? $" and {Counts.Of(more, "more registry", "more registries")}." : ".")
        );
    }

    private IEnumerable<Step> Repositories(PageDetail detail)
    {
        var repositories = report.Repositories.GroupBy(need => (need.Repository, HasPolicy: need.Policy is not null)).ToList();
        if (repositories.Count > 0)
        {
            yield return new(
                Words.Bold($"Create {Counts.Of(report.Repositories.Length, "repository", "repositories")}")
                    + (report.Repositories.Any(need => need.Policy is not null) ? " and set the policy" : "")
                    + " (the script of "
                    + Words.Code("mirror plan")
                    + " does):",
                new Block.Table(
                    ["repository", "registries", "policy"],
                    [
                        .. repositories
                            .Take(detail.HandRows)
                            .Select(need =>
                                (ImmutableArray<Words>)
                                    [
                                        Words.Code(need.Key.Repository),
                                        Some(need.Select(place => place.Registry)),
                                        need.Key.HasPolicy ? Some(need.Select(place => place.Policy!)) : Words.Of("–"),
                                    ]
                            ),
                        .. More(repositories.Count - detail.HandRows, 3, count => $"and {Counts.Of(count, "more row")}"),
                    ]
                )
            );
        }
    }

    private static IEnumerable<Step> Access(string what, string verb, ImmutableArray<AccessRow> rows, PageDetail detail)
    {
        if (!rows.IsEmpty)
            yield return new(Words.Bold(what) + ":", AccessTable(verb, rows, detail.AccessRows));
    }

    private static Block.Table AccessTable(string verb, ImmutableArray<AccessRow> rows, int most) =>
        new(
            ["principal", verb, "on", "document"],
            [
                .. rows.Take(most).Select(row => (ImmutableArray<Words>)[row.Who, row.What, row.Where, Words.Code(row.Document)]),
                .. More(rows.Length - most, 4, count => $"and {Counts.Of(count, "more row")}"),
            ]
        );

    private IEnumerable<Step> NotEvaluated(PageDetail detail)
    {
        if (!unread.IsEmpty)
        {
            yield return new(
                Words.Bold("Review these documents yourself") + ": they changed, and were not evaluated.",
                new Block.Table(
                    ["document", "why", "environments"],
                    [
                        .. unread
                            .Take(detail.HandRows)
                            .Select(document =>
                                (ImmutableArray<Words>)
                                    [Words.Code(document.Document), Words.Of(document.Reason), environments.Of(document.Environments)]
                            ),
                        .. More(unread.Length - detail.HandRows, 3, count => $"and {count} more"),
                    ]
                )
            );
        }
    }

    private IEnumerable<Block> After(PageDetail detail)
    {
        ImmutableArray<Step> steps = [.. Deletions(detail), .. Access("Revoke access when the objects are gone", "loses", lost, detail)];
        yield return ToDo(steps, "Nothing to revoke, nothing to delete.", detail);
    }

    private static Block ToDo(ImmutableArray<Step> steps, string nothing, PageDetail detail) =>
        steps.IsEmpty ? new Block.Paragraph(Words.Of(nothing))
        : detail.Particulars ? new Block.Steps(steps)
        : new Block.Steps([.. steps.Select(step => step with { Below = null })]);

    private IEnumerable<Step> Deletions(PageDetail detail)
    {
        if (!leftovers.IsEmpty)
        {
            yield return new(
                Words.Bold($"Delete {Counts.Of(leftovers.Length, "object")}")
                    + (leftovers.Length == 1 ? " when nothing uses it:" : ", in this order, when nothing uses them:"),
                new Block.Table(
                    ["command", "environments"],
                    [
                        .. leftovers
                            .Take(detail.HandRows)
                            .Select(leftover => (ImmutableArray<Words>)[Words.Code(leftover.Command), environments.Of(leftover.Environments)]),
                        .. More(leftovers.Length - detail.HandRows, 2, count => $"and {count} more"),
                    ]
                )
            );
        }
    }

    private IEnumerable<Block> Objects(PageDetail detail) => objects.Blocks(detail, detail.ObjectsWithFields);

    private IEnumerable<Block> Drift(PageDetail detail)
    {
        foreach (var block in drift.Blocks(detail, detail.DriftFields ? int.MaxValue : 0))
            yield return block;

        foreach (var (changes, verb) in new[] { (report.Gained, "gains"), (report.Lost, "loses") })
        {
            if (AccessRow.Of([.. changes.Where(change => change.IsDrift)]) is { IsEmpty: false } rows)
            {
                yield return new Block.Details(
                    Words.Of($"Drift of access: {Counts.Of(rows.Length, "row")}"),
                    detail.Particulars ? [AccessTable(verb, rows, detail.AccessRows)] : []
                );
            }
        }
    }

    private IEnumerable<Block> Files(PageDetail detail)
    {
        if (report.Files.IsEmpty)
            yield break;

        var counts = CountsBy(report.Files.GroupBy(file => file.Change));
        var books = report.Files.Count(file => file.IsBookkeeping);
        var folders = report.Files.CountBy(file => file.Folder).OrderBy(pair => pair.Key, StringComparer.Ordinal);
        yield return new Block.Details(
            Words.Of($"Files: {counts}{(books > 0 ? $", {books} of them bookkeeping" : "")}"),
            detail.Files
                ?
                [
                    new Block.Paragraph(
                        Words.Join(" · ", folders.Select(pair => Words.Code(pair.Key.Length == 0 ? "./" : $"{pair.Key}/") + $" {pair.Value}"))
                    ),
                ]
                : []
        );
    }

    /// <summary>What comes, changes and goes, counted.</summary>
    public static string CountsBy<T>(IEnumerable<IGrouping<ChangeKind, T>> groups) =>
        string.Join(", ", groups.OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key.Word()}"));

    private Words In(ImmutableArray<string> names) => names.IsEmpty ? Words.None : Words.Of(" in ") + environments.Of(names);

    private static Words Some(IEnumerable<string> texts) => Words.Code([.. texts.Distinct(StringComparer.Ordinal)], 3);

    private static IEnumerable<ImmutableArray<Words>> More(int count, int columns, Func<int, string> text) =>
        count > 0
            ?
            [
                [Words.Of(text(count)), .. Enumerable.Repeat(Words.None, columns - 1)],
            ]
            : [];
}
