namespace GitOpsGen.Validation.Schemas;

/// <summary>One requirement of a schema for values of one type; it does not concern values of other types.</summary>
internal abstract class Constraint
{
    /// <param name="schema">The schema that it is part of.</param>
    /// <param name="value">A value of the schema's type.</param>
    /// <param name="inspection">Takes the findings.</param>
    public abstract void Check(Schema schema, YamlNode value, Inspection inspection);

    /// <summary>Reports a value that is not allowed, or that only a server-side apply refuses.</summary>
    protected static void Report(Inspection inspection, bool isForApply, YamlNode at, string what, string fix)
    {
        if (isForApply)
            inspection.ReportForApply(at, what, fix, Rules.FieldValue);
        else
            inspection.Report(Rules.FieldValue, at, what, fix);
    }
}

/// <summary>A requirement that an API server enforces and this program does not know how to check.</summary>
/// <param name="what">Its name.</param>
/// <param name="type">The only type that it concerns.</param>
internal sealed class UnsupportedConstraint(string what, JsonType type = JsonType.Any) : Constraint
{
    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        if (JsonTypes.Fits(type, value))
            inspection.Leave(Rules.NotEvaluated, value, $"is not fully checked: {what} of its schema is not supported", "Check it on a cluster.");
    }
}
