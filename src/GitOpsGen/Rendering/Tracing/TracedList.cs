namespace GitOpsGen.Rendering.Tracing;

/// <summary>A list of the model whose reads are noted.</summary>
internal sealed class TracedList(ModelList inner, TracePoint trace) : ModelList, ITraced
{
    public TracePoint Trace { get; } = trace;

    public override int Count => inner.Count;

    public override object? this[int index] => Trace.Item(index, inner[index]);
}
