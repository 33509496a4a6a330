namespace GitOpsGen.Validation.Cel;

/// <summary><c>list.all(x, condition)</c> and <c>list.exists(x, condition)</c>; of a map, over its keys.</summary>
/// <param name="Collection">What is looped over.</param>
/// <param name="Variable">The name of the element.</param>
/// <param name="Condition">Asked for each element.</param>
/// <param name="Decisive">True for <c>exists</c>, which one element decides that fits; false for <c>all</c>.</param>
internal sealed record CelQuantifier(CelExpression Collection, string Variable, CelExpression Condition, bool Decisive) : CelExpression
{
    public override CelValue Evaluate(CelScope scope)
    {
        var collection = Collection.Evaluate(scope);
        if (collection.IsFailure)
            return collection;
        if (collection.Kind is not (CelKind.List or CelKind.Map))
            return CelValue.Error("a macro loops over what is no list and no map");
        CelValue? failure = null;
        foreach (var element in collection.Elements())
        {
            if (!scope.Step())
                return CelValue.Unsupported("the rule takes too many steps");
            scope.Enter(Variable, element);
            var value = Condition.Evaluate(scope);
            scope.Leave();
            if (value.Kind == CelKind.Boolean && value.Truth == Decisive)
                return value;
            if (value.Kind != CelKind.Boolean)
                failure =
                    failure is { Kind: CelKind.Unsupported } ? failure
                    : value.IsFailure ? value
                    : CelValue.Error("a condition is neither true nor false");
        }

        return failure ?? CelValue.Of(!Decisive);
    }
}
