using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Objects;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Constraints;

/// <summary><c>not</c>.</summary>
internal sealed class NotConstraint(SchemaSlot branch) : Constraint
{
    public override IEnumerable<SchemaSlot> Children => [branch];

    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        var trial = inspection.Trial();
        SchemaWalk.Check(branch, value, trial);
        if (trial is { Findings: 0, Gaps: 0 })
        {
            inspection.Report(
                Rules.FieldValue,
                value,
                "is something that the schema excludes (not)",
                "Change it; the kind's documentation says what is excluded."
            );
        }
        else if (trial.Findings == 0)
        {
            inspection.Leave(
                Rules.NotEvaluated,
                value,
                "is not checked against 'not': what it excludes cannot be evaluated",
                "Check it on a cluster."
            );
        }
    }
}
