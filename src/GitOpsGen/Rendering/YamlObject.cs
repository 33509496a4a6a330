using System.Collections;
using GitOpsGen.Yaml;

namespace GitOpsGen.Rendering;

/// <summary>A YAML mapping in a template: its keys are members, and a loop yields its entries with <c>key</c> and <c>value</c>.</summary>
internal class YamlObject(YamlMapping mapping) : ModelObject, IEnumerable<KeyValuePair<string, object?>>
{
    public YamlMapping Mapping { get; } = mapping;

    /// <inheritdoc/>
    public override string TypeName => "mapping";

    /// <inheritdoc/>
    public override int Count => Mapping.Entries.Length;

    /// <inheritdoc/>
    public override IEnumerable<string> GetMembers() => Mapping.Entries.Select(e => e.Key.Text);

    /// <inheritdoc/>
    public override bool Contains(string member) => Mapping[member] is not null;

    /// <inheritdoc/>
    public override bool TryGetMember(string member, out object? value)
    {
        var node = Mapping[member];
        value = TemplateValue.FromYaml(node);
        return node is not null;
    }

    public virtual IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        Mapping.Entries.Select(e => KeyValuePair.Create(e.Key.Text, TemplateValue.FromYaml(e.Value))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
