namespace GitOpsGen.Validation.Cel;

/// <summary><c>[a, b]</c>.</summary>
internal sealed record CelList(IReadOnlyList<CelExpression> Items) : CelExpression
{
    public override CelValue Evaluate(CelScope scope)
    {
        CelValue[] items = [.. Items.Select(item => item.Evaluate(scope))];
        return Array.Find(items, item => item.IsFailure) is { IsFailure: true, Text.Length: > 0 } failure ? failure : CelValue.Of([.. items]);
    }
}
