using GitOpsGen.Output;
using GitOpsGen.Review;

namespace GitOpsGen.Cli.Review;

/// <summary>The parts of an HTML page below its top, in the order of every form.</summary>
/// <param name="report">What happens.</param>
/// <param name="command">The command that shows the whole report.</param>
/// <param name="rows">How many rows a list has at most.</param>
/// <param name="difference">How the difference of an object is written.</param>
internal sealed class HtmlSections(ReviewReport report, string command, int rows, Func<ObjectChange, string> difference)
{
    private const int MostOpen = 1;
    private const int MostPaths = 6;
    private const int MostGraphs = 8;

    private readonly HtmlWriter html = new();
    private readonly EnvironmentNames names = new(report.Environments);
    private readonly SortedSet<string> kinds = new(StringComparer.Ordinal);

    /// <summary>The kinds of what was written, for the filter.</summary>
    public IEnumerable<string> Kinds => kinds;

    /// <summary>All of them.</summary>
    public string Write(ImmutableArray<ObjectChange> objects)
    {
        Section("dangerous", "Dangerous", Dangerous);
        Section("packages", "Packages", Packages);
        Section("before", "Before the merge", Before);
        Section("after", "After the merge", After);
        Section("objects", "Objects", () => Objects([.. objects.Where(change => !change.IsDrift)], "object"));
        Section("drift", "Drift", () => Drift([.. objects.Where(change => change.IsDrift)]));
        Section("files", "Files", Files);
        return html.ToString();
    }

    private void Dangerous()
    {
        var dangers = report.Told(report.Dangerous);
        if (dangers.IsEmpty)
            Nothing("Nothing dangerous.");

        foreach (var danger in Shown(dangers))
        {
            html.Element(
                "article",
                [("class", "bad"), .. Item("danger", danger.Environments)],
                () =>
                {
                    html.Element("h3", Words.Parse(danger.Title) + $" ({danger.Rule.Code})");
                    if (!danger.Environments.IsEmpty)
                    {
                        html.Element(
                            "p",
                            () =>
                            {
                                html.Text("In ");
                                Names(danger.Environments);
                            }
                        );
                    }

                    html.Element("p", Words.Parse(danger.Why));
                    html.Element("ol", () => Each(danger.Steps, step => html.Element("li", Words.Parse(step))));
                    if (danger.Cause is { } cause)
                        html.Element("p", Words.Of("Caused by ") + Words.Code($"{cause.Place}"), ("class", "quiet"));
                }
            );
        }

        More(dangers.Length);
    }

    private void Packages()
    {
        if (report.BaseProblem is { } problem)
            html.Element("p", Words.Of("The inputs of the base were not compared: ") + Words.Code(problem));

        Table(
            "Packages that move",
            ["package", "from", "to", "change", "environments"],
            [.. report.Packages.OrderByDescending(change => change.Step)],
            "No package moves.",
            change =>
                new($"package: {change.Step.Word()}", change.Environments)
                {
                    Cells =
                    [
                        () =>
                        {
                            html.Text(Words.Code($"{change.Package}"));
                            html.Element("small", Words.Of($"{change.Kind} {change.Object}"));
                        },
                        () => html.Text(change.From ?? "–"),
                        () => html.Text(change.To ?? "–"),
                        () => Step(change),
                        () => Names(change.Environments),
                    ],
                    Orders = [null, null, null, (int)change.Step, change.Environments.Length],
                }
        );
        Graphs();
    }

    private void Step(PackageChange change)
    {
        html.Element("span", $"{PackageRow.StepWords(change.Step)}", ("class", $"tag {HtmlGraph.LookOf(change.Step)}"));
        if (!change.NeededBy.IsEmpty)
        {
            html.Text(" needed by ");
            List(change.NeededBy, "packages");
        }
    }

    private void Graphs()
    {
        if (report.Graphs.IsEmpty)
            return;

        Part("graphs", "The change in the graph");
        html.Element(
            "p",
            "Packages that move and their direct neighbours, in the order of installation. A line leads from a package to one that needs it.",
            ("class", "quiet")
        );
        foreach (var (number, graph) in report.Graphs.Take(MostGraphs).Index())
        {
            html.Element(
                "figure",
                Item("graph", graph.Environments),
                () =>
                {
                    html.Element("figcaption", () => Names(graph.Environments));
                    Wide($"Graph {number + 1}", () => new HtmlGraph(graph, $"graph-{number + 1}").WriteTo(html));
                }
            );
        }

        if (report.Graphs.Length > MostGraphs)
            html.Element("p", Words.Of($"{report.Graphs.Length - MostGraphs} more are not drawn: ") + Words.Code("gitopsgen graph"));
    }

