using GitOpsGen.Rendering.Sandbox;
using GitOpsGen.Rendering.Templates;
using Scriban.Runtime;

namespace GitOpsGen.Rendering.Functions;

/// <summary>The <c>string</c> functions: Scriban's names and meanings, compared by ordinal.</summary>
internal static class StringFunctions
{
    public static ScriptObject Group { get; } =
        FunctionGroup.Of(
            "string",
            ("append", "text with", "The text with another after it.", c => c.Text(0) + c.Text(1)),
            (
                "capitalize",
                "text",
                "The text with its first character in upper case.",
                c => c.Text(0) is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest : ""
            ),
            ("contains", "text part", "Whether the part is in the text.", c => Search(c, c.Text(0), c.Text(1)) >= 0),
            ("downcase", "text", "The text in lower case.", c => c.Text(0).ToLowerInvariant()),
            ("empty", "text", "Whether the text is null or empty.", c => c.Text(0, "").Length == 0),
            ("ends_with", "text part", "Whether the text ends with the part.", c => c.Text(0).EndsWith(c.Text(1), StringComparison.Ordinal)),
            ("index_of", "text part", "Where the part is, from 0; -1 where it is not.", c => Search(c, c.Text(0), c.Text(1))),
            ("lstrip", "text", "The text without white space before it.", c => c.Text(0).TrimStart()),
            ("pad_left", "text width", "The text with spaces before it, up to the width.", c => c.Text(0).PadLeft(Width(c))),
            ("pad_right", "text width", "The text with spaces after it, up to the width.", c => c.Text(0).PadRight(Width(c))),
            ("prepend", "text by", "The text with another before it.", c => c.Text(1) + c.Text(0)),
            ("remove", "text part", "The text without the part, wherever it is.", c => Replace(c, c.Text(0), c.Text(1), "")),
            (
                "replace",
                "text part by",
                "The text with another in place of the part, wherever it is.",
                c => Replace(c, c.Text(0), c.Text(1), c.Text(2))
            ),
            ("rstrip", "text", "The text without white space after it.", c => c.Text(0).TrimEnd()),
            ("size", "text", "How many UTF-16 units it has.", c => c.Text(0).Length),
            ("slice", "text start length?", "A part of the text; a negative start counts from its end.", Slice),
            ("split", "text separator", "The parts between separators.", Split),
            ("starts_with", "text part", "Whether the text begins with the part.", c => c.Text(0).StartsWith(c.Text(1), StringComparison.Ordinal)),
            ("strip", "text", "The text without white space around it.", c => c.Text(0).Trim()),
            ("truncate", "text length ellipsis?", "The text, cut to the length with the ellipsis.", Truncate),
            ("upcase", "text", "The text in upper case.", c => c.Text(0).ToUpperInvariant())
        );

    private static int Search(TemplateCall call, string text, string part)
    {
        call.ChargeSearch(text, part);
        return text.IndexOf(part, StringComparison.Ordinal);
    }

    private static int Width(TemplateCall call) =>
        call.Number(1) switch
        {
            < 0 => 0,
            > TemplateLimits.StringLength => throw call.TooLong(),
            var width => width,
        };

    private static string Replace(TemplateCall call, string text, string part, string by)
    {
        if (part.Length == 0)
            throw call.Error("there is no empty text to replace");
        call.ChargeSearch(text, part);
        var result = text.Length;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
        {
            result += by.Length - part.Length;
            if (result > TemplateLimits.StringLength)
                throw call.TooLong();
        }

        return text.Replace(part, by, StringComparison.Ordinal);
    }

    // A negative start counts from the end, as in Scriban.
    private static string Slice(TemplateCall call)
    {
        var text = call.Text(0);
        var start = call.Number(1);
        start = Math.Clamp(start < 0 ? text.Length + start : start, 0, text.Length);
        return text.Substring(start, Math.Clamp(call.Number(2, text.Length), 0, text.Length - start));
    }

    private static ScriptArray Split(TemplateCall call)
    {
        var (text, separator) = (call.Text(0), call.Text(1));
        if (separator.Length == 0)
            throw call.Error("'separator' must not be empty");
        call.ChargeSearch(text, separator);
        var parts = text.Split(separator, TemplateLimits.Items + 1);
        return parts.Length <= TemplateLimits.Items ? new ScriptArray(parts) : throw call.TooLong();
    }

    private static string Truncate(TemplateCall call)
    {
        var (text, length, ellipsis) = (call.Text(0), call.Number(1), call.Text(2, "..."));
        return text.Length <= length ? text : string.Concat(text.AsSpan(0, Math.Clamp(length - ellipsis.Length, 0, text.Length)), ellipsis);
    }
}
