using GitOpsGen.Diagnostics;

namespace GitOpsGen.Validation.Cel;

/// <summary><c>list[0]</c> or <c>map['key']</c>.</summary>
internal sealed record CelIndex(CelExpression Target, CelExpression Key) : CelExpression
{
    public override CelValue Evaluate(CelScope scope)
    {
        var target = Target.Evaluate(scope);
        var key = Key.Evaluate(scope);
        if (target.IsFailure)
            return target;
        return (target.Kind, key.Kind) switch
        {
            (_, CelKind.Error or CelKind.Unsupported) => key,
            (CelKind.List, CelKind.Number) => key.Amount >= 0 && key.Amount < target.Size()
                ? target.Elements().ElementAt((int)key.Amount)
                : CelValue.Error("index out of bounds"),
            (CelKind.Map, CelKind.Text) => target.Field(key.Text) ?? CelValue.Error($"no such key: {Excerpt.Of(key.Text)}"),
            _ => CelValue.Error("an index does not fit"),
        };
    }
}
