using System.Collections.Immutable;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>One piece of one rendered line.</summary>
/// <param name="Chain">The place that wrote it last, and before it the includes that lead there from the file's own template.</param>
/// <param name="Printed">The reads whose values stand there; none for text of the template.</param>
/// <param name="Causes">The reads that decide that it stands there.</param>
internal sealed record TracedPiece(ImmutableArray<TemplatePlace> Chain, ImmutableArray<ModelRead> Printed, ImmutableArray<ModelRead> Causes);

/// <summary>A rendered line with what wrote it, piece by piece.</summary>
internal sealed record TracedLine(int Number, ImmutableArray<TracedPiece> Pieces)
{
    /// <summary>Where it begins to say something: its first piece that is more than indentation.</summary>
    public required TemplatePlace Place { get; init; }
}
