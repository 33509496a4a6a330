using GitOpsGen.Yaml;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>A sequence of free-form data whose reads are noted.</summary>
internal sealed class TracedSequence(YamlSequence sequence, TracePoint trace) : YamlList(sequence), ITraced
{
    public TracePoint Trace { get; } = trace;

    public override object? this[int index] => Trace.Node(index, Sequence.Items[index]);
}
