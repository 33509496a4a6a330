using System.Globalization;
using System.Text;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// Reads rules of a subset of CEL: <c>self</c> and its fields, <c>has()</c>, <c>[index]</c>, literals (numbers, strings, true, false,
/// null, lists), <c>== != &lt; &lt;= &gt; &gt;= in &amp;&amp; || !</c>, <c>a ? b : c</c>, <c>size()</c>, <c>matches()</c>,
/// <c>startsWith()</c>, <c>endsWith()</c>, <c>contains()</c>, <c>lowerAscii()</c>, <c>upperAscii()</c>, and the macros <c>all</c> and
/// <c>exists</c>. No arithmetic, no times, no maps written down. Bounded in length and depth.
/// </summary>
internal sealed class CelParser
{
    private const int LongestRule = 8192;
    private const int DeepestNesting = 32;

    private readonly List<CelToken> tokens;
    private int at;
    private int depth;

    private CelParser(List<CelToken> tokens) => this.tokens = tokens;

    private CelToken Current => tokens[at];

    /// <exception cref="CelUnsupportedException">It is not in the subset.</exception>
    public static CelExpression Parse(string rule)
    {
        if (rule.Length > LongestRule)
            throw new CelUnsupportedException($"the rule has more than {LongestRule} characters");
        var parser = new CelParser(CelLexer.Read(rule));
        var expression = parser.ReadExpression();
        return parser.Current.Kind == CelTokenKind.End ? expression : throw parser.Unexpected();
    }

    private CelExpression ReadExpression()
    {
        if (++depth > DeepestNesting)
            throw new CelUnsupportedException($"the rule is nested deeper than {DeepestNesting} levels");
        var expression = ReadLogic(isOr: true);
        if (Accept("?"))
        {
            var then = ReadExpression();
            Expect(":");
            expression = new CelConditional(expression, then, ReadExpression());
        }

        depth--;
        return expression;
    }

    private CelExpression ReadLogic(bool isOr)
    {
        List<CelExpression> operands = [isOr ? ReadLogic(isOr: false) : ReadComparison()];
        while (Accept(isOr ? "||" : "&&"))
        {
            operands.Add(isOr ? ReadLogic(isOr: false) : ReadComparison());
        }

        return operands is [var single] ? single : new CelLogic(operands, Decisive: isOr);
    }

    // CEL lets comparisons follow each other; no rule that means anything does.
    private CelExpression ReadComparison()
    {
        var left = ReadUnary();
        if (Current is { Kind: CelTokenKind.Name, Text: "in" })
        {
            at++;
            return new CelMembership(left, ReadUnary());
        }

        if (Current is not { Kind: CelTokenKind.Operator, Text: "==" or "!=" or "<" or "<=" or ">" or ">=" } comparison)
            return left;
        at++;
        return new CelComparison(left, comparison.Text, ReadUnary());
    }

    private CelExpression ReadUnary()
    {
        var isNegated = false;
        var isAny = false;
        while (Accept("!"))
        {
            isNegated = !isNegated;
            isAny = true;
        }

        if (Accept("-"))
        {
            return Current.Kind == CelTokenKind.Number && !isAny ? new CelLiteral(CelValue.Of(-ReadNumber())) : throw Unexpected();
        }

        var operand = ReadChain();
        return !isAny ? operand
            : isNegated ? new CelNegation(operand)
            : new CelNegation(new CelNegation(operand));
    }

    private CelExpression ReadChain()
    {
        var expression = ReadPrimary();
        for (var length = 0; Current.Kind == CelTokenKind.Operator && Current.Text is "." or "["; length++)
        {
            if (length > DeepestNesting)
                throw new CelUnsupportedException($"the rule selects more than {DeepestNesting} levels deep");
            if (Accept("["))
            {
                expression = new CelIndex(expression, ReadExpression());
                Expect("]");
            }
            else
            {
                at++;
                var name = ExpectName();
                expression = Current is { Kind: CelTokenKind.Operator, Text: "(" }
                    ? ReadMethod(expression, name)
                    : new CelSelection(expression, CelNames.Unescape(name));
            }
        }

        return expression;
    }

