using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Objects;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Constraints;

/// <summary>What an API server enforces and this program cannot.</summary>
internal sealed class UnevaluableConstraint(string what) : Constraint
{
    public override string WhyUnevaluable => what;

    public override void Check(Schema schema, YamlNode value, Inspection inspection) =>
        inspection.Leave(Rules.NotEvaluated, value, $"is not fully checked: {what}", "Check it on a cluster.");
}
