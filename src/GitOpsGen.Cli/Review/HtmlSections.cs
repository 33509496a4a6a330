using System.Collections.Immutable;
using System.Globalization;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Model;
using GitOpsGen.Output;
using GitOpsGen.Review;

namespace GitOpsGen.Cli.Review;

/// <summary>The parts of an HTML page below its top, in the order of every form.</summary>
/// <param name="report">What happens.</param>
/// <param name="command">The command that shows the whole report.</param>
/// <param name="rows">How many rows a list has at most.</param>
/// <param name="fields">How the fields of an object are written.</param>
internal sealed class HtmlSections(ReviewReport report, string command, int rows, Func<ObjectChange, string> fields)
{
    private const int MostOpen = 1;

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
        {
            Nothing("Nothing dangerous.");
        }

        foreach (var danger in Shown(dangers))
        {
            html.Element(
                "article",
                [("class", "danger"), .. Item("danger", danger.Environments)],
                () =>
                {
                    html.Element("h3", Words.Parse(danger.Title) + $" ({danger.Rule.Code})");
                    html.Element("p", () => Names(danger.Environments));
                    html.Element("p", Words.Parse(danger.Why));
                    html.Element("ol", () => Each(danger.Steps, step => html.Element("li", Words.Parse(step))));
                    if (danger.Cause is { } cause)
                    {
                        html.Element("p", Words.Of("Caused by ") + Words.Code($"{cause.Place}"), ("class", "quiet"));
                    }
                }
            );
        }

