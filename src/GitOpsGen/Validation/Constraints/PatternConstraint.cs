using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Formats;
using GitOpsGen.Validation.Objects;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Constraints;

/// <summary><c>pattern</c>, found anywhere in the text as Go's regular expressions are. It is translated when a value first needs it.</summary>
internal sealed class PatternConstraint(string pattern) : Constraint
{
    private readonly Lazy<GoPattern> translated = new(() => GoPattern.Translate(pattern));

    public override string? WhyUnevaluable => translated.Value.Problem;

    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        if (value is not YamlScalar { Kind: ScalarKind.String } text)
        {
            return;
        }

        switch (translated.Value.IsMatch(text.Text))
        {
            case false:
                inspection.Report(
                    Rules.FieldValue,
                    value,
                    $"is '{Excerpt.Of(text.Text)}', which does not match the pattern of the schema",
                    $"Give a value that matches {Excerpt.Of(pattern, 200)}."
                );
                break;
            case null:
                inspection.Leave(
                    Rules.NotEvaluated,
                    value,
                    $"is not checked against the pattern {Excerpt.Of(pattern)}: {translated.Value.Problem ?? "the text is too long"}",
                    "Check it on a cluster."
                );
                break;
        }
    }
}
