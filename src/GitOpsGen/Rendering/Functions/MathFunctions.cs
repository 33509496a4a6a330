using GitOpsGen.Rendering.Sandbox;
using Scriban.Runtime;
using Scriban.Syntax;

namespace GitOpsGen.Rendering.Functions;

/// <summary>The <c>math</c> functions on whole numbers; <c>+ - * / %</c> are operators.</summary>
internal static class MathFunctions
{
    public static ScriptObject Group { get; } =
        FunctionGroup.Of(
            "math",
            ("abs", "value", "The number without its sign.", c => Math.Abs((long)c.Number(0))),
            ("divided_by", "value by", "The quotient, without a remainder.", c => Operate(c, ScriptBinaryOperator.DivideRound)),
            ("max", "value other", "The greater one.", c => Math.Max(c.Number(0), c.Number(1))),
            ("min", "value other", "The lesser one.", c => Math.Min(c.Number(0), c.Number(1))),
            ("minus", "value by", "The difference.", c => Operate(c, ScriptBinaryOperator.Subtract)),
            ("modulo", "value by", "The remainder.", c => Operate(c, ScriptBinaryOperator.Modulus)),
            ("plus", "value by", "The sum.", c => Operate(c, ScriptBinaryOperator.Add)),
            ("times", "value by", "The product.", c => Operate(c, ScriptBinaryOperator.Multiply))
        );

    private static object? Operate(TemplateCall call, ScriptBinaryOperator operation) =>
        ScriptBinaryExpression.Evaluate(call.Context, call.Span, operation, call.Number(0), call.Number(1));
}
