using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Objects;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Constraints;

/// <summary><c>minLength</c> and <c>maxLength</c>, which count code points.</summary>
internal sealed class LengthConstraint(long minimum, long maximum) : Constraint
{
    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        if (value is not YamlScalar { Kind: ScalarKind.String } scalar)
        {
            return;
        }

        var length = CodePoints(scalar.Text);
        if (length < minimum)
        {
            inspection.Report(
                Rules.FieldValue,
                value,
                length == 0 ? "is empty" : $"has {length} characters, fewer than {minimum}",
                $"Give at least {minimum} character{(minimum == 1 ? "" : "s")}."
            );
        }
        else if (length > maximum)
        {
            inspection.Report(Rules.FieldValue, value, $"has {length} characters, more than {maximum}", $"Give at most {maximum} characters.");
        }
    }

    public static int CodePoints(string text)
    {
        var count = text.Length;
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
        {
            return count;
        }

        for (var i = 1; i < text.Length; i++)
        {
            count -= char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        }

        return count;
    }
}
