using System.Buffers;

namespace GitOpsGen.Yaml;

/// <summary>
/// Kustomize reads objects and writes them anew. It writes some characters raw, which its own reader then refuses (DEL, C1, U+FFFE, U+FFFF) or takes
/// for a line break (NEL), and a block that begins with a tab. Tried with kubectl 1.32 and 1.35; the latter carries the tab.
/// </summary>
internal static class KustomizeText
{
    private static readonly SearchValues<char> NotCarried = SearchValues.Create([
        .. Enumerable.Range(0x7f, 0x21).Select(c => (char)c),
        '\ufffe',
        '\uffff',
    ]);

    /// <summary>What of a text does not come through.</summary>
    public static Diagnostic? FindProblem(YamlScalar scalar)
    {
        var text = scalar.Text;
        if (text.AsSpan().IndexOfAny(NotCarried) is >= 0 and var at)
        {
            return new(
                Rules.NotCarried,
                $"'{Excerpt.Of(text)}' has the character U+{(int)text[at]:X4}, which Kustomize cannot carry: it fails, or makes a space of it.",
                "Remove the character.",
                scalar.Span
            );
        }

        return text is ['\t', ..] && text.Contains('\n', StringComparison.Ordinal)
            ? new(
                Rules.NotCarried,
                $"'{Excerpt.Of(text)}' has several lines and begins with a tab: Kustomize writes it in a form that it cannot read.",
                "Begin it with another character.",
                scalar.Span
            )
            : null;
    }
}