    private void Before()
    {
        Part("images", report.Images.IsEmpty ? "Images" : $"Copy {Counts.Of(report.Images.Length, "image")}");
        if (!report.Images.IsEmpty)
            html.Element("p", Words.Of("All of them: ") + Words.Code("gitopsgen mirror plan > copy.sh"));

        Table(
            "Images that must be in the registries",
            ["repository", "tag", "registries", "digest", "environments"],
            Together(report.Images.GroupBy(image => (image.Repository, image.Tag, image.Digest))),
            "Nothing to copy.",
            images =>
                new("image", EnvironmentsOf(images))
                {
                    Cells =
                    [
                        () => html.Text(Words.Code(images[0].Repository)),
                        () => html.Text(images[0].Tag),
                        () => List(AccessRow.Sorted(images.Select(image => image.Registry)), "registries"),
                        () => html.Element("code", images[0].Digest ?? "–", ("class", "digest"), ("title", images[0].Digest)),
                        () => Names(EnvironmentsOf(images)),
                    ],
                }
        );
        Part(
            "repositories",
            report.Repositories.IsEmpty ? "Repositories" : $"Create {Counts.Of(report.Repositories.Length, "repository", "repositories")}"
        );
        Table(
            "Repositories to create",
            ["repository", "registries", "policies", "environments"],
            Together(report.Repositories.GroupBy(need => (need.Repository, HasPolicy: need.Policy is not null))),
            "Nothing to create.",
            needs =>
                new("repository", EnvironmentsOf(needs))
                {
                    Cells =
                    [
                        () => html.Text(Words.Code(needs[0].Repository)),
                        () => List(AccessRow.Sorted(needs.Select(need => need.Registry)), "registries"),
                        () => List(AccessRow.Sorted(needs.Select(need => need.Policy).OfType<string>()), "documents"),
                        () => Names(EnvironmentsOf(needs)),
                    ],
                }
        );
        Part("access", report.Gained.IsEmpty ? "Access" : "Apply access");
        Access("Access that is gained", "gains", AccessMove.Gained(Own(report.Gained), report.Lost), "access: gained", "Nothing to apply.");
        if (!report.NotEvaluated.IsEmpty)
        {
            Part("not-evaluated", "Review these documents yourself");
            Table(
                "Documents that changed and were not evaluated",
                ["document", "why", "environments"],
                report.NotEvaluated,
                "",
                document =>
                    new("access: not evaluated", document.Environments)
                    {
                        Cells =
                        [
                            () => html.Text(Words.Code(document.Document)),
                            () => html.Text(document.Reason),
                            () => Names(document.Environments),
                        ],
                    }
            );
        }
    }

    private void After()
    {
        Part("deletions", report.Leftovers.IsEmpty ? "Objects" : "Delete by hand, in this order, when nothing uses it");
        Table(
            "Objects to delete by hand",
            ["command", "environments"],
            report.Leftovers,
            "Nothing to delete.",
            leftover =>
                new("deletion", leftover.Environments) { Cells = [() => html.Text(Words.Code(leftover.Command)), () => Names(leftover.Environments)] }
        );
        Part("revoke", report.Lost.IsEmpty ? "Access" : "Revoke access when the objects are gone");
        Access("Access that is lost", "loses", AccessMove.Lost(Own(report.Lost), report.Gained), "access: lost", "Nothing to revoke.");
    }

    private static IEnumerable<AccessChange> Own(ImmutableArray<AccessChange> changes) => changes.Where(change => !change.IsDrift);

    private static IEnumerable<AccessChange> Drifting(ImmutableArray<AccessChange> changes) => changes.Where(change => change.IsDrift);

    private void Access(string title, string verb, ImmutableArray<AccessMove> moves, string kind, string nothing) =>
        Table(
            title,
            ["principal", verb, "from", "to", "document", "environments"],
            moves,
            nothing,
            move =>
                new(kind, move.Environments)
                {
                    Cells =
                    [
                        () => Principals(move.Principals),
                        () => Folded(AccessRow.WhatOf(move.Actions), move.Actions),
                        () => Resources(move.From),
                        () => Resources(move.To),
                        () => List(move.Documents, "documents"),
                        () => Names(move.Environments),
                    ],
                }
        );

