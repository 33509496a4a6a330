using System.Collections.Immutable;

namespace GitOpsGen.Yaml.Editing;

/// <summary>Finds comments.</summary>
internal static class Comments
{
    /// <summary>The comments in a stretch of text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where it begins; no scalar that is not in <paramref name="node"/> may be in it.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="node">What stands in it, comments left out; <see langword="null"/> for nothing.</param>
    public static ImmutableArray<string> In(EditedText text, int start, int end, YamlNode? node)
    {
        var comments = ImmutableArray.CreateBuilder<string>();
        foreach (var (scalarStart, scalarEnd) in ScalarsOf(node).Select(text.RangeOf).Append((end, end)))
        {
            while (text.IndexOf('#', start, scalarStart) is var at and >= 0)
            {
                start = text.EndOfLine(text.LineOf(at));
                comments.Add(text[at..start].TrimEnd());
            }

            start = scalarEnd;
        }

        return comments.ToImmutable();
    }

    private static IEnumerable<YamlScalar> ScalarsOf(YamlNode? node) =>
        node switch
        {
            YamlScalar scalar => [scalar],
            YamlSequence list => list.Items.SelectMany(ScalarsOf),
            YamlMapping mapping => mapping.Entries.SelectMany(entry => ScalarsOf(entry.Value).Prepend(entry.Key)),
            _ => [],
        };
}
