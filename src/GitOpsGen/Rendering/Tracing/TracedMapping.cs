using GitOpsGen.Yaml;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>A mapping of free-form data whose reads are noted.</summary>
internal sealed class TracedMapping(YamlMapping mapping, TracePoint trace) : YamlObject(mapping), ITraced
{
    public TracePoint Trace { get; } = trace;

    /// <inheritdoc/>
    public override bool TryGetMember(string member, out object? value)
    {
        var node = Mapping[member];
        value = node is null ? null : Trace.Node(member, node);
        return node is not null;
    }

    /// <inheritdoc/>
    public override IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        Mapping.Entries.Select(e => KeyValuePair.Create(e.Key.Text, Trace.Node(e.Key.Text, e.Value))).GetEnumerator();
}
