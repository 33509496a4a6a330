using Scriban.Runtime;
using Scriban.Syntax;

namespace GitOpsGen.Rendering;

/// <summary>The <c>math</c> functions on whole numbers; <c>+ - * / %</c> are operators.</summary>
internal static class MathFunctions
{
    public static ScriptObject Group { get; } = FunctionGroup.Of(
        "math",
        ("abs", "value", c => Math.Abs((long)c.Number(0))),
        ("divided_by", "value by", c => Operate(c, ScriptBinaryOperator.DivideRound)),
        ("max", "value other", c => Math.Max(c.Number(0), c.Number(1))),
        ("min", "value other", c => Math.Min(c.Number(0), c.Number(1))),
        ("minus", "value by", c => Operate(c, ScriptBinaryOperator.Subtract)),
        ("modulo", "value by", c => Operate(c, ScriptBinaryOperator.Modulus)),
        ("plus", "value by", c => Operate(c, ScriptBinaryOperator.Add)),
        ("times", "value by", c => Operate(c, ScriptBinaryOperator.Multiply)));

    private static object? Operate(TemplateCall call, ScriptBinaryOperator operation) =>
        ScriptBinaryExpression.Evaluate(call.Context, call.Span, operation, call.Number(0), call.Number(1));
}