    private CelExpression ReadPrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case CelTokenKind.Number:
                return new CelLiteral(CelValue.Of(ReadNumber()));
            case CelTokenKind.Text:
                at++;
                return new CelLiteral(CelValue.Of(token.Text));
            case CelTokenKind.Name:
                at++;
                return ReadName(token.Text);
            case CelTokenKind.Operator when Accept("("):
                var inner = ReadExpression();
                Expect(")");
                return inner;
            case CelTokenKind.Operator when Accept("["):
                return new CelList(ReadList("]"));
            default:
                throw Unexpected();
        }
    }

    private CelExpression ReadName(string name)
    {
        switch (name)
        {
            case "true" or "false":
                return new CelLiteral(CelValue.Of(name == "true"));
            case "null":
                return new CelLiteral(CelValue.Null);
            case "in":
                throw Unexpected();
        }

        if (!Accept("("))
            return new CelVariable(name);
        var arguments = ReadList(")");
        return (name, arguments) switch
        {
            ("has", [CelSelection selection]) => new CelPresence(selection),
            ("size", [var value]) => new CelCall(name, value, null),
            _ => throw NoFunction(name),
        };
    }

    private CelExpression ReadMethod(CelExpression target, string name)
    {
        Expect("(");
        var arguments = ReadList(")");
        if (name is "all" or "exists" && arguments is [CelVariable variable, var condition])
            return new CelQuantifier(target, variable.Name, condition, Decisive: name == "exists");
        return CelCall.Exists(name, arguments.Count) ? new CelCall(name, target, arguments.FirstOrDefault()) : throw NoFunction(name);
    }

    private List<CelExpression> ReadList(string end)
    {
        var items = new List<CelExpression>();
        while (!Accept(end))
        {
            if (items.Count > 0)
                Expect(",");
            items.Add(ReadExpression());
        }

        return items;
    }

    private decimal ReadNumber() => decimal.Parse(tokens[at++].Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private string ExpectName() => Current.Kind == CelTokenKind.Name ? tokens[at++].Text : throw Unexpected();

    private void Expect(string symbol)
    {
        if (!Accept(symbol))
            throw Unexpected();
    }

    private bool Accept(string symbol)
    {
        var isNext = Current.Kind == CelTokenKind.Operator && Current.Text == symbol;
        at += isNext ? 1 : 0;
        return isNext;
    }

    private CelUnsupportedException Unexpected() =>
        new(Current.Kind == CelTokenKind.End ? "the rule ends too early" : $"'{Excerpt.Of(Current.Text)}' is not supported where it stands");

    private static CelUnsupportedException NoFunction(string name) => new($"the function {Excerpt.Of(name)} with these arguments is not supported");
}

/// <summary>Cuts a rule into its pieces.</summary>
internal sealed class CelLexer
{
    private readonly string rule;
    private int at;

    private CelLexer(string rule) => this.rule = rule;

    /// <exception cref="CelUnsupportedException">There is something that is no piece of the subset.</exception>
    public static List<CelToken> Read(string rule)
    {
        var lexer = new CelLexer(rule);
        var tokens = new List<CelToken>();
        while (lexer.Next() is { Kind: not CelTokenKind.End } token)
        {
            tokens.Add(token);
        }

        tokens.Add(new(CelTokenKind.End, ""));
        return tokens;
    }

    private CelToken Next()
    {
        while (at < rule.Length && rule[at] is ' ' or '\t' or '\n' or '\r')
        {
            at++;
        }

        if (at >= rule.Length)
            return new(CelTokenKind.End, "");
        var c = rule[at];
        if (c is '\'' or '"')
            return ReadText(isRaw: false);
        if (c is 'r' or 'R' && at + 1 < rule.Length && rule[at + 1] is '\'' or '"')
        {
            at++;
            return ReadText(isRaw: true);
        }

        if (char.IsAsciiLetter(c) || c == '_')
            return new(CelTokenKind.Name, Take(next => char.IsAsciiLetterOrDigit(next) || next == '_'));
        return char.IsAsciiDigit(c) ? ReadNumber() : ReadOperator();
    }

