namespace GitOpsGen.Review;

/// <summary>A line of an object as YAML, on one side or on both.</summary>
/// <param name="Mark"><c>-</c> before, <c>+</c> after, a space on both sides, <c>@</c> where equal lines between two differences are left out.</param>
/// <param name="Text">The line.</param>
internal readonly record struct TextLine(char Mark, string Text);

/// <summary>What differs between two objects as YAML, line by line, with some equal lines around it. Secrets are left out, as everywhere.</summary>
internal static class TextDifference
{
    /// <summary>What is shown in place of a value that may be a secret, and that is on both sides, or on one alone.</summary>
    private const string Hidden = "(hidden)";

    private const int Around = 3;

    private static readonly StringComparer Lines = StringComparer.Ordinal;

    /// <summary>The lines; all of them for an object that is on one side alone.</summary>
    public static ImmutableArray<TextLine> Of(YamlNode? before, YamlNode? after)
    {
        var secrecy = Secrecy.Of(before, after);
        var known = new HashSet<(string, string)>();
        var old = LinesOf(
            before,
            secrecy,
            (path, text) =>
            {
                known.Add((path, text));
                return Hidden;
            }
        );
        var current = LinesOf(after, secrecy, (path, text) => before is null || known.Contains((path, text)) ? Hidden : NodeDifference.Hidden);
        return Shortened(Compared(old, current));
    }

    private static ImmutableArray<TextLine> Compared(ImmutableArray<string> before, ImmutableArray<string> after)
    {
        var start = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        var end = before[start..].Reverse().Zip(after[start..].Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        var (old, current) = (before[start..^end], after[start..^end]);
        var common = LongestCommonPart.IsBearable(old.Length, current.Length) ? LongestCommonPart.Of(old, current, Lines) : [];
        var lines = ImmutableArray.CreateBuilder<TextLine>();
        lines.AddRange(before[..start].Select(line => new TextLine(' ', line)));
        var (i, j) = (0, 0);
        foreach (var (keptBefore, keptAfter) in common.Append((old.Length, current.Length)))
        {
            lines.AddRange(old[i..keptBefore].Select(line => new TextLine('-', line)));
            lines.AddRange(current[j..keptAfter].Select(line => new TextLine('+', line)));
            if (keptBefore < old.Length)
                lines.Add(new(' ', old[keptBefore]));

            (i, j) = (keptBefore + 1, keptAfter + 1);
        }

        lines.AddRange(before[^end..].Select(line => new TextLine(' ', line)));
        return lines.ToImmutable();
    }

    private static ImmutableArray<TextLine> Shortened(ImmutableArray<TextLine> lines)
    {
        var shown = new bool[lines.Length];
        foreach (var (place, _) in lines.Index().Where(line => line.Item.Mark != ' '))
            shown.AsSpan(Math.Max(0, place - Around)..Math.Min(lines.Length, place + Around + 1)).Fill(true);

        var result = ImmutableArray.CreateBuilder<TextLine>();
        foreach (var place in Enumerable.Range(0, lines.Length).Where(place => shown[place]))
        {
            if (result.Count > 0 && !shown[place - 1])
                result.Add(new('@', ""));

            result.Add(lines[place]);
        }

        return result.ToImmutable();
    }

    private static ImmutableArray<string> LinesOf(YamlNode? node, Secrecy secrecy, Func<string, string, string> hide)
    {
        if (node is null)
            return [];

        var text = new StringBuilder();
        YamlWriter.Write(text, Masked(node, secrecy, "", hide), 0);
        return [.. text.ToString().TrimEnd('\n').Split('\n')];
    }

    // Items of a list share a path, so that one that moves is known again.
    private static YamlNode Masked(YamlNode node, Secrecy secrecy, string path, Func<string, string, string> hide) =>
        node switch
        {
            YamlMapping mapping => new YamlMapping(
                [
                    .. mapping.Entries.Select(entry =>
                        entry with
                        {
                            Value = Masked(entry.Value, secrecy.Below(entry.Key.Text), $"{path}/{entry.Key.Text}", hide),
                        }
                    ),
                ],
                mapping.Span
            ),
            YamlSequence list => new YamlSequence([.. list.Items.Select(item => Masked(item, secrecy.InItem(item), path, hide))], list.Span),
            YamlScalar scalar when secrecy.Hides(scalar) => YamlScalar.String(hide(path, scalar.Text), scalar.Span),
            _ => node,
        };
}
