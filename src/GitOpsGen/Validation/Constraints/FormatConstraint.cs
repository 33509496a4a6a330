using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Objects;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Constraints;

/// <summary><c>format</c> of a string.</summary>
internal sealed class FormatConstraint(string name, Func<string, bool> isValid) : Constraint
{
    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        if (value is YamlScalar { Kind: ScalarKind.String } text && !isValid(text.Text))
        {
            inspection.Report(Rules.FieldValue, value, $"is '{Excerpt.Of(text.Text)}', which is no {name}", $"Write it in the format {name}.");
        }
    }
}
