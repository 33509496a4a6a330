using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Model;
using GitOpsGen.Rendering.Tracing;

namespace GitOpsGen;

/// <summary>What somebody wants to know about one rendered file: finds it, however it is spelled, and has it explained.</summary>
internal sealed class FileQuestion(InputTree inputs, RelativePath output, FileTracer tracer, Explainer explainer)
{
    private const int NamesShown = 20;
    private const int SuggestionsShown = 3;

    public (Explanation? Explanation, ImmutableArray<Diagnostic> Found) Answer(ExplainTarget target, CancellationToken cancellation)
    {
        var readings = inputs.Readings(target.Path, output.Value).Distinct(StringComparer.Ordinal).ToArray();
        var file = readings
            .Select(reading => RelativePath.TryParse(reading, out var path) ? tracer.Trace(path) : null)
            .FirstOrDefault(traced => traced is not null);
        return file switch
        {
            null => (null, [NothingAt(target, readings, cancellation)]),
            { Failure: { } failure } => (null, [failure]),
            _ when target.Line is { } line && (line < 1 || line > file.Lines.Length) => (
                null,
                [NoSuchLine(file, line), .. Differing(file, cancellation)]
            ),
            _ => (explainer.Explain(file, target.Line), Differing(file, cancellation)),
        };
    }

    private ImmutableArray<Diagnostic> Differing(TracedFile file, CancellationToken cancellation) =>
        Differs(file, cancellation) ? [DiffersOnDisk(file)] : [];

    private bool Differs(TracedFile file, CancellationToken cancellation) =>
        inputs.ReadFile(file.Path.Below(output), cancellation).Content is { } onDisk && !onDisk.Span.SequenceEqual(file.Content.Span);

    private Diagnostic DiffersOnDisk(TracedFile file) =>
        new(
            Rules.ExplainedDiffers,
            $"{file.Path.Below(output)} differs from what is rendered: explained is what would be rendered, where lines may stand elsewhere.",
            "Run 'gitopsgen check' to see how it differs, or 'gitopsgen render' to write it.",
            SourceSpan.StartOf(file.Path.Below(output).Value)
        );

    private static Diagnostic NoSuchLine(TracedFile file, int line) =>
        new(
            Rules.NoSuchLine,
            $"{file.Path} has {file.Lines.Length} lines; there is no line {line}.",
            $"Name one from 1 to {file.Lines.Length}.",
            null
        );

    private Diagnostic NothingAt(ExplainTarget target, string[] readings, CancellationToken cancellation)
    {
        var asked = Excerpt.Of(target.Path);
        if (readings.Any(IsOwn))
        {
            return new(
                Rules.NothingRendered,
                $"'{asked}' is GitOpsGen's record of what it wrote; no template renders it.",
                "Name a file that it lists.",
                null
            );
        }

        if (readings.Select(FilesIn).FirstOrDefault(files => files.Length > 0) is { Length: > 0 } inside)
        {
            var more = inside.Length > NamesShown ? $" and {inside.Length - NamesShown} more" : "";
            return new(
                Rules.NothingRendered,
                $"'{asked}' is a folder, not a file.",
                $"Name a file in it: {string.Join(", ", inside.Take(NamesShown))}{more}.",
                null
            );
        }

        var stands = readings.Any(reading =>
            RelativePath.TryParse(reading, out var path) && inputs.ReadFile(path.Below(output), cancellation).Content is not null
        );
        var near = NearNames.To(readings[^1], tracer.Paths).Where(Renders).Take(SuggestionsShown).ToArray();
        return new(
            Rules.NothingRendered,
            stands
                ? $"'{asked}' is not a file that GitOpsGen renders; what stands there is somebody else's, or left over."
                : $"Nothing is rendered at '{asked}'.",
            near.Length > 0 ? $"Perhaps you mean {string.Join(" or ", near)}." : $"Name a file below {output}/.",
            null
        );
    }

    private static bool IsOwn(string reading) => reading.Split('/')[^1].StartsWith(".gitopsgen", StringComparison.Ordinal);

    private string[] FilesIn(string folder)
    {
        var start = folder is "." ? "" : $"{folder.TrimEnd('/')}/";
        return [.. tracer.Paths.Where(path => path.StartsWith(start, StringComparison.Ordinal)).Where(Renders)];
    }

    private bool Renders(string path) => tracer.Trace(RelativePath.Parse(path)) is not null;
}
