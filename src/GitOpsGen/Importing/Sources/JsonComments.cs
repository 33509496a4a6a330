namespace GitOpsGen.Importing.Sources;

/// <summary>Comments in a JSON document, as people write them although JSON has none.</summary>
internal static class JsonComments
{
    /// <summary>The text with spaces in place of comments and tabs, so that every other character keeps its place, and where comments begin.</summary>
    public static (string Text, ImmutableArray<SourceSpan> Comments) Blank(string file, string text)
    {
        var comments = ImmutableArray.CreateBuilder<SourceSpan>();
        var blank = new StringBuilder(text.Length);
        var (line, column) = (1, 1);
        for (var i = 0; i < text.Length; )
        {
            var length = LengthAt(text, i);
            var isComment = text[i] is '/' or '#' && length > 0;
            if (isComment)
                comments.Add(new(file, new(line, column), new(line, column + 1)));

            for (var end = i + Math.Max(length, 1); i < end; i++)
            {
                var isEnd = text[i] == '\n';
                blank.Append(
                    isEnd || text[i] == '\r' ? text[i]
                    : isComment || (length == 0 && text[i] == '\t') ? ' '
                    : text[i]
                );
                (line, column) = isEnd ? (line + 1, 1) : (line, column + 1);
            }
        }

        return (blank.ToString(), comments.ToImmutable());
    }

    // Of a string or a comment; 0 for any other character.
    private static int LengthAt(string text, int at)
    {
        var end = text[at] switch
        {
            '"' => EndOfString(text, at + 1),
            '#' => EndOfLine(text, at),
            '/' when at + 1 < text.Length && text[at + 1] == '/' => EndOfLine(text, at),
            '/' when at + 1 < text.Length && text[at + 1] == '*' => text.IndexOf("*/", at + 2, StringComparison.Ordinal) is var close and >= 0
                ? close + 2
                : text.Length,
            _ => at,
        };
        return end - at;
    }

    private static int EndOfLine(string text, int at) => text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;

    private static int EndOfString(string text, int at)
    {
        for (; at < text.Length && text[at] is not ('"' or '\n'); at++)
            at += text[at] == '\\' ? 1 : 0;

        return Math.Min(at + 1, text.Length);
    }
}
