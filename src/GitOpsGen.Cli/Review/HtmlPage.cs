using GitOpsGen.Review;

namespace GitOpsGen.Cli.Review;

/// <summary>
/// A report as one HTML file that loads nothing. Its policy allows the one style and the one script by their hashes, so that nothing from a
/// file can act. All content is there without the script, which only filters and sorts.
/// </summary>
/// <param name="report">What happens.</param>
/// <param name="page">The page, for what all forms have in common.</param>
/// <param name="links">Links that the user gave.</param>
internal sealed class HtmlPage(ReviewReport report, ReviewPage page, ImmutableArray<ReportLink> links)
{
    /// <summary>Mail and artifact viewers take this much.</summary>
    public const int UsualLength = 5 * 1024 * 1024;

    // Differences go first; if that is not enough, every list is cut.
    private static readonly ImmutableArray<int> FewerRows = [5000, 1000, 200, 40, 10];

    // More environments than this are folded under their counts.
    private const int MostCells = 60;

    private readonly Verdict verdict = new(report);
    private readonly ImmutableArray<ObjectChange> objects = report.Told(report.Objects);

    /// <summary>The whole page, in at most so many bytes of UTF-8: the differences of the largest groups go first.</summary>
    public string Write(int mostBytes = UsualLength)
    {
        var text = Write(int.MaxValue, DifferenceOf);
        if (Size(text) <= mostBytes)
            return text;

        var bare = Write(int.MaxValue, CommandOf);
        if (Size(bare) <= mostBytes)
        {
            var fits = Smallest(mostBytes - Size(bare));
            return Write(int.MaxValue, change => fits.Contains(change) ? DifferenceOf(change) : CommandOf(change));
        }

        foreach (var rows in FewerRows)
        {
            bare = Write(rows, CommandOf);
            if (Size(bare) <= mostBytes)
                break;
        }

        return bare;
    }

    // The differences of a group of environments stay or go together.
    private HashSet<object> Smallest(int room)
    {
        var fits = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var groups = objects
            .GroupBy(change => string.Join('\0', change.Environments))
            .Select(group => (Changes: group.ToList(), Size: group.Sum(change => (long)Size(DifferenceOf(change)))))
            .OrderBy(group => group.Size);
        foreach (var (changes, size) in groups.TakeWhile(group => (room -= (int)Math.Min(group.Size, int.MaxValue / 2)) >= 0))
            fits.UnionWith(changes);

        return fits;
    }

    private string Write(int rows, Func<ObjectChange, string> difference)
    {
        var sections = new HtmlSections(report, page.Command, rows, difference);
        var content = report.IsEmpty ? "" : sections.Write(objects);
        return HtmlFrame.Of(
            page.Title,
            html =>
            {
                html.Element("header", () => Top(html));
                html.Element(
                    "main",
                    () =>
                    {
                        if (!report.IsEmpty)
                        {
                            Environments(html);
                            Filter(html, sections.Kinds);
                        }

                        html.Markup(content);
                    }
                );
                if (!links.IsEmpty)
                    html.Element("footer", () => Links(html));
            }
        );
    }

    private void Top(HtmlWriter html)
    {
        html.Element("h1", page.Title);
        html.Element("p", report.IsEmpty ? Words.Of("No change.") : verdict.Text, ("class", "verdict"));
        var root = page.Root == "." ? Words.None : Words.Of(" Root: ") + Words.Code(page.Root) + ".";
        html.Element("p", Words.Of(page.Footer) + root, ("class", "quiet"));
        if (!report.IsEmpty)
            html.Element("nav", [("aria-label", "Summary")], () => html.Element("ul", [("class", "cards")], () => Cards(html)));
    }

    private void Cards(HtmlWriter html)
    {
        var dangers = report.Told(report.Dangerous).Length;
        var principals = report.Gained.Select(change => change.Principal).Distinct().Count();
        var packages = report.Packages.Select(change => change.Package).Distinct().Count();
        Card("dangerous", dangers, dangers == 1 ? "danger" : "dangers", dangers > 0 ? "bad" : "good");
        Card("access", principals, principals == 1 ? "principal gains access" : "principals gain access", report.WidensAccess ? "watch" : "good");
        Card("packages", packages, packages == 1 ? "package moves" : "packages move", packages > 0 ? "moves" : "plain");
        Card(
            "images",
            report.Images.Length,
            report.Images.Length == 1 ? "image to copy" : "images to copy",
            report.Images.IsEmpty ? "plain" : "moves"
        );

        void Card(string target, int count, string text, string look) =>
            html.Element(
                "li",
                () =>
                    html.Element(
                        "a",
                        [("href", $"#{target}"), ("class", look)],
                        () =>
                        {
                            html.Element("strong", $"{count}");
                            html.Text($" {text}");
                        }
                    )
            );
    }

