namespace GitOpsGen.Validation.Cel;

/// <summary><c>self</c>, or the variable of a macro.</summary>
internal sealed record CelVariable(string Name) : CelExpression
{
    public override CelValue Evaluate(CelScope scope) => scope[Name];
}
