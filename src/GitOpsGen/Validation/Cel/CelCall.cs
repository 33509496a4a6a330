using GitOpsGen.Validation.Formats;

namespace GitOpsGen.Validation.Cel;

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
