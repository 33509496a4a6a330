using System.Globalization;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>A place in the model from which further members and items are read.</summary>
/// <param name="Log">Where reads are noted.</param>
/// <param name="Read">How one comes to this place.</param>
/// <param name="Origins">Where its parts come from.</param>
internal sealed record TracePoint(ReadLog Log, ModelRead Read, MemberOrigins Origins)
{
    /// <summary>The keys from the field of free-form data to this node, with dots between them; empty for the field.</summary>
    public string NodePath { get; init; } = "";

    /// <summary>The top of a template, where variables are members.</summary>
    public static TracePoint Top(ReadLog log) => new(log, new("", []), MemberOrigins.None);

    /// <summary>Reads a member of an object.</summary>
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

/// <summary>Something of the model that knows how a template came to it.</summary>
internal interface ITraced
{
    TracePoint Trace { get; }
}