    private void Principals(ImmutableArray<string> principals)
    {
        if (principals is [var only] && AccessRow.NameOf(only) == only)
            html.Text(Words.Code(only));
        else
            Folded(AccessRow.WhoOf(principals), principals);
    }

    private void Resources(ImmutableArray<string> resources)
    {
        var names = AccessRow.Sorted(resources.Select(AccessRow.Short));
        if (names.SequenceEqual(resources) && names.Length <= MostOpen)
            List(resources, "resources");
        else
            Folded(names.Length <= MostOpen ? Words.Code(names[0]) : Words.Of($"{names.Length} resources"), resources);
    }

    private void Objects(ImmutableArray<ObjectChange> changes, string kind)
    {
        if (changes.IsEmpty)
            Nothing("No object differs.");

        foreach (var (number, group) in Shown(changes).GroupBy(change => string.Join('\0', change.Environments)).Index())
        {
            html.Element(
                "div",
                [("class", "group")],
                () =>
                {
                    var environments = group.First().Environments;
                    html.Element(
                        "h3",
                        (
                            environments.IsEmpty ? Words.Of("No environment's own")
                            : environments.Length == report.Environments.Length ? Words.Of(Counts.Of(environments.Length, "environment"))
                            : names.Of(environments)
                        ) + $": {Counts.Of(group.Count(), "object")}"
                    );
                    if (!AreAllNamed(environments))
                        html.Element("p", () => Names(environments));

                    // One group shows what a difference looks like; all of them at once would hide the list.
                    Each(group, change => Object(change, $"{kind}: {change.Change.Word()}", number == 0 && change.Change == ChangeKind.Changed));
                }
            );
        }

        More(changes.Length);
    }

    private void Object(ObjectChange change, string kind, bool isOpen) =>
        html.Element(
            "details",
            [("open", isOpen ? "open" : null), .. Item(kind, change.Environments)],
            () =>
            {
                html.Element(
                    "summary",
                    () =>
                    {
                        html.Element("span", change.Change.Word(), ("class", $"tag {LookOf(change.Change)}"));
                        html.Text(
                            Words.Of(" ")
                                + Words.Bold(change.Object.Kind)
                                + " "
                                + Words.Code(change.Object.Name)
                                + (change.Object.Namespace.Length == 0 ? Words.None : Words.Of(" in ") + Words.Code(change.Object.Namespace))
                        );
                        html.Element("small", $" {change.Object.ApiVersion}");
                    }
                );
                if (!change.Fields.IsEmpty)
                    html.Element("p", Words.Code([.. change.Fields.Select(field => field.Path)], MostPaths), ("class", "paths"));

                html.Markup(difference(change));
            }
        );

    private static string LookOf(ChangeKind change) =>
        change switch
        {
            ChangeKind.Added => "good",
            ChangeKind.Removed => "bad",
            _ => "moves",
        };

    private void Drift(ImmutableArray<ObjectChange> objects)
    {
        if (!report.HasDrift)
        {
            Nothing("No drift.");
            return;
        }

        html.Element("p", "This differs although no input asks for it: another version of GitOpsGen, or edits by hand.");
        Objects(objects, "drift");
        Access("Drift of access: gained", "gains", AccessMove.Gained(Drifting(report.Gained), []), "drift: access gained", "");
        Access("Drift of access: lost", "loses", AccessMove.Lost(Drifting(report.Lost), []), "drift: access lost", "");
    }

    private void Files()
    {
        var books = report.Files.Count(file => file.IsBookkeeping);
        html.Element("p", $"{Counts.Of(report.Files.Length, "file")}, {books} of them bookkeeping.");
        foreach (var folder in report.Files.GroupBy(file => file.Folder).OrderBy(folder => folder.Key, StringComparer.Ordinal))
        {
            html.Element(
                "details",
                [("class", "group")],
                () =>
                {
                    html.Element("summary", Words.Code($"{(folder.Key.Length == 0 ? "." : folder.Key)}/") + $" {folder.Count()}");
                    html.Element(
                        "ul",
                        [("class", "files")],
                        () =>
                            Each(
                                Shown([.. folder]),
                                file =>
                                    html.Element(
                                        "li",
                                        Words.Of($"{file.Change.Word()} ") + Words.Code(file.Path),
                                        Item($"file: {file.Change.Word()}", EnvironmentOf(file))
                                    )
                            )
                    );
                    More(folder.Count());
                }
            );
        }
    }

