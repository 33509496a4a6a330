namespace GitOpsGen.Validation.Cel;

/// <summary><c>value in list</c>, <c>key in map</c>.</summary>
internal sealed record CelMembership(CelExpression Item, CelExpression Collection) : CelExpression
{
    public override CelValue Evaluate(CelScope scope)
    {
        var item = Item.Evaluate(scope);
        var collection = Collection.Evaluate(scope);
        if (item.IsFailure)
            return item;
        if (collection.IsFailure)
            return collection;
        if (collection.Kind == CelKind.Map && item.Kind == CelKind.Text)
            return CelValue.Of(collection.Field(item.Text) is not null);
        if (collection.Kind != CelKind.List)
            return CelValue.Error("'in' is asked of what is no list and no map");
        foreach (var element in collection.Elements())
        {
            if (!scope.Step())
                return CelValue.Unsupported("the rule takes too many steps");
            if (element.IsFailure)
                return element;
            if (CelValue.AreEqual(item, element))
                return CelValue.Of(true);
        }

        return CelValue.Of(false);
    }
}
