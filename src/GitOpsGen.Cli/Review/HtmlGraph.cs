using GitOpsGen.Review;

namespace GitOpsGen.Cli.Review;

/// <summary>A graph as SVG: one column for each wave, one box for each package, in the order of the names.</summary>
/// <param name="graph">The graph.</param>
/// <param name="id">What identifies it in the page.</param>
internal sealed class HtmlGraph(ChangedGraph graph, string id)
{
    // Beyond these, a picture shows less than the table.
    private const int MostBoxes = 100;
    private const int MostLines = 400;

    private const int LongestText = 38;
    private const double CharacterWidth = 7.3;
    private const int Padding = 12;
    private const int BoxHeight = 46;
    private const int RowHeight = 58;
    private const int LaneHeight = 16;
    private const int Gap = 64;
    private const int Head = 28;

    private readonly ImmutableArray<Column> columns = Columns(graph);

    /// <summary>The class of the look of a step, or of a package that stays.</summary>
    public static string LookOf(PackageStep? step) =>
        step switch
        {
            null => "plain",
            PackageStep.New => "good",
            PackageStep.Patch or PackageStep.Minor => "moves",
            PackageStep.PreRelease or PackageStep.Breaking or PackageStep.Major => "watch",
            _ => "bad",
        };

    public void WriteTo(HtmlWriter html)
    {
        if (graph.Nodes.Length > MostBoxes || graph.Nodes.Sum(node => node.Needs.Length) > MostLines)
        {
            html.Element("p", $"{Counts.Of(graph.Nodes.Length, "package")}: too many to draw. The table has those that move.");
            return;
        }

        var (width, height) = (Number(columns[^1].Left + columns[^1].Width + 1), Number(Head + columns.Max(column => column.Height)));
        html.Element(
            "svg",
            [
                ("role", "img"),
                ("aria-labelledby", $"{id}-title {id}-desc"),
                ("width", width),
                ("height", height),
                ("viewBox", $"0 0 {width} {height}"),
            ],
            () =>
            {
                html.Element("title", "Packages that move, and their neighbours", ("id", $"{id}-title"));
                html.Element("desc", Description(), ("id", $"{id}-desc"));
                Draw(html);
            }
        );
    }

    // Lines first: boxes lie over them.
    private void Draw(HtmlWriter html)
    {
        var tallest = columns.Max(column => column.Height);
        var places = columns.SelectMany(column => column.Places(Head + ((tallest - column.Height) / 2))).ToList();
        var lanes = places.Where(place => place.IsLane).ToLookup(place => place.Node);
        var boxes = places.Where(place => !place.IsLane).SelectMany(place => place.Node.Names.Select(name => (name, place))).ToDictionary();
        foreach (var to in places.Where(place => !place.IsLane))
        {
            foreach (var from in to.Node.Needs.Select(need => boxes[need]).Distinct())
                Line(html, [from, .. lanes[from.Node].Where(lane => lane.Column.Left < to.Column.Left), to]);
        }

        foreach (var column in columns)
            html.Element("text", WaveText(column.Wave), ("x", Number(column.Left + (column.Width / 2))), ("y", "14"), ("class", "head"));

        foreach (var place in places.Where(place => !place.IsLane))
            Box(html, place);
    }

    private static ImmutableArray<Column> Columns(ChangedGraph graph)
    {
        var left = 1.0;
        var waves = graph.Nodes.GroupBy(node => node.Wave).OrderBy(wave => wave.Key).ToList();
        var columns = ImmutableArray.CreateBuilder<Column>();
        var last = graph
            .Nodes.SelectMany(node => node.Needs.Select(need => (need, node.Wave)))
            .GroupBy(pair => pair.need, pair => pair.Wave)
            .ToDictionary(needs => needs.Key, needs => needs.Max(), StringComparer.Ordinal);
        foreach (var wave in waves)
        {
            // A line that goes on to a later wave has a lane of its own here, so that it crosses no box.
            var passing = graph.Nodes.Where(node => node.Wave < wave.Key && node.Names.Any(name => last.GetValueOrDefault(name) > wave.Key));
            var width = (2 * Padding) + (CharacterWidth * wave.Max(node => Math.Max(NameOf(node).Length, MoveOf(node).Length)));
            columns.Add(new(wave.Key, [.. wave], [.. passing]) { Left = left, Width = width });
            left += width + Gap;
        }

        return columns.ToImmutable();
    }

