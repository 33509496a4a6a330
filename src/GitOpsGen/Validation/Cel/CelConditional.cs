namespace GitOpsGen.Validation.Cel;

/// <summary><c>condition ? a : b</c>.</summary>
internal sealed record CelConditional(CelExpression Condition, CelExpression Then, CelExpression Otherwise) : CelExpression
{
    public override CelValue Evaluate(CelScope scope)
    {
        var condition = Condition.Evaluate(scope);
        if (condition.Kind == CelKind.Boolean)
            return condition.Truth ? Then.Evaluate(scope) : Otherwise.Evaluate(scope);
        return condition.IsFailure ? condition : CelValue.Error("a condition is neither true nor false");
    }
}
