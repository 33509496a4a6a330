using GitOpsGen.Validation.Objects;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Constraints;

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
