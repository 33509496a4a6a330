namespace GitOpsGen.Rendering.Tracing;

/// <summary>An object of the model whose reads are noted; for a template it is the same object.</summary>
internal sealed class TracedObject(ModelObject inner, TracePoint trace) : ModelObject, ITraced
{
    public TracePoint Trace { get; } = trace;

    /// <inheritdoc/>
    public override string TypeName => inner.TypeName;

    /// <inheritdoc/>
    public override int Count => inner.Count;

    private ModelObject Inner => inner;

    /// <inheritdoc/>
    public override IEnumerable<string> GetMembers() => inner.GetMembers();

    /// <inheritdoc/>
    public override bool Contains(string member) => inner.Contains(member);

    /// <inheritdoc/>
    public override bool TryGetMember(string member, out object? value)
    {
        var found = inner.TryGetMember(member, out value);
        value = found ? Trace.Member(member, value, inner.OriginsOf(member)) : value;
        return found;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TracedObject other && inner.Equals(other.Inner);

    /// <inheritdoc/>
    public override int GetHashCode() => inner.GetHashCode();
}
