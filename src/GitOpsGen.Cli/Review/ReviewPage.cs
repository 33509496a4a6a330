using System.Collections.Immutable;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Model;
using GitOpsGen.Output;
using GitOpsGen.Review;

namespace GitOpsGen.Cli.Review;

/// <summary>How much of a report is shown; headings, counts and the verdict always are.</summary>
internal sealed record PageDetail
{
    /// <summary>Everything.</summary>
    public static PageDetail Full { get; } = new();

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
    private readonly EnvironmentNames environments = new(report.Environments);
    private readonly ImmutableArray<PackageRow> packages = PackageRow.Of(report.Told(report.Packages));
    private readonly ImmutableArray<Danger> dangers = report.Told(report.Dangerous);
    private readonly Verdict verdict = new(report);

    /// <summary>The title of the page.</summary>
    public string Title => report.IsEmpty ? "GitOpsGen: no change" : $"GitOpsGen: {verdict.Title}";

    /// <summary>Whether nothing differs.</summary>
    public bool IsEmpty => report.IsEmpty;

    /// <summary>The root that the page is about.</summary>
    public string Root => compared.Root;

    /// <summary>How many objects have fields to show.</summary>
    public int ObjectCount => report.Told(report.Objects.Where(change => !change.IsDrift)).Length;

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
                .. BaseProblem(),
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

    private IEnumerable<Block> BaseProblem() =>
        report.BaseProblem is { } problem ? [new Block.Paragraph(Words.Of("The inputs of the base were not compared: ") + Words.Code(problem))] : [];

    private IEnumerable<Block> Dangerous(PageDetail detail)
    {
        if (!dangers.IsEmpty)
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
        {
            yield return new Block.Paragraph(Words.Bold($"{dangers.Length - detail.Dangers} more dangers are in the full report."));
        }
    }

