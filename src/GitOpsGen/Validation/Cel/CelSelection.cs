using GitOpsGen.Diagnostics;

namespace GitOpsGen.Validation.Cel;

/// <summary><c>value.field</c>.</summary>
internal sealed record CelSelection(CelExpression Target, string Field) : CelExpression
{
    public override CelValue Evaluate(CelScope scope)
    {
        var target = Target.Evaluate(scope);
        return target.IsFailure ? target
            : target.Kind == CelKind.Map ? target.Field(Field) ?? CelValue.Error($"no such key: {Excerpt.Of(Field)}")
            : CelValue.Error($"a field {Excerpt.Of(Field)} is taken of what is no object");
    }
}
