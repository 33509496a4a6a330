using Scriban.Syntax;
using ScribanSpan = Scriban.Parsing.SourceSpan;

namespace GitOpsGen.Rendering.Templates;

/// <summary>Turns what Scriban reports into our findings and positions.</summary>
internal static class ScribanErrors
{
    // Scriban's messages quote the source, which may be long.
    private const int LongestMessage = 300;

    // Of what an operator throws, Scriban keeps the words alone.
#pragma warning disable CA2201 // made for its words, not to be thrown
    private static readonly string NoMemory = new OutOfMemoryException().Message;
#pragma warning restore CA2201

    /// <summary>A failed render as a diagnostic at the template's line, inside includes too.</summary>
    public static Diagnostic ToDiagnostic(ScriptRuntimeException error, string file)
    {
        var span = Locate(error.Span, file);
        return IsLimit(error)
            ? new Diagnostic(
                Rules.TemplateLimit,
                Sentence(error.OriginalMessage),
                "Make the template do less; real output is far below every limit.",
                span
            )
            : new Diagnostic(Rules.TemplateFailed, Sentence(error.OriginalMessage), "Correct the template at this place.", span);
    }

    /// <summary>Whether the process had too little memory, for which no template is to blame.</summary>
    public static bool IsLackOfMemory(ScriptRuntimeException error) =>
        error.GetBaseException() is OutOfMemoryException || error.OriginalMessage == NoMemory;

    /// <summary>Scriban counts from 0 and its end is the last character; ours is half-open and from 1.</summary>
    public static SourceSpan Locate(ScribanSpan span, string file)
    {
        var start = new SourcePosition(Math.Max(span.Start.Line, 0) + 1, Math.Max(span.Start.Column, 0) + 1);
        var end = new SourcePosition(Math.Max(span.End.Line, 0) + 1, Math.Max(span.End.Column, 0) + 2);
        return new SourceSpan(string.IsNullOrEmpty(span.FileName) ? file : span.FileName, start, end.CompareTo(start) < 0 ? start : end);
    }

    /// <summary>One line that ends in a full stop.</summary>
    public static string Sentence(string message)
    {
        var line = message.ReplaceLineEndings(" ").Trim();
        if (line.Length > LongestMessage)
            line = string.Concat(line.AsSpan(0, LongestMessage).TrimEnd(), "…");
        return line.Length > 0 && line[^1] == '.' ? line : line + ".";
    }

    // Most limits are ours. Scriban marks its own only by these words; names are in backquotes there, not between spaces.
    private static bool IsLimit(ScriptRuntimeException error) =>
        error is TemplateLimitException
        || error.InnerException is InsufficientExecutionStackException
        || error.OriginalMessage.StartsWith("Exceeding ", StringComparison.Ordinal)
        || error.OriginalMessage.Contains(" exceeds ", StringComparison.Ordinal)
        || error.OriginalMessage.Contains(" reaches LimitToString ", StringComparison.Ordinal)
        || error.OriginalMessage.StartsWith("Structure is too deeply nested", StringComparison.Ordinal);
}
