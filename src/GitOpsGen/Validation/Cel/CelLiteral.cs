namespace GitOpsGen.Validation.Cel;

/// <summary>A value that the rule writes down.</summary>
internal sealed record CelLiteral(CelValue Value) : CelExpression
{
    public override CelValue Evaluate(CelScope scope) => Value;
}
