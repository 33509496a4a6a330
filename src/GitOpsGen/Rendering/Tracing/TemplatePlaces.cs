namespace GitOpsGen.Rendering.Tracing;

/// <summary>
/// Finds the template lines that wrote places in rendered files. A file is traced only when something was found in it, and only
/// once.
/// </summary>
internal sealed class TemplatePlaces(FileTracer tracer)
{
    private readonly Dictionary<string, TracedFile?> traced = new(StringComparer.Ordinal);

    /// <summary>The finding about a rendered file as a finding about its template, because that is what the user can change.</summary>
    public Diagnostic AtTemplate(Diagnostic found) => TryFind(found.Span, out var place) ? found with { Span = place } : found;

    /// <summary>The finding about a rendered file, with the template's line in its message: people read the finding in the file.</summary>
    /// <param name="found">A finding.</param>
    /// <param name="output">The folder with which its place begins.</param>
    public Diagnostic Naming(Diagnostic found, RelativePath output)
    {
        var below = $"{output.Value}/";
        return
            found.Span is { } span
            && span.File.StartsWith(below, StringComparison.Ordinal)
            && TryFind(span with { File = span.File[below.Length..] }, out var place)
            ? found with
            {
                Message = $"{found.Message} It is written at {place.Place}.",
            }
            : found;
    }

    private bool TryFind([NotNullWhen(true)] SourceSpan? rendered, out SourceSpan place)
    {
        place = default;
        if (rendered is not { } span || !RelativePath.TryParse(span.File, out var path))
            return false;

        if (!traced.TryGetValue(path.Value, out var file))
            traced.Add(path.Value, file = tracer.Trace(path));

        // A document that ends too early is wrong after its last line.
        if ((file?.Lines.FirstOrDefault(line => line.Number >= span.Start.Line) ?? file?.Lines.LastOrDefault()) is not { Place: var written })
            return false;

        var start = new SourcePosition(written.Line, written.Column);
        place = new(written.File, start, start);
        return true;
    }
}
