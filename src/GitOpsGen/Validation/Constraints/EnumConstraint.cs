using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Objects;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Constraints;

/// <summary><c>enum</c>.</summary>
internal sealed class EnumConstraint(YamlSequence allowed) : Constraint
{
    private const int MostNamed = 12;

    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        foreach (var item in allowed.Items)
        {
            if (NodeEquality.Instance.Equals(item, value))
            {
                return;
            }
        }

        var actual = value is YamlScalar scalar ? $"is '{Excerpt.Of(scalar.Text)}', which is not allowed" : "has a value that is not allowed";
        inspection.Report(Rules.FieldValue, value, actual, $"Use one of {Names()}.");
    }

    private string Names()
    {
        var names = allowed.Items.Take(MostNamed).Select(item => item is YamlScalar scalar ? $"'{Excerpt.Of(scalar.Text, 40)}'" : "...");
        return string.Join(", ", names) + (allowed.Items.Length > MostNamed ? ", ..." : "");
    }
}
