using System.Collections;

namespace GitOpsGen.Rendering.Variables;

/// <summary>How YAML nodes appear in templates.</summary>
internal static class TemplateValue
{
    /// <summary>
    /// A node as a template sees it. Numbers that are not plain decimal integers stay nodes, so that they are printed as the user
    /// wrote them (<c>1.10</c>, <c>0x1F</c>).
    /// </summary>
    public static object? FromYaml(YamlNode? node) =>
        node switch
        {
            null => null,
            YamlMapping mapping => new YamlObject(mapping),
            YamlSequence sequence => new YamlList(sequence),
            YamlScalar { Kind: ScalarKind.Null } => null,
            YamlScalar { Kind: ScalarKind.String } scalar => scalar.Text,
            YamlScalar { Kind: ScalarKind.Boolean } scalar => scalar.Text is "true" or "True" or "TRUE",
            YamlScalar { Kind: ScalarKind.Integer } scalar when IsCanonical(scalar.Text, out var integer) => integer,
            _ => node,
        };

    private static bool IsCanonical(string text, out object? integer)
    {
        var read =
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value.ToString(CultureInfo.InvariantCulture) == text;
        integer = value is >= int.MinValue and <= int.MaxValue ? (int)value : value;
        return read;
    }
}

/// <summary>A YAML mapping in a template: its keys are members, and a loop yields its entries with <c>key</c> and <c>value</c>.</summary>
internal class YamlObject(YamlMapping mapping) : ModelObject, IEnumerable<KeyValuePair<string, object?>>
{
    public YamlMapping Mapping { get; } = mapping;

    public override string TypeName => "mapping";

    public override int Count => Mapping.Entries.Length;

    public override IEnumerable<string> GetMembers() => Mapping.Entries.Select(e => e.Key.Text);

    public override bool Contains(string member) => Mapping[member] is not null;

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

/// <summary>A YAML sequence in a template.</summary>
internal class YamlList(YamlSequence sequence) : ModelList
{
    public YamlSequence Sequence { get; } = sequence;

    public override int Count => Sequence.Items.Length;

    public override object? this[int index] => TemplateValue.FromYaml(Sequence.Items[index]);
}
