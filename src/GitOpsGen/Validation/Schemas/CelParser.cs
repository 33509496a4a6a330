namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// Reads the part of CEL that the rules of real CRDs use, and its close neighbours: <c>self</c>, fields, indexes, literals (numbers,
/// strings, true, false, null, lists), <c>== != &lt; &lt;= &gt; &gt;= in &amp;&amp; || !</c>, <c>has()</c>, <c>size()</c>,
/// <c>matches()</c>, <c>lowerAscii()</c>, <c>startsWith()</c>, <c>endsWith()</c>, <c>contains()</c>. Any other rule is reported as not
/// evaluated. Bounded in length and depth.
/// </summary>
internal sealed partial class CelParser
{
    private const int LongestRule = 8192;
    private const int DeepestNesting = 32;

    // Fields with these names are written between underscores: __namespace__.
    private const string Keywords =
        " true false null in as break const continue else for function if import let loop package namespace return var void while ";

    private readonly List<string> tokens;
    private int at;
    private int depth;

    private CelParser(string rule) => tokens = [.. Tokens().Matches(rule).Select(token => token.Value), ""];

    // Empty at the end.
    private string Current => tokens[at];

    /// <summary>The expression, or why it cannot be evaluated, as the end of a sentence.</summary>
    public static (CelExpression? Expression, string? Problem) Parse(string rule)
    {
        if (rule.Length > LongestRule)
            return (null, $"the rule has more than {LongestRule} characters");

        try
        {
            var parser = new CelParser(rule);
            var expression = parser.ReadLogic(isOr: true);
            return parser.Current.Length == 0 ? (expression, null) : throw parser.Unexpected();
        }
        catch (UnsupportedException e)
        {
            return (null, e.Message);
        }
    }

    /// <summary>Whether a rule compares with the object's former state.</summary>
    public static bool IsTransition(string rule) => rule.Length <= LongestRule && new CelParser(rule).tokens.Contains("oldSelf");

    private CelExpression ReadLogic(bool isOr)
    {
        List<CelExpression> operands = [isOr ? ReadLogic(isOr: false) : ReadComparison()];
        while (Accept(isOr ? "||" : "&&"))
            operands.Add(isOr ? ReadLogic(isOr: false) : ReadComparison());

        return operands is [var single] ? single : new CelLogic(operands, Decisive: isOr);
    }

    private CelExpression ReadComparison()
    {
        var left = ReadOperand();
        return Current is "==" or "!=" or "<" or "<=" or ">" or ">=" or "in" ? new CelBinary(left, tokens[at++], ReadOperand()) : left;
    }

    private CelExpression ReadOperand()
    {
        if (++depth > DeepestNesting)
            throw new UnsupportedException($"the rule is nested deeper than {DeepestNesting} levels");

        var operand = Accept("!") ? new CelUnary("!", ReadOperand()) : ReadChain();
        depth--;
        return operand;
    }

    private CelExpression ReadChain()
    {
        var expression = ReadPrimary();
        for (var length = 0; Current is "." or "["; length++)
        {
            if (length > DeepestNesting)
                throw new UnsupportedException($"the rule selects more than {DeepestNesting} levels deep");

            if (Accept("["))
            {
                expression = new CelBinary(expression, "[", ReadLogic(isOr: true));
                Expect("]");
            }
            else
            {
                at++;
                var name = ReadName();
                expression = Accept("(") ? ReadMethod(expression, name) : new CelSelection(expression, FieldOf(name));
            }
        }

        return expression;
    }