    private void Environments(HtmlWriter html)
    {
        var kinds = EnvironmentKinds.Of(report);
        html.Element(
            "section",
            [("id", "environments")],
            () =>
            {
                html.Element("h2", "Environments");
                html.Element(
                    "details",
                    [("open", report.Environments.Length <= MostCells ? "open" : null)],
                    () =>
                    {
                        html.Element("summary", () => Legend(html, kinds.Values));
                        html.Element("ul", [("class", "bar")], () => Cells(html, kinds));
                    }
                );
            }
        );
    }

    private static void Legend(HtmlWriter html, IEnumerable<EnvironmentKind> kinds)
    {
        foreach (var (kind, count) in kinds.CountBy(kind => kind).OrderByDescending(pair => pair.Key))
        {
            html.Element(
                "span",
                [("class", kind.Look())],
                () =>
                {
                    html.Element("span", kind.Shape(), ("class", "shape"), ("aria-hidden", "true"));
                    html.Text($" {count} {kind.Text()}");
                }
            );
        }
    }

    private void Cells(HtmlWriter html, IReadOnlyDictionary<string, EnvironmentKind> kinds)
    {
        foreach (var name in report.Environments)
        {
            var kind = kinds[name];
            html.Element(
                "li",
                [("class", kind.Look())],
                () =>
                {
                    html.Element("span", kind.Shape(), ("class", "shape"), ("aria-hidden", "true"));
                    html.Element("b", name);
                    html.Element("small", kind.Text());
                }
            );
        }
    }

    // The script shows it: without the script it could do nothing.
    private void Filter(HtmlWriter html, IEnumerable<string> kinds) =>
        html.Element(
            "div",
            [("id", "filter"), ("role", "search"), ("hidden", "hidden")],
            () =>
            {
                Choice("environment", "Environment", "all environments", report.Environments);
                Labelled("text", "Package or text", () => html.Empty("input", ("id", "text"), ("type", "search")));
                Choice("kind", "Kind", "all kinds", kinds);
                html.Element("output", "", ("id", "shown"));

                void Choice(string id, string label, string all, IEnumerable<string> values) =>
                    Labelled(
                        id,
                        label,
                        () =>
                            html.Element(
                                "select",
                                [("id", id)],
                                () =>
                                {
                                    html.Element("option", all, ("value", ""));
                                    foreach (var value in values)
                                        html.Element("option", value, ("value", value));
                                }
                            )
                    );

                void Labelled(string id, string label, Action control) =>
                    html.Element(
                        "p",
                        () =>
                        {
                            html.Element("label", label, ("for", id));
                            control();
                        }
                    );
            }
        );

    private void Links(HtmlWriter html)
    {
        foreach (var link in links)
            html.Element("p", () => html.Element("a", link.Text, ("href", link.Url.AbsoluteUri), ("rel", "noreferrer")));
    }

    private static string DifferenceOf(ObjectChange change)
    {
        var html = new HtmlWriter();
        html.Element(
            "div",
            [("class", "diff")],
            () =>
            {
                foreach (var (mark, line) in TextDifference.Of(change.Before, change.After))
                {
                    html.Element(
                        mark switch
                        {
                            '-' => "del",
                            '+' => "ins",
                            _ => "span",
                        },
                        mark == '@' ? "⋯" : $"{(mark == '-' ? '−' : mark)} {line}"
                    );
                }
            }
        );
        return html.ToString();
    }

    private string CommandOf(ObjectChange change)
    {
        var html = new HtmlWriter();
        var environment = change.Environments.IsEmpty ? "" : $" --env {change.Environments[0]}";
        html.Element("p", Words.Of("Too long for this page: ") + Words.Code(page.Command + environment));
        return html.ToString();
    }

    private static int Size(string text) => Encoding.UTF8.GetByteCount(text);
}
