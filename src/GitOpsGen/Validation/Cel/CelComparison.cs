namespace GitOpsGen.Validation.Cel;

/// <summary><c>==</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>.</summary>
internal sealed record CelComparison(CelExpression Left, string Operator, CelExpression Right) : CelExpression
{
    public override CelValue Evaluate(CelScope scope)
    {
        var left = Left.Evaluate(scope);
        var right = Right.Evaluate(scope);
        if (left.IsFailure)
            return left;
        if (right.IsFailure)
            return right;
        if (Operator is "==" or "!=")
            return CelValue.Of(CelValue.AreEqual(left, right) == (Operator == "=="));
        return Order(left, right) is { } order ? CelValue.Of(Holds(order)) : CelValue.Error($"the two sides of {Operator} have no order");
    }

    private static int? Order(CelValue left, CelValue right) =>
        (left.Kind, right.Kind) switch
        {
            (CelKind.Number, CelKind.Number) => left.Amount.CompareTo(right.Amount),
            (CelKind.Text, CelKind.Text) => string.CompareOrdinal(left.Text, right.Text),
            (CelKind.Boolean, CelKind.Boolean) => left.Truth.CompareTo(right.Truth),
            _ => null,
        };

    private bool Holds(int order) =>
        Operator switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
}