    private static ImmutableArray<ImmutableArray<T>> Together<TKey, T>(IEnumerable<IGrouping<TKey, T>> groups) =>
        [.. groups.Select(group => group.ToImmutableArray())];

    private ImmutableArray<string> EnvironmentsOf<T>(ImmutableArray<T> items)
        where T : ReviewItem
    {
        var some = items.SelectMany(item => item.Environments).ToHashSet(StringComparer.Ordinal);
        return [.. report.Environments.Where(some.Contains)];
    }

    private ImmutableArray<string> EnvironmentOf(FileChange file) =>
        file.Path.Split('/') is [_, var name, _, ..] && report.Environments.Contains(name) ? [name] : [];

    private void Section(string id, string title, Action inside) =>
        html.Element(
            "section",
            [("id", id)],
            () =>
            {
                html.Element("h2", title);
                inside();
            }
        );

    private void Part(string id, string title) => html.Element("h3", title, ("id", id));

    private void Nothing(string text) => html.Element("p", text, ("class", "quiet"));

    // What may be wider than the page, in a part that scrolls.
    private void Wide(string label, Action content) =>
        html.Element("div", [("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", label)], content);

    private void Table<T>(string title, ImmutableArray<string> head, ImmutableArray<T> items, string nothing, Func<T, HtmlRow> row)
    {
        if (items.IsEmpty)
        {
            if (nothing.Length > 0)
                Nothing(nothing);

            return;
        }

        Wide(
            title,
            () =>
                html.Element(
                    "table",
                    () =>
                    {
                        html.Element("caption", title);
                        html.Element("thead", () => html.Element("tr", () => Each(head, name => html.Element("th", name, ("scope", "col")))));
                        html.Element("tbody", () => Each(Shown(items), item => Row(row(item))));
                    }
                )
        );
        More(items.Length);
    }

    private void Row(HtmlRow row) =>
        html.Element(
            "tr",
            Item(row.Kind, row.Environments),
            () =>
            {
                foreach (var (number, cell) in row.Cells.Index())
                {
                    var order = row.Orders.IsEmpty ? null : row.Orders[number]?.ToString(CultureInfo.InvariantCulture);
                    html.Element(number == 0 ? "th" : "td", [("scope", number == 0 ? "row" : null), ("data-order", order)], cell);
                }
            }
        );

    // What belongs to every environment, or to none, is never filtered out by environment.
    private HtmlAttribute[] Item(string kind, ImmutableArray<string> environments)
    {
        kinds.Add(kind);
        var some = !environments.IsEmpty && environments.Length < report.Environments.Length;
        return [("data-kind", kind), ("data-environments", some ? string.Join(' ', environments) : null)];
    }

    private void Names(ImmutableArray<string> environments)
    {
        if (environments.IsEmpty)
            html.Text("–");
        else if (AreAllNamed(environments))
            html.Text(names.Of(environments));
        else
            Folded(names.Of(environments), environments);
    }

    private bool AreAllNamed(ImmutableArray<string> environments) =>
        environments.Length == report.Environments.Length
        || names.Of(environments).All.Count(word => word.Style == WordStyle.Code) == environments.Length;

    private void List(ImmutableArray<string> texts, string noun)
    {
        if (texts.Length > MostOpen)
            Folded(Words.Of($"{texts.Length} {noun}"), texts);
        else
            html.Text(texts.IsEmpty ? Words.Of("–") : Words.Join(", ", texts.Select(Words.Code)));
    }

    private void Folded(Words title, ImmutableArray<string> texts) =>
        html.Element(
            "details",
            () =>
            {
                html.Element("summary", title);
                html.Element("ul", () => Each(Shown(texts), text => html.Element("li", Words.Code(text))));
                More(texts.Length);
            }
        );

    private ImmutableArray<T> Shown<T>(ImmutableArray<T> items) => items.Length > rows ? items[..rows] : items;

    private void More(int count)
    {
        if (count > rows)
            html.Element("p", Words.Of($"and {count - rows} more: ") + Words.Code(command));
    }

    private static void Each<T>(IEnumerable<T> items, Action<T> write)
    {
        foreach (var item in items)
            write(item);
    }

    /// <summary>A row of a table.</summary>
    private sealed record HtmlRow(string Kind, ImmutableArray<string> Environments)
    {
        public required ImmutableArray<Action> Cells { get; init; }

        /// <summary>By what the cells are sorted, where that is not their text.</summary>
        public ImmutableArray<int?> Orders { get; init; } = [];
    }
}
