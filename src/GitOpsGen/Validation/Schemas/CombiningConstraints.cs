using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Schemas;

/// <summary><c>allOf</c>.</summary>
internal sealed class AllOfConstraint(IReadOnlyList<SchemaSlot> branches) : Constraint
{
    public override IEnumerable<SchemaSlot> Children => branches;

    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        foreach (var branch in branches)
        {
            SchemaWalk.Check(branch, value, inspection);
        }
    }
}

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