    private IEnumerable<Block> Packages(PageDetail detail)
    {
        if (packages.IsEmpty)
        {
            yield break;
        }

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
            .. Copies(),
            .. Repositories(detail),
            .. Access("Apply access", "gains", report.Gained, detail),
            .. NotEvaluated(detail),
        ];
        return steps.IsEmpty ? new Block.Paragraph(Words.Of("Nothing to copy, nothing to apply.")) : new Block.Steps(steps);
    }

    private IEnumerable<Step> Copies()
    {
        if (report.Images.IsEmpty)
        {
            yield break;
        }

        var registries = report.Images.CountBy(image => image.Registry).OrderByDescending(pair => pair.Value).ToList();
        var places = Words.Join(", ", registries.Take(5).Select(pair => Words.Of($"{pair.Value} to ") + Words.Code(pair.Key)));
        yield return new(
            Words.Bold($"Copy {Counts.Of(report.Images.Length, "image")}")
                + " ("
                + Words.Code("gitopsgen mirror plan > copy.sh")
                + "): "
                + places
                + (registries.Count > 5 ? $" and {Counts.Of(registries.Count - 5, "more registry", "more registries")}." : ".")
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

    private static IEnumerable<Step> Access(string what, string verb, ImmutableArray<AccessChange> changes, PageDetail detail)
    {
        var rows = AccessRow.Of([.. changes.Where(change => !change.IsDrift)]);
        if (!rows.IsEmpty)
        {
            yield return new(Words.Bold(what) + ":", AccessTable(verb, rows, detail.AccessRows));
        }
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
        var unread = report.Told(report.NotEvaluated);
        if (!unread.IsEmpty)
        {
            yield return new(
                Words.Bold("Review these documents yourself") + ": they changed, and were not evaluated.",
                new Block.Table(
                    ["document", "why"],
                    [
                        .. unread
                            .Take(detail.HandRows)
                            .Select(document => (ImmutableArray<Words>)[Words.Code(document.Document), Words.Of(document.Reason)]),
                        .. More(unread.Length - detail.HandRows, 2, count => $"and {count} more"),
                    ]
                )
            );
        }
    }

    private IEnumerable<Block> After(PageDetail detail)
    {
        ImmutableArray<Step> steps = [.. Deletions(detail), .. Access("Revoke access when the objects are gone", "loses", report.Lost, detail)];
        yield return steps.IsEmpty ? new Block.Paragraph(Words.Of("Nothing to revoke, nothing to delete.")) : new Block.Steps(steps);
    }

    private IEnumerable<Step> Deletions(PageDetail detail)
    {
        var leftovers = report.Told(report.Leftovers);
        if (!leftovers.IsEmpty)
        {
            yield return new(
                Words.Bold($"Delete {Counts.Of(leftovers.Length, "object")}") + ", in this order, when nothing uses them:",
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

    private IEnumerable<Block> Objects(PageDetail detail) =>
        ObjectSection("Objects", [.. report.Told(report.Objects.Where(change => !change.IsDrift))], detail, detail.ObjectsWithFields);

    private IEnumerable<Block> Drift(PageDetail detail)
    {
        foreach (
            var block in ObjectSection(
                "Drift",
                [.. report.Told(report.Objects.Where(change => change.IsDrift))],
                detail,
                detail.DriftFields ? int.MaxValue : 0
            )
        )
        {
            yield return block;
        }

        foreach (var (changes, verb) in new[] { (report.Gained, "gains"), (report.Lost, "loses") })
        {
            if (AccessRow.Of([.. changes.Where(change => change.IsDrift)]) is { IsEmpty: false } rows)
            {
                yield return new Block.Details(
                    Words.Of($"Drift of access: {Counts.Of(rows.Length, "row")}"),
                    [AccessTable(verb, rows, detail.AccessRows)]
                );
            }
        }
    }

    private IEnumerable<Block> ObjectSection(string title, ImmutableArray<ObjectChange> changes, PageDetail detail, int withFields)
    {
        if (changes.IsEmpty)
        {
            yield break;
        }

        var fewest = changes.OrderBy(Size).Take(withFields).ToHashSet(ReferenceEqualityComparer.Instance);
        yield return new Block.Details(
            Words.Of($"{title}: {CountsOf(changes)}"),
            !detail.ObjectNames
                ? []
                :
                [
                    .. changes.SelectMany(change =>
                        (ImmutableArray<Block>)
                            [
                                new Block.Paragraph(
                                    environments.Of(change.Environments)
                                        + (change.Environments.IsEmpty ? "" : ": ")
                                        + $"{change.Change.Word()} {change.Object.Kind} ".Replace("  ", " ", StringComparison.Ordinal)
                                        + Words.Code(change.Object.Name)
                                        + (change.Object.Namespace.Length == 0 ? Words.None : Words.Of(" in ") + Words.Code(change.Object.Namespace))
                                ),
                                .. fewest.Contains(change) && !change.Fields.IsEmpty
                                    ? [new Block.Changes([.. change.Fields.SelectMany(Lines)])]
                                    : Array.Empty<Block>(),
                            ]
                    ),
                ]
        );
    }

    private static int Size(ObjectChange change) =>
        change.Fields.Sum(field => field.Path.Length + (field.From?.Length ?? 0) + (field.To?.Length ?? 0));

    private static IEnumerable<ChangedLine> Lines(FieldChange field)
    {
        yield return new(' ', field.Path);
        if (field.From is { } from)
        {
            yield return new('-', from);
        }

        if (field.To is { } to)
        {
            yield return new('+', to);
        }
    }

    private IEnumerable<Block> Files(PageDetail detail)
    {
        if (report.Files.IsEmpty)
        {
            yield break;
        }

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

    private static string CountsOf(ImmutableArray<ObjectChange> changes) => CountsBy(changes.GroupBy(change => change.Change));

    private static string CountsBy<T>(IEnumerable<IGrouping<ChangeKind, T>> groups) =>
        string.Join(", ", groups.OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key.Word()}"));

    private Words In(ImmutableArray<string> names) => names.IsEmpty ? Words.None : Words.Of(" in ") + environments.Of(names);

    private static Words Some(IEnumerable<string> texts)
    {
        var all = texts.Distinct(StringComparer.Ordinal).ToList();
        return Words.Join(", ", all.Take(3).Select(Words.Code)) + (all.Count > 3 ? $" and {all.Count - 3} more" : "");
    }

    private static IEnumerable<ImmutableArray<Words>> More(int count, int columns, Func<int, string> text) =>
        count > 0
            ?
            [
                [Words.Of(text(count)), .. Enumerable.Repeat(Words.None, columns - 1)],
            ]
            : [];
}
