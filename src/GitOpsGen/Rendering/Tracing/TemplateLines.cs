using Scriban.Parsing;
using Scriban.Syntax;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>Places in the texts of templates.</summary>
internal sealed class TemplateLines
{
    private readonly Dictionary<string, int[]> startsByText = new(ReferenceEqualityComparer.Instance);

    /// <summary>Where a statement or expression begins.</summary>
    public static TemplatePlace Place(SourceSpan span) => new(span.FileName, span.Start.Line + 1, span.Start.Column + 1);

    /// <summary>Where a character of a template's own text stands.</summary>
    public TemplatePlace Place(ScriptRawStatement raw, int offset)
    {
        var at = raw.Text.Index + offset;
        var text = raw.Text.FullText ?? "";
        if (!startsByText.TryGetValue(text, out var starts))
        {
            startsByText.Add(text, starts = [0, .. text.Index().Where(c => c.Item == '\n').Select(c => c.Index + 1)]);
        }

        var found = Array.BinarySearch(starts, at);
        var line = found >= 0 ? found : ~found - 1;
        return new(raw.Span.FileName, line + 1, at - starts[line] + 1);
    }
}
