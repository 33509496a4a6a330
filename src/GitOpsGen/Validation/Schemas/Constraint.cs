using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Schemas;

/// <summary>One thing that a schema asks of values of one type; values of other types are no concern of it.</summary>
internal abstract class Constraint
{
    /// <summary>The schemas inside it.</summary>
    public virtual IEnumerable<SchemaSlot> Children => [];

    /// <summary>Why it can never be evaluated, to follow its name; usually it can.</summary>
    public virtual string? WhyUnevaluable => null;

    /// <param name="schema">The schema that it is part of.</param>
    /// <param name="value">A value of the schema's type.</param>
    /// <param name="inspection">Takes what is found.</param>
    public abstract void Check(Schema schema, YamlNode value, Inspection inspection);
}

/// <summary>What an API server enforces and this program cannot.</summary>
internal sealed class UnevaluableConstraint(string what) : Constraint
{
    public override string WhyUnevaluable => what;

    public override void Check(Schema schema, YamlNode value, Inspection inspection) =>
        inspection.Leave(Rules.NotEvaluated, value, $"is not fully checked: {what}", "Check it on a cluster.");
}
