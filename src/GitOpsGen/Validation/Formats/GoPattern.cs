using System.Text.RegularExpressions;

namespace GitOpsGen.Validation.Formats;

/// <summary>
/// A regular expression in Go's syntax (https://github.com/google/re2/wiki/Syntax), matched in linear time whatever the pattern. Where
/// a text has characters beyond the first plane, another translation takes each pair of UTF-16 units as one character.
/// </summary>
internal sealed class GoPattern
{
    /// <summary>Longer than any pattern of a real CRD.</summary>
    public const int LongestPattern = 4096;

    /// <summary>A hostile pattern times a hostile text would still be slow.</summary>
    public const int LongestText = 64 * 1024;

    private readonly string source;
    private readonly Regex? regex;
    private Regex? astral;

    private GoPattern(string source, Regex? regex, string? problem)
    {
        this.source = source;
        this.regex = regex;
        Problem = problem;
    }

    /// <summary>Why it cannot be evaluated, as the end of a sentence.</summary>
    public string? Problem { get; }

    public static GoPattern Translate(string pattern)
    {
        if (pattern.Length > LongestPattern)
            return new(pattern, null, $"the pattern has more than {LongestPattern} characters");
        try
        {
            return new(pattern, Build(pattern, isAstral: false), null);
        }
        catch (GoPatternException e)
        {
            return new(pattern, null, e.Message);
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            // Too many states for the non-backtracking engine, or a construct that the translation should have refused.
            return new(pattern, null, "the pattern is too large, or no pattern that .NET can read");
        }
    }

    /// <summary>Whether the pattern is found in the text; nothing where it cannot be known.</summary>
    public bool? IsMatch(string text)
    {
        if (regex is null || text.Length > LongestText)
            return null;
        return text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? IsAstralMatch(text) : regex.IsMatch(text);
    }

    private bool? IsAstralMatch(string text)
    {
        try
        {
            astral ??= Build(source, isAstral: true);
            return astral.IsMatch(text);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static Regex Build(string pattern, bool isAstral) =>
        new(
            GoPatternTranslation.ToDotNet(pattern, isAstral),
            RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
        );
}
