using GitOpsGen.Yaml;

namespace GitOpsGen.Rendering;

/// <summary>A YAML sequence in a template.</summary>
internal class YamlList(YamlSequence sequence) : ModelList
{
    public YamlSequence Sequence { get; } = sequence;

    public override int Count => Sequence.Items.Length;

    public override object? this[int index] => TemplateValue.FromYaml(Sequence.Items[index]);
}
