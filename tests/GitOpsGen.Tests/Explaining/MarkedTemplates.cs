using System.Globalization;
using System.Text.RegularExpressions;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Tracing;
using Xunit;

namespace GitOpsGen.Tests.Explaining;

/// <summary>The built-in templates with a mark of its own at each of some places: in its text, before an expression, or in a quoted text of one.</summary>
internal sealed partial class MarkedTemplates
{
    private readonly Dictionary<TemplatePlace, int> numbers;

    public MarkedTemplates(IEnumerable<TemplatePlace> places)
    {
        numbers = places
            .Order(Comparer<TemplatePlace>.Create((a, b) => string.CompareOrdinal($"{a}", $"{b}")))
            .Index()
            .ToDictionary(pair => pair.Item, pair => pair.Index);
        var parsed = TemplateSet.Parse(TemplateSet.BuiltInSources().Select(source => source with { Text = Mark(source) }));
        Assert.Empty(parsed.Diagnostics);
        Set = parsed.Value!;
    }

    public TemplateSet Set { get; }

    public int Count => numbers.Count;

    /// <summary>The marks of a rendered line, which are those of the places that wrote it.</summary>
    public static IEnumerable<int> On(string line) =>
        Form().Matches(line).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct().Order();

    /// <summary>The marks that a line should have. A value on several lines has its mark on the first: each further one begins with what the one before ends with.</summary>
    public IEnumerable<int> Of(TracedLine line, TracedLine? before)
    {
        var places = line.Pieces.Select(piece => piece.Chain[^1]);
        var isContinued = before?.Pieces[^1].Chain.SequenceEqual(line.Pieces[0].Chain) == true;
        return places.Skip(isContinued ? 1 : 0).Select(place => numbers[place]).Distinct().Order();
    }

    private string Mark(TemplateSource source)
    {
        var lines = source.Text.Split('\n');
        foreach (var (place, number) in numbers.Where(pair => pair.Key.File == source.File).OrderByDescending(pair => pair.Key.Column))
        {
            var line = lines[place.Line - 1];
            lines[place.Line - 1] = line.Insert(Column(line, place.Column - 1), string.Create(CultureInfo.InvariantCulture, $"⟦{number}⟧"));
        }

        return string.Join('\n', lines);
    }

    private static int Column(string line, int column)
    {
        var before = line.AsSpan(..column);
        var isCode = before.LastIndexOf("{{") > before.LastIndexOf("}}");
        return !isCode ? column
            : line[column] == '\'' ? column + 1
            : before.LastIndexOf("{{");
    }

    [GeneratedRegex("⟦([0-9]+)⟧")]
    private static partial Regex Form();
}
