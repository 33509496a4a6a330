namespace GitOpsGen.Yaml.Editing;

/// <summary>Puts a scalar in the place of another.</summary>
internal sealed class ScalarEdit(EditedText text, EditStyle style)
{
    private const int NearbyDistance = 3; // in lines

    /// <param name="present">The scalar of the file.</param>
    /// <param name="wanted">What it shall be.</param>
    /// <param name="inFlow">Whether it stands in brackets.</param>
    public void Replace(YamlScalar present, YamlScalar wanted, bool inFlow)
    {
        var (start, end) = text.RangeOf(present);
        var replacement = style.Scalar(text[start], wanted, inFlow);
        if (text[start] is '|' or '>')
        {
            text.Replace(start, end, replacement + CommentBehind(start));
            return;
        }

        text.Replace(start, end, replacement);
        KeepCommentColumn(end, replacement.Length - (end - start));
    }

    // A block becomes one line; what is said behind its indicator stays there.
    private string CommentBehind(int indicator)
    {
        var head = text[indicator..text.EndOfLine(text.LineOf(indicator))];
        return head.IndexOf(" #", StringComparison.Ordinal) is var comment and >= 0 ? head[comment..] : "";
    }

    // Where the comment behind the value stands in one column with another one near by, it stays there.
    private void KeepCommentColumn(int end, int growth)
    {
        var (line, comment) = (text.LineOf(end), text.SkipBlanks(end));
        var column = comment - text.StartOfLine(line);
        if (text[comment] == '#' && !text[end..comment].Contains('\t') && NearbyLines(line).Any(other => HasCommentAt(other, column)))
        {
            text.Replace(end, comment, new string(' ', Math.Max(1, comment - end - growth)));
        }
    }

    private static IEnumerable<int> NearbyLines(int line) =>
        Enumerable.Range(line - NearbyDistance, (2 * NearbyDistance) + 1).Where(other => other != line);

    private bool HasCommentAt(int line, int column) =>
        text.IsLine(line) && text.StartOfLine(line) + column is var at && at < text.EndOfLine(line) && text[at] == '#' && text[at - 1] == ' ';
}