        More(dangers.Length);
    }

    private void Packages()
    {
        if (report.BaseProblem is { } problem)
        {
            html.Element("p", Words.Of("The inputs of the base were not compared: ") + Words.Code(problem));
        }

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
                            html.Element("code", $"{change.Package}");
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
    }

    private void Step(PackageChange change)
    {
        html.Element("span", PackageRow.StepWords(change.Step), ("class", change.Step >= PackageStep.Breaking ? "severe" : null));
        if (!change.NeededBy.IsEmpty)
        {
            html.Text(", needed by ");
            List(change.NeededBy, "packages");
        }
    }

    private void Before()
    {
        Part("images", $"Copy {Counts.Of(report.Images.Length, "image")}");
        if (!report.Images.IsEmpty)
        {
            html.Element("p", Words.Of("All of them: ") + Words.Code("gitopsgen mirror plan > copy.sh"));
        }

        Table(
            "Images that must be in the registries",
            ["repository", "tag", "registry", "digest", "environments"],
            report.Images,
            "Nothing to copy.",
            image =>
                new("image", image.Environments)
                {
                    Cells =
                    [
                        () => html.Element("code", image.Repository),
                        () => html.Text(image.Tag),
                        () => html.Element("code", image.Registry),
                        () => html.Element("code", image.Digest ?? "–"),
                        () => Names(image.Environments),
                    ],
                }
        );
        Part("repositories", $"Create {Counts.Of(report.Repositories.Length, "repository", "repositories")}");
        Table(
            "Repositories to create",
            ["repository", "registry", "policy", "environments"],
            report.Repositories,
            "Nothing to create.",
            need =>
                new("repository", need.Environments)
                {
                    Cells =
                    [
                        () => html.Element("code", need.Repository),
                        () => html.Element("code", need.Registry),
                        () => html.Element("code", need.Policy ?? "–"),
                        () => Names(need.Environments),
                    ],
                }
        );
        Part("access", "Apply access");
        Access("Access that is gained", "gains", report.Gained.Where(change => !change.IsDrift), report.Lost, "access: gained", "Nothing to apply.");
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
                        Cells = [() => html.Element("code", document.Document), () => html.Text(document.Reason), () => Names(document.Environments)],
                    }
            );
        }
    }

    private void After()
    {
        Part("deletions", "Delete by hand, in this order, when nothing uses it");
        Table(
            "Objects to delete by hand",
            ["command", "environments"],
            report.Leftovers,
            "Nothing to delete.",
            leftover =>
                new("deletion", leftover.Environments) { Cells = [() => html.Element("code", leftover.Command), () => Names(leftover.Environments)] }
        );
        Part("revoke", "Revoke access when the objects are gone");
        Access("Access that is lost", "loses", report.Lost.Where(change => !change.IsDrift), report.Gained, "access: lost", "Nothing to revoke.");
    }

    private void Access(string title, string verb, IEnumerable<AccessChange> changes, IEnumerable<AccessChange> otherWay, string kind, string nothing)
    {
        var opposite = AccessMove.Of(otherWay).ToLookup(move => (move.Principal, move.Document));
        Table(
            title,
            ["principal", verb, "on", verb == "gains" ? "in place of" : "and gets", "document", "environments"],
            AccessMove.Of(changes),
            nothing,
            move =>
                new(kind, move.Environments)
                {
                    Cells =
                    [
                        () => html.Element("code", move.Principal),
                        () => Folded(AccessRow.WhatOf(move.Actions), move.Actions),
                        () => List(move.Resources, "resources"),
                        () =>
                            List(
                                AccessRow.Sorted(
                                    opposite[(move.Principal, move.Document)]
                                        .Where(other => other.Actions.Intersect(move.Actions).Any())
                                        .SelectMany(other => other.Resources)
                                ),
                                "resources"
                            ),
                        () => html.Element("code", move.Document),
                        () => Names(move.Environments),
                    ],
                }
        );
    }

    private void Objects(ImmutableArray<ObjectChange> changes, string kind)
    {
        if (changes.IsEmpty)
        {
            Nothing("No object differs.");
        }

        foreach (var group in Shown(changes).GroupBy(change => string.Join('\0', change.Environments)))
        {
            html.Element(
                "div",
                [("class", "group")],
                () =>
                {
                    html.Element("h3", names.Of(group.First().Environments) + $": {Counts.Of(group.Count(), "object")}");
                    if (group.First().Environments.Length > 1)
                    {
                        html.Element("p", () => Names(group.First().Environments));
                    }

                    Each(group, change => Object(change, $"{kind}: {change.Change.Word()}"));
                }
            );
        }

        More(changes.Length);
    }

    private void Object(ObjectChange change, string kind)
    {
        var title =
            Words.Of($"{change.Change.Word()} ")
            + Words.Bold(change.Object.Kind)
            + " "
            + Words.Code(change.Object.Name)
            + (change.Object.Namespace.Length == 0 ? Words.None : Words.Of(" in ") + Words.Code(change.Object.Namespace))
            + $" ({change.Object.ApiVersion})";
        if (change.Fields.IsEmpty)
        {
            html.Element("p", title, Item(kind, change.Environments));
            return;
        }

        html.Element(
            "details",
            [("open", "open"), .. Item(kind, change.Environments)],
            () =>
            {
                html.Element("summary", title);
                html.Markup(fields(change));
            }
        );
    }

    private void Drift(ImmutableArray<ObjectChange> objects)
    {
        if (!report.HasDrift)
        {
            Nothing("No drift.");
            return;
        }

        html.Element("p", "This differs although no input asks for it: another version of GitOpsGen, or edits by hand.");
        Objects(objects, "drift");
        Access("Drift of access: gained", "gains", report.Gained.Where(change => change.IsDrift), [], "drift: access gained", "");
        Access("Drift of access: lost", "loses", report.Lost.Where(change => change.IsDrift), [], "drift: access lost", "");
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

    private void Table<T>(string title, ImmutableArray<string> head, ImmutableArray<T> items, string nothing, Func<T, HtmlRow> row)
    {
        if (items.IsEmpty)
        {
            if (nothing.Length > 0)
            {
                Nothing(nothing);
            }

            return;
        }

        html.Element(
            "div",
            [("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", title)],
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
        var words = names.Of(environments);
        var areAllNamed = words.All.Count(word => word.Style == WordStyle.Code) == environments.Length;
        if (areAllNamed || environments.Length == report.Environments.Length)
        {
            html.Text(environments.IsEmpty ? Words.Of("–") : words);
        }
        else
        {
            Folded(words, environments);
        }
    }

    private void List(ImmutableArray<string> texts, string noun)
    {
        if (texts.Length > MostOpen)
        {
            Folded(Words.Of($"{texts.Length} {noun}"), texts);
        }
        else
        {
            html.Text(texts.IsEmpty ? Words.Of("–") : Words.Join(", ", texts.Select(Words.Code)));
        }
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
        {
            html.Element("p", Words.Of($"and {count - rows} more: ") + Words.Code(command));
        }
    }

    private static void Each<T>(IEnumerable<T> items, Action<T> write)
    {
        foreach (var item in items)
        {
            write(item);
        }
    }

    /// <summary>A row of a table.</summary>
    private sealed record HtmlRow(string Kind, ImmutableArray<string> Environments)
    {
        public required ImmutableArray<Action> Cells { get; init; }

        /// <summary>By what the cells are sorted, where that is not their text.</summary>
        public ImmutableArray<int?> Orders { get; init; } = [];
    }
}
