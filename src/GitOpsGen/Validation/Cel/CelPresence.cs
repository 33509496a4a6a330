namespace GitOpsGen.Validation.Cel;

/// <summary><c>has(value.field)</c>.</summary>
internal sealed record CelPresence(CelSelection Selection) : CelExpression
{
    public override CelValue Evaluate(CelScope scope)
    {
        var target = Selection.Target.Evaluate(scope);
        return target.IsFailure ? target
            : target.Kind == CelKind.Map ? CelValue.Of(target.Field(Selection.Field) is not null)
            : CelValue.Error("has() is asked of what is no object");
    }
}