    private static void Line(HtmlWriter html, List<Place> stops)
    {
        var path = new StringBuilder();
        foreach (var (stop, next) in stops.Zip(stops.Skip(1)))
        {
            var (startX, endX) = (stop.Column.Left + stop.Column.Width, next.Column.Left);
            var middle = Number((startX + endX) / 2);
            path.Append(path.Length == 0 ? "M" : "L").Append(CultureInfo.InvariantCulture, $"{Number(startX)} {Number(stop.Middle)}");
            path.Append(
                CultureInfo.InvariantCulture,
                $"C{middle} {Number(stop.Middle)} {middle} {Number(next.Middle)} {Number(endX)} {Number(next.Middle)}"
            );
        }

        html.Element("path", "", ("d", path.ToString()));
    }

    private static void Box(HtmlWriter html, Place place) =>
        html.Element(
            "g",
            [("class", LookOf(place.Node.Step))],
            () =>
            {
                html.Element("title", string.Join(", ", place.Node.Names));
                html.Element(
                    "rect",
                    "",
                    ("x", Number(place.Column.Left)),
                    ("y", Number(place.Top)),
                    ("width", Number(place.Column.Width)),
                    ("height", Number(BoxHeight)),
                    ("rx", "6")
                );
                html.Element(
                    "text",
                    NameOf(place.Node),
                    ("x", Number(place.Column.Left + Padding)),
                    ("y", Number(place.Top + 19)),
                    ("class", "name")
                );
                html.Element("text", MoveOf(place.Node), ("x", Number(place.Column.Left + Padding)), ("y", Number(place.Top + 36)));
            }
        );

    private string Description() =>
        string.Join(
            " ",
            columns.SelectMany(column =>
                column.Nodes.Select(node =>
                    $"{WaveText(column.Wave)}: {NameOf(node)}, {MoveOf(node)}{(node.Needs.IsEmpty ? "" : $", needs {string.Join(", ", node.Needs)}")}."
                )
            )
        );

    private static string NameOf(GraphNode node) =>
        TextTable.Shorten(VisibleText.OneLine(node.Name), LongestText) + (node.Names.Length > 1 ? $" + {node.Names.Length - 1} alike" : "");

    private static string MoveOf(GraphNode node) =>
        node switch
        {
            { Step: null } => $"{node.To}, stays",
            { From: null } => $"{node.To}, new",
            { To: null } => $"{node.From}, removed",
            _ => $"{node.From} → {node.To}, {PackageRow.StepWords(node.Step.Value)}",
        };

    private static string WaveText(int wave) => wave == ChangedGraph.CoreWave ? "core" : $"wave {wave}";

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A wave: its boxes, and below them the lanes of lines that pass.</summary>
    private sealed record Column(int Wave, ImmutableArray<GraphNode> Nodes, ImmutableArray<GraphNode> Passing)
    {
        public required double Left { get; init; }

        public required double Width { get; init; }

        public double Height => (RowHeight * Nodes.Length) + (LaneHeight * Passing.Length);

        public IEnumerable<Place> Places(double top) =>
            Nodes
                .Select((node, row) => new Place(this, node, top + (RowHeight * row), IsLane: false))
                .Concat(Passing.Select((node, lane) => new Place(this, node, top + (RowHeight * Nodes.Length) + (LaneHeight * lane), IsLane: true)));
    }

    /// <summary>Where a box is, or a line of this package passes.</summary>
    private sealed record Place(Column Column, GraphNode Node, double Top, bool IsLane)
    {
        public double Middle => Top + ((IsLane ? LaneHeight : BoxHeight) / 2.0);
    }
}
