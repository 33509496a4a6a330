namespace GitOpsGen.Validation.Cel;

/// <summary><c>!value</c>.</summary>
internal sealed record CelNegation(CelExpression Operand) : CelExpression
{
    public override CelValue Evaluate(CelScope scope)
    {
        var value = Operand.Evaluate(scope);
        return value.Kind == CelKind.Boolean ? CelValue.Of(!value.Truth)
            : value.IsFailure ? value
            : CelValue.Error("what is negated is neither true nor false");
    }
}
