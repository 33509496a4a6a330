using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Objects;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Constraints;

/// <summary><c>oneOf</c>.</summary>
internal sealed class OneOfConstraint(IReadOnlyList<SchemaSlot> branches) : Constraint
{
    public override IEnumerable<SchemaSlot> Children => branches;

    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        var fits = 0;
        var mayFit = 0;
        foreach (var branch in branches)
        {
            var trial = inspection.Trial();
            SchemaWalk.Check(branch, value, trial);
            fits += trial is { Findings: 0, Gaps: 0 } ? 1 : 0;
            mayFit += trial is { Findings: 0, Gaps: > 0 } ? 1 : 0;
        }

        if (fits > 1 || fits + mayFit == 0)
        {
            inspection.Report(
                Rules.FieldValue,
                value,
                $"is {(fits > 1 ? "more than one" : "none")} of the {branches.Count} things of which the schema allows exactly one (oneOf)",
                "Give exactly one of them; the kind's documentation describes them."
            );
        }
        else if (mayFit > 0)
        {
            inspection.Leave(
                Rules.NotEvaluated,
                value,
                "is not checked against oneOf: an alternative that it may be cannot be evaluated",
                "Check it on a cluster."
            );
        }
    }
}
