namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// An expression of the Common Expression Language (https://github.com/google/cel-spec), as far as CRDs use it: see
/// <see cref="CelParser"/>.
/// </summary>
internal abstract record CelExpression
{
    /// <summary>Never throws: an expression that fails has a value of <see cref="CelKind.Error"/>.</summary>
    public abstract CelValue Evaluate(CelValue self);
}

/// <summary><c>self</c>: the value that the rule is about.</summary>
internal sealed record CelSelf : CelExpression
{
    public override CelValue Evaluate(CelValue self) => self;
}

/// <summary>A value that the rule writes down.</summary>
internal sealed record CelLiteral(CelValue Value) : CelExpression
{
    public override CelValue Evaluate(CelValue self) => Value;
}

/// <summary><c>[a, b]</c>.</summary>
internal sealed record CelList(IReadOnlyList<CelExpression> Items) : CelExpression
{
    public override CelValue Evaluate(CelValue self)
    {
        var items = Items.Select(item => item.Evaluate(self)).ToImmutableArray();
        foreach (var item in items.Where(item => item.IsFailure))
            return item;

        return CelValue.Of(items);
    }
}

/// <summary><c>target.field</c>, or <c>has(target.field)</c>.</summary>
internal sealed record CelSelection(CelExpression Target, string Field) : CelExpression
{
    public bool IsTest { get; init; }

    public override CelValue Evaluate(CelValue self)
    {
        var target = Target.Evaluate(self);
        return target.IsFailure ? target
            : IsTest && target.Kind == CelKind.Map ? CelValue.Of(target.Field(Field) is not null)
            : target.At(CelValue.Of(Field));
    }
}

/// <summary>
/// <c>&amp;&amp;</c> or <c>||</c> between two or more operands. An operand that decides the result does so even behind one that fails, in
/// any order.
/// </summary>
/// <param name="Operands">Two or more.</param>
/// <param name="Decisive">True for <c>||</c>.</param>
internal sealed record CelLogic(IReadOnlyList<CelExpression> Operands, bool Decisive) : CelExpression
{
    public override CelValue Evaluate(CelValue self)
    {
        CelValue? failure = null;
        foreach (var operand in Operands)
        {
            var value = operand.Evaluate(self);
            if (value.Kind == CelKind.Boolean)
            {
                if (value.Truth == Decisive)
                    return value;

                continue;
            }

            // An unsupported operand weighs more: it might have decided.
            if (failure is null || (failure.Value.Kind == CelKind.Error && value.Kind == CelKind.Unsupported))
                failure = value.IsFailure ? value : CelValue.Error("an operand is neither true nor false");
        }

        return failure ?? CelValue.Of(!Decisive);
    }
}

/// <summary>A prefix operator or a function without arguments, by its name.</summary>
internal sealed record CelUnary(string Operator, CelExpression Operand) : CelExpression
{
    /// <summary>Whether there is such a function.</summary>
    public static bool IsFunction(string name) => name is "size" or "lowerAscii";

    public override CelValue Evaluate(CelValue self)
    {
        var value = Operand.Evaluate(self);
        return (Operator, value.Kind) switch
        {
            (_, CelKind.Error or CelKind.Unsupported) => value,
            ("!", _) => value.Not(),
            ("size", _) when value.Size() is { } size => CelValue.Of(size),
            ("lowerAscii", CelKind.Text) => CelValue.Of(string.Concat(value.Text.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c))),
            _ => CelValue.Error($"{Operator} does not apply to this value"),
        };
    }
}

/// <summary>An operator between two operands, an index (<c>[</c>), or a function of a string and another one, by its name.</summary>
internal sealed record CelBinary(CelExpression Left, string Operator, CelExpression Right) : CelExpression
{
    /// <summary>Whether there is such a function.</summary>
    public static bool IsFunction(string name) => name is "startsWith" or "endsWith" or "contains";

    public override CelValue Evaluate(CelValue self)
    {
        var (left, right) = (Left.Evaluate(self), Right.Evaluate(self));
        return (Operator, left.Kind, right.Kind) switch
        {
            (_, CelKind.Error or CelKind.Unsupported, _) => left,
            (_, _, CelKind.Error or CelKind.Unsupported) => right,
            ("==", _, _) => CelValue.AreEqual(left, right),
            ("!=", _, _) => CelValue.AreEqual(left, right).Not(),
            ("in", _, _) => right.Contains(left),
            ("[", _, _) => left.At(right),
            ("startsWith", CelKind.Text, CelKind.Text) => CelValue.Of(left.Text.StartsWith(right.Text, StringComparison.Ordinal)),
            ("endsWith", CelKind.Text, CelKind.Text) => CelValue.Of(left.Text.EndsWith(right.Text, StringComparison.Ordinal)),
            ("contains", CelKind.Text, CelKind.Text) => CelValue.Of(left.Text.Contains(right.Text, StringComparison.Ordinal)),
            ("<", CelKind.Number, CelKind.Number) => CelValue.Of(left.Amount < right.Amount),
            ("<=", CelKind.Number, CelKind.Number) => CelValue.Of(left.Amount <= right.Amount),
            (">", CelKind.Number, CelKind.Number) => CelValue.Of(left.Amount > right.Amount),
            (">=", CelKind.Number, CelKind.Number) => CelValue.Of(left.Amount >= right.Amount),
            (_, CelKind.Text or CelKind.Boolean, _) when left.Kind == right.Kind => CelValue.Unsupported(
                $"{Operator} is supported between numbers only"
            ),
            _ => CelValue.Error($"{Operator} does not apply to these values"),
        };
    }
}

/// <summary><c>text.matches('pattern')</c>; the pattern is a literal, so that it is translated once.</summary>
internal sealed record CelMatch(CelExpression Target, GoPattern Pattern) : CelExpression
{
    public override CelValue Evaluate(CelValue self)
    {
        var target = Target.Evaluate(self);
        if (target.IsFailure)
            return target;

        return target.Kind != CelKind.Text ? CelValue.Error("matches does not apply to this value")
            : Pattern.IsMatch(target.Text) is { } isMatch ? CelValue.Of(isMatch)
            : CelValue.Unsupported(Pattern.WhyNotMatched);
    }
}