    private CelExpression ReadPrimary()
    {
        var token = tokens[at];
        switch (token)
        {
            case "":
                throw Unexpected();
            case "(":
                at++;
                var inner = ReadLogic(isOr: true);
                Expect(")");
                return inner;
            case "[":
                at++;
                return new CelList(ReadList("]"));
            case "self":
                at++;
                return new CelSelf();
            case "true" or "false":
                at++;
                return new CelLiteral(CelValue.Of(token == "true"));
            case "null":
                at++;
                return new CelLiteral(CelValue.Null);
            case "has" or "size":
                at++;
                Expect("(");
                var argument = token == "has" ? ReadChain() : ReadLogic(isOr: true);
                Expect(")");
                return token == "size" ? new CelUnary(token, argument)
                    : argument is CelSelection { IsTest: false } selection ? selection with { IsTest = true }
                    : throw new UnsupportedException("has() of anything but a field is not supported");
            case "-" when tokens[at + 1] is [>= '0' and <= '9', ..]:
                at++;
                return new CelLiteral(CelValue.Of(-ReadNumber()));
            default:
                return char.IsAsciiDigit(token[0]) ? new CelLiteral(CelValue.Of(ReadNumber()))
                    : token.Length > 1 && token[^1] is '\'' or '"' ? new CelLiteral(CelValue.Of(ReadText()))
                    : throw Unexpected();
        }
    }

    // Behind the opening bracket.
    private CelExpression ReadMethod(CelExpression target, string name)
    {
        if (ReadList(")") is var arguments && CelUnary.IsFunction(name) && arguments is [])
            return new CelUnary(name, target);

        return (name, arguments) switch
        {
            ("matches", [CelLiteral { Value: { Kind: CelKind.Text } pattern }]) => new CelMatch(target, GoPattern.Translate(pattern.Text)),
            (_, [var argument]) when CelBinary.IsFunction(name) => new CelBinary(target, name, argument),
            _ => throw new UnsupportedException($"the function {Excerpt.Of(name)} with these arguments is not supported"),
        };
    }

    private List<CelExpression> ReadList(string end)
    {
        var items = new List<CelExpression>();
        while (!Accept(end))
        {
            if (items.Count > 0)
                Expect(",");

            items.Add(ReadLogic(isOr: true));
        }

        return items;
    }

    private decimal ReadNumber()
    {
        if (!decimal.TryParse(Current, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            throw Unexpected();

        at++;
        return number;
    }

    private string ReadText()
    {
        var token = tokens[at++];
        if (token[0] is 'r' or 'R')
            return token[2..^1];

        var text = new StringBuilder(token.Length);
        for (var i = 1; i < token.Length - 1; i++)
        {
            text.Append(
                token[i] != '\\'
                    ? token[i]
                    : token[++i] switch
                    {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        '\\' or '\'' or '"' or '`' or '?' => token[i],
                        _ => throw new UnsupportedException($"the escape \\{Excerpt.Of(token[i].ToString())} is not supported"),
                    }
            );
        }

        return text.ToString();
    }

    private string ReadName() => Current.Length > 0 && (char.IsAsciiLetter(Current[0]) || Current[0] == '_') ? tokens[at++] : throw Unexpected();

    // https://kubernetes.io/docs/reference/using-api/cel/#escaping
    private static string FieldOf(string name) =>
        !name.Contains("__", StringComparison.Ordinal) ? name
        : name.Length > 4 && name.StartsWith("__", StringComparison.Ordinal) && Keywords.Contains($" {name[2..^2]} ", StringComparison.Ordinal)
            ? name[2..^2]
        : throw new UnsupportedException($"the escaped name {Excerpt.Of(name)} is not supported");

    private void Expect(string token)
    {
        if (!Accept(token))
            throw Unexpected();
    }

    private bool Accept(string token)
    {
        var isNext = Current == token;
        at += isNext ? 1 : 0;
        return isNext;
    }

    private UnsupportedException Unexpected() =>
        new(Current.Length == 0 ? "the rule ends too early" : $"{Excerpt.Of(Current)} is not supported at its place");

    // Raw strings, strings, names, numbers, operators. White space between them is skipped.
    [GeneratedRegex(
        """[rR]'[^'\r\n]*'|[rR]"[^"\r\n]*"|'(\\.|[^'\\\r\n])*'|"(\\.|[^"\\\r\n])*"|[A-Za-z_][A-Za-z0-9_]*|[0-9][A-Za-z0-9.]*|[=!<>]=|&&|\|\||[^ \t\r\n]""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Tokens();

    private sealed class UnsupportedException(string what) : Exception(what);
}
