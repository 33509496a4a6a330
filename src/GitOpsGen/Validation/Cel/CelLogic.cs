namespace GitOpsGen.Validation.Cel;

/// <summary>
/// <c>&amp;&amp;</c> or <c>||</c> between any number of operands. One that decides does so even behind one that fails, in any order: so
/// CEL has it.
/// </summary>
/// <param name="Operands">Two or more.</param>
/// <param name="Decisive">True for <c>||</c>.</param>
internal sealed record CelLogic(IReadOnlyList<CelExpression> Operands, bool Decisive) : CelExpression
{
    public override CelValue Evaluate(CelScope scope)
    {
        CelValue? failure = null;
        foreach (var operand in Operands)
        {
            var value = operand.Evaluate(scope);
            if (value.Kind == CelKind.Boolean)
            {
                if (value.Truth == Decisive)
                    return value;
                continue;
            }

            // What is not supported weighs more: it might have decided.
            var failed = value.IsFailure ? value : CelValue.Error("an operand is neither true nor false");
            failure =
                failure is { Kind: CelKind.Unsupported } ? failure
                : failed.Kind == CelKind.Unsupported ? failed
                : failure ?? failed;
        }

        return failure ?? CelValue.Of(!Decisive);
    }
}