    private CelToken ReadNumber()
    {
        var text = Take(next => char.IsAsciiLetterOrDigit(next) || next == '.');
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? new(CelTokenKind.Number, text)
            : throw new CelUnsupportedException($"the number {Excerpt.Of(text)} is not supported");
    }

    private CelToken ReadOperator()
    {
        foreach (var two in (ReadOnlySpan<string>)["==", "!=", "<=", ">=", "&&", "||"])
        {
            if (rule.AsSpan(at).StartsWith(two, StringComparison.Ordinal))
            {
                at += 2;
                return new(CelTokenKind.Operator, two);
            }
        }

        return "<>!?:.,()[]-".Contains(rule[at], StringComparison.Ordinal)
            ? new(CelTokenKind.Operator, rule[at++].ToString())
            : throw new CelUnsupportedException($"'{Excerpt.Of(rule[at].ToString())}' is not supported");
    }

    private CelToken ReadText(bool isRaw)
    {
        var quote = rule[at++];
        if (at + 1 < rule.Length && rule[at] == quote && rule[at + 1] == quote)
            throw new CelUnsupportedException("strings in three quotes are not supported");
        var text = new StringBuilder();
        for (; at < rule.Length && rule[at] != quote; at++)
        {
            if (rule[at] != '\\' || isRaw)
                text.Append(rule[at]);
            else
                text.Append(++at < rule.Length ? Escaped(rule[at]) : throw new CelUnsupportedException("a string does not end"));
        }

        if (at++ >= rule.Length)
            throw new CelUnsupportedException("a string does not end");
        return new(CelTokenKind.Text, text.ToString());
    }

    private static char Escaped(char letter) =>
        letter switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            '\\' or '\'' or '"' or '`' or '?' => letter,
            _ => throw new CelUnsupportedException($"the escape \\{Excerpt.Of(letter.ToString())} is not supported"),
        };

    private string Take(Func<char, bool> belongs)
    {
        var start = at;
        while (at < rule.Length && belongs(rule[at]))
        {
            at++;
        }

        return rule[start..at];
    }
}

/// <summary>A piece of a rule.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The operator or name as written, the number as written, or the string's value.</param>
internal readonly record struct CelToken(CelTokenKind Kind, string Text);

/// <summary>The pieces of a rule.</summary>
internal enum CelTokenKind
{
    End,
    Name,
    Number,
    Text,
    Operator,
}

/// <summary>A rule is outside of the subset, or no CEL; the message is the end of a sentence.</summary>
internal sealed class CelUnsupportedException(string what) : Exception(what);

/// <summary>
/// The fields whose names CEL cannot write: <c>__namespace__</c> is namespace, <c>a__dash__b</c> is a-b
/// (https://kubernetes.io/docs/reference/using-api/cel/#escaping).
/// </summary>
internal static class CelNames
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "true",
        "false",
        "null",
        "in",
        "as",
        "break",
        "const",
        "continue",
        "else",
        "for",
        "function",
        "if",
        "import",
        "let",
        "loop",
        "package",
        "namespace",
        "return",
        "var",
        "void",
        "while",
    };

    public static string Unescape(string name)
    {
        if (!name.Contains("__", StringComparison.Ordinal))
            return name;
        if (
            name.Length > 4
            && name.StartsWith("__", StringComparison.Ordinal)
            && name.EndsWith("__", StringComparison.Ordinal)
            && Keywords.Contains(name[2..^2])
        )
            return name[2..^2];
        return name.Replace("__dot__", ".", StringComparison.Ordinal)
            .Replace("__dash__", "-", StringComparison.Ordinal)
            .Replace("__slash__", "/", StringComparison.Ordinal)
            .Replace("__underscores__", "__", StringComparison.Ordinal);
    }
}
