using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Objects;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Constraints;

/// <summary><c>minimum</c> and <c>maximum</c>, with or without the bounds themselves, and the ranges of numeric formats.</summary>
internal sealed class RangeConstraint(decimal? minimum, decimal? maximum, bool excludesMinimum = false, bool excludesMaximum = false) : Constraint
{
    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        if (value is not YamlScalar scalar || NodeEquality.Number(scalar) is not { } approximate)
        {
            return;
        }

        if (Compare(scalar, approximate, minimum) is < 0 || (excludesMinimum && Compare(scalar, approximate, minimum) == 0))
        {
            inspection.Report(
                Rules.FieldValue,
                value,
                $"is {Excerpt.Of(scalar.Text)}, which is too small",
                $"Give a number {(excludesMinimum ? "above" : "of at least")} {Text(minimum)}."
            );
        }
        else if (Compare(scalar, approximate, maximum) is > 0 || (excludesMaximum && Compare(scalar, approximate, maximum) == 0))
        {
            inspection.Report(
                Rules.FieldValue,
                value,
                $"is {Excerpt.Of(scalar.Text)}, which is too large",
                $"Give a number {(excludesMaximum ? "below" : "of at most")} {Text(maximum)}."
            );
        }
    }

    // Whole numbers exactly: a double cannot tell the neighbours of 2^53 apart.
    private static int? Compare(YamlScalar scalar, double approximate, decimal? bound) =>
        bound is null ? null
        : scalar.ToInteger() is { } whole ? decimal.Compare(whole, bound.Value)
        : approximate.CompareTo((double)bound.Value);

    private static string Text(decimal? bound) => bound!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
