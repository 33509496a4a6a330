namespace GitOpsGen.Iam.Access;

/// <summary>
/// Patterns of IAM: <c>*</c> stands for any characters, <c>?</c> for one. A match goes back to its last <c>*</c> only and takes at most
/// length × length steps, whoever wrote the pattern. Comparison is ordinal; fold case before.
/// </summary>
internal static class Wildcard
{
    /// <summary>Whether a text is one that the pattern stands for.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text) => Run(pattern, text, isPattern: false);

    /// <summary>
    /// Whether every text of the inner pattern is one of the outer. Exact where the outer pattern has no <c>?</c>; with one, it may miss
    /// that it contains the inner, never the other way round.
    /// </summary>
    /// <remarks>
    /// The inner pattern is read as a text whose wildcards are characters that occur nowhere else: only the outer's <c>*</c> takes all of
    /// them. What the outer matches with them in place, it matches with anything in their place.
    /// </remarks>
    public static bool Contains(string outer, string inner) => Run(outer, inner, isPattern: true);

    /// <summary>Whether some text may be one of both patterns. Exact where one has no wildcard; else it may say yes too often, never no.</summary>
    public static bool MayOverlap(string one, string other)
    {
        if (!IsPattern(one) || !IsPattern(other))
            return IsPattern(one) ? Matches(one, other) : Matches(other, one);

        return EitherStarts(Head(one), Head(other)) && EitherEnds(Tail(one), Tail(other));
    }

    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    private static bool Run(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool isPattern)
    {
        var (p, t) = (0, 0);
        var (star, resume) = (-1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && Takes(pattern[p], text[t], isPattern))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    private static bool Takes(char pattern, char text, bool isPattern) =>
        isPattern ? (pattern == text && text != '*') || (pattern == '?' && text != '*') : pattern == '?' || pattern == text;

    private static bool EitherStarts(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => one.StartsWith(other) || other.StartsWith(one);

    private static bool EitherEnds(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => one.EndsWith(other) || other.EndsWith(one);

    private static ReadOnlySpan<char> Head(string pattern) => pattern.AsSpan(0, pattern.AsSpan().IndexOfAny('*', '?'));

    private static ReadOnlySpan<char> Tail(string pattern) => pattern.AsSpan(pattern.AsSpan().LastIndexOfAny('*', '?') + 1);
}
