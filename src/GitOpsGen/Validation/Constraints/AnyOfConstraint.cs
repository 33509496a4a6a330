using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Objects;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Constraints;

/// <summary><c>anyOf</c>.</summary>
internal sealed class AnyOfConstraint(IReadOnlyList<SchemaSlot> branches) : Constraint
{
    public override IEnumerable<SchemaSlot> Children => branches;

    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        var mayFit = false;
        foreach (var branch in branches)
        {
            var trial = inspection.Trial();
            SchemaWalk.Check(branch, value, trial);
            if (trial.Findings == 0 && trial.Gaps == 0)
            {
                return;
            }

            mayFit |= trial.Findings == 0;
        }

        if (mayFit)
        {
            inspection.Leave(
                Rules.NotEvaluated,
                value,
                "is not checked against anyOf: the alternative that it may be cannot be evaluated",
                "Check it on a cluster."
            );
        }
        else
        {
            inspection.Report(
                Rules.FieldValue,
                value,
                $"is none of the {branches.Count} things that the schema allows (anyOf)",
                "Give one of them; the kind's documentation describes them."
            );
        }
    }
}
