using GitOpsGen.Rendering.Variables;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>An object of the model whose reads are noted; to a template it is equal to that object.</summary>
internal sealed class TracedObject(ModelObject inner, TracePoint trace) : ModelObject, ITraced
{
    public TracePoint Trace { get; } = trace;

    public override string TypeName => inner.TypeName;

    public override int Count => inner.Count;

    private ModelObject Inner => inner;

    public override IEnumerable<string> GetMembers() => inner.GetMembers();

    public override bool Contains(string member) => inner.Contains(member);

    public override bool TryGetMember(string member, out object? value)
    {
        var found = inner.TryGetMember(member, out value);
        value = found ? Trace.Member(member, value, inner.OriginsOf(member)) : value;
        return found;
    }

    public override bool Equals(object? obj) => obj is TracedObject other && inner.Equals(other.Inner);

    public override int GetHashCode() => inner.GetHashCode();
}

/// <summary>A list of the model whose reads are noted.</summary>
internal sealed class TracedList(ModelList inner, TracePoint trace) : ModelList, ITraced
{
    public TracePoint Trace { get; } = trace;

    public override int Count => inner.Count;

    public override object? this[int index] => Trace.Item(index, inner[index]);
}

/// <summary>A mapping of free-form data whose reads are noted.</summary>
internal sealed class TracedMapping(YamlMapping mapping, TracePoint trace) : YamlObject(mapping), ITraced
{
    public TracePoint Trace { get; } = trace;

    public override bool TryGetMember(string member, out object? value)
    {
        var node = Mapping[member];
        value = node is null ? null : Trace.Node(member, node);
        return node is not null;
    }

    public override IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        Mapping.Entries.Select(e => KeyValuePair.Create(e.Key.Text, Trace.Node(e.Key.Text, e.Value))).GetEnumerator();
}

/// <summary>A sequence of free-form data whose reads are noted.</summary>
internal sealed class TracedSequence(YamlSequence sequence, TracePoint trace) : YamlList(sequence), ITraced
{
    public TracePoint Trace { get; } = trace;

    public override object? this[int index] => Trace.Node(index, Sequence.Items[index]);
}

/// <summary>A place in the model from which further members and items are read.</summary>
/// <param name="Log">Where reads are noted.</param>
/// <param name="Read">The read that leads to this place.</param>
/// <param name="Origins">Where its parts come from.</param>
internal sealed record TracePoint(ReadLog Log, ModelRead Read, MemberOrigins Origins)
{
    /// <summary>The keys from the field of free-form data to this node, with dots between them; empty for the field.</summary>
    public string NodePath { get; init; } = "";

    /// <summary>The top of a template, where variables are members.</summary>
    public static TracePoint Top(ReadLog log) => new(log, new("", []), MemberOrigins.None);

    public object? Member(string name, object? value, MemberOrigins origins) => Log.Read(value, Join(name), origins);

    /// <summary>Reads an item of a list.</summary>
    public object? Item(int index, object? value) => Log.Read(value, ItemPath(index), new() { Whole = Origins.Item(index) });

    /// <summary>Reads a node of free-form data under a key.</summary>
    public object? Node(string key, YamlNode node) => Node(Join(key), NodePath.Length == 0 ? key : $"{NodePath}.{key}", node);

    /// <summary>Reads an item of free-form data.</summary>
    public object? Node(int index, YamlNode node) => Node(ItemPath(index), string.Create(CultureInfo.InvariantCulture, $"{NodePath}[{index}]"), node);

    private string Join(string name) => Read.Path.Length == 0 ? name : $"{Read.Path}.{name}";

    private string ItemPath(int index) => string.Create(CultureInfo.InvariantCulture, $"{Read.Path}[{index}]");

    private object? Node(string path, string nodePath, YamlNode node)
    {
        var value = Log.Read(TemplateValue.FromYaml(node), path, Origins with { Whole = [Origin.At(node.Span), .. Origins.Node(nodePath)] });
        return value switch
        {
            TracedMapping mapping => new TracedMapping(mapping.Mapping, mapping.Trace with { NodePath = nodePath }),
            TracedSequence sequence => new TracedSequence(sequence.Sequence, sequence.Trace with { NodePath = nodePath }),
            _ => value,
        };
    }
}

/// <summary>A value of the model that knows how a template got it.</summary>
internal interface ITraced
{
    TracePoint Trace { get; }
}
