using GitOpsGen.Diagnostics;

namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// An expression of the Common Expression Language (https://github.com/google/cel-spec), as far as CRDs of the kinds that we render use
/// it; what is in the subset stands at <see cref="CelParser"/>.
/// </summary>
internal abstract record CelExpression
{
    /// <summary>Never throws; what fails is a value of <see cref="CelKind.Error"/>.</summary>
    public abstract CelValue Evaluate(CelScope scope);
}

/// <summary>The variables of one evaluation, and how much it may still do: a rule of loops in loops is stopped, as on an API server.</summary>
internal sealed class CelScope(CelValue self)
{
    private const int MostSteps = 100_000;

    private List<(string Name, CelValue Value)>? variables;
    private int steps;

    public CelValue this[string name]
    {
        get
        {
            for (var i = (variables?.Count ?? 0) - 1; i >= 0; i--)
            {
                if (variables![i].Name == name)
                    return variables[i].Value;
            }

            return name == "self" ? self : CelValue.Unsupported($"'{name}' is not known");
        }
    }

    public bool Step() => ++steps <= MostSteps;

    public void Enter(string name, CelValue value) => (variables ??= []).Add((name, value));

    public void Leave() => variables!.RemoveAt(variables.Count - 1);
}

/// <summary>A value that the rule writes down.</summary>
internal sealed record CelLiteral(CelValue Value) : CelExpression
{
    public override CelValue Evaluate(CelScope scope) => Value;
}

/// <summary><c>self</c>, or the variable of a macro.</summary>
internal sealed record CelVariable(string Name) : CelExpression
{
    public override CelValue Evaluate(CelScope scope) => scope[Name];
}

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

/// <summary><c>[a, b]</c>.</summary>
internal sealed record CelList(IReadOnlyList<CelExpression> Items) : CelExpression
{
    public override CelValue Evaluate(CelScope scope)
    {
        CelValue[] items = [.. Items.Select(item => item.Evaluate(scope))];
        return Array.Find(items, item => item.IsFailure) is { IsFailure: true, Text.Length: > 0 } failure ? failure : CelValue.Of([.. items]);
    }
}

/// <summary><c>!value</c>.</summary>
internal sealed record CelNegation(CelExpression Operand) : CelExpression
{
    public override CelValue Evaluate(CelScope scope)
    {
        var value = Operand.Evaluate(scope);
        return value.Kind == CelKind.Boolean ? CelValue.Of(!value.Truth)
            : value.IsFailure ? value
            : CelValue.Error("what is negated is neither true nor false");
    }
}

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

/// <summary><c>condition ? a : b</c>.</summary>
internal sealed record CelConditional(CelExpression Condition, CelExpression Then, CelExpression Otherwise) : CelExpression
{
    public override CelValue Evaluate(CelScope scope)
    {
        var condition = Condition.Evaluate(scope);
        if (condition.Kind == CelKind.Boolean)
            return condition.Truth ? Then.Evaluate(scope) : Otherwise.Evaluate(scope);
        return condition.IsFailure ? condition : CelValue.Error("a condition is neither true nor false");
    }
}

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

/// <summary>A function of one value, or of a string and an argument.</summary>
internal sealed record CelCall(string Function, CelExpression Target, CelExpression? Argument) : CelExpression
{
    // A literal pattern, which patterns of real rules are, is translated once.
    private readonly Lazy<GoPattern?> literalPattern = new(() =>
        Function == "matches" && Argument is CelLiteral { Value: { Kind: CelKind.Text } text } ? GoPattern.Translate(text.Text) : null
    );

    /// <summary>Whether there is such a function with so many arguments, the target not counted.</summary>
    public static bool Exists(string function, int arguments) =>
        (function, arguments) switch
        {
            ("size" or "lowerAscii" or "upperAscii", 0) => true,
            ("matches" or "startsWith" or "endsWith" or "contains", 1) => true,
            _ => false,
        };

    public override CelValue Evaluate(CelScope scope)
    {
        var target = Target.Evaluate(scope);
        var argument = Argument?.Evaluate(scope) ?? CelValue.Null;
        if (target.IsFailure)
            return target;
        if (argument.IsFailure)
            return argument;
        if (Function == "size")
            return target.Size() is { } size ? CelValue.Of(size) : CelValue.Error("size() is asked of what has none");
        if (target.Kind != CelKind.Text || (Argument is not null && argument.Kind != CelKind.Text))
            return CelValue.Error($"{Function}() is asked of what is no string");
        return Function switch
        {
            "startsWith" => CelValue.Of(target.Text.StartsWith(argument.Text, StringComparison.Ordinal)),
            "endsWith" => CelValue.Of(target.Text.EndsWith(argument.Text, StringComparison.Ordinal)),
            "contains" => CelValue.Of(target.Text.Contains(argument.Text, StringComparison.Ordinal)),
            "lowerAscii" => CelValue.Of(string.Concat(target.Text.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c))),
            "upperAscii" => CelValue.Of(string.Concat(target.Text.Select(c => char.IsAsciiLetterLower(c) ? (char)(c & ~0x20) : c))),
            _ => Matches(target.Text, argument.Text),
        };
    }

    private CelValue Matches(string text, string pattern)
    {
        var translated = literalPattern.Value ?? GoPattern.Translate(pattern);
        return translated.IsMatch(text) is { } isMatch
            ? CelValue.Of(isMatch)
            : CelValue.Unsupported(translated.Problem ?? "a text is too long to be matched");
    }
}
