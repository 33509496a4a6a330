using Scriban.Runtime;

namespace GitOpsGen.Rendering;

/// <summary>The <c>string</c> functions: Scriban's names and meanings, compared by ordinal.</summary>
internal static class StringFunctions
{
    public static ScriptObject Group { get; } = FunctionGroup.Of(
        "string",
        ("append", "text with", c => c.Text(0) + c.Text(1)),
        ("capitalize", "text", c => c.Text(0) is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest : ""),
        ("contains", "text part", c => Search(c, c.Text(0), c.Text(1)) >= 0),
        ("downcase", "text", c => c.Text(0).ToLowerInvariant()),
        ("empty", "text", c => c.Text(0, "").Length == 0),
        ("ends_with", "text part", c => c.Text(0).EndsWith(c.Text(1), StringComparison.Ordinal)),
        ("index_of", "text part", c => Search(c, c.Text(0), c.Text(1))),
        ("lstrip", "text", c => c.Text(0).TrimStart()),
        ("pad_left", "text width", c => c.Text(0).PadLeft(Width(c))),
        ("pad_right", "text width", c => c.Text(0).PadRight(Width(c))),
        ("prepend", "text by", c => c.Text(1) + c.Text(0)),
        ("remove", "text part", c => Replace(c, c.Text(0), c.Text(1), "")),
        ("replace", "text part by", c => Replace(c, c.Text(0), c.Text(1), c.Text(2))),
        ("rstrip", "text", c => c.Text(0).TrimEnd()),
        ("size", "text", c => c.Text(0).Length),
        ("slice", "text start length?", Slice),
        ("split", "text separator", Split),
        ("starts_with", "text part", c => c.Text(0).StartsWith(c.Text(1), StringComparison.Ordinal)),
        ("strip", "text", c => c.Text(0).Trim()),
        ("truncate", "text length ellipsis?", Truncate),
        ("upcase", "text", c => c.Text(0).ToUpperInvariant()));

    private static int Search(TemplateCall call, string text, string part)
    {
        call.ChargeSearch(text, part);
        return text.IndexOf(part, StringComparison.Ordinal);
    }

    private static int Width(TemplateCall call) => call.Number(1) switch
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
