using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Objects;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Constraints;

/// <summary><c>multipleOf</c>.</summary>
internal sealed class MultipleConstraint(decimal factor) : Constraint
{
    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        if (value is not YamlScalar scalar || NodeEquality.Number(scalar) is not { } number)
        {
            return;
        }

        var isMultiple =
            scalar.ToInteger() is { } whole ? whole % factor == 0
            : Math.Abs(number) < 1e27 ? (decimal)number % factor == 0
            : number % (double)factor == 0;
        if (!isMultiple)
        {
            inspection.Report(
                Rules.FieldValue,
                value,
                $"is {Excerpt.Of(scalar.Text)}, which is not a multiple of {factor.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
                "Give a multiple."
            );
        }
    }
}
