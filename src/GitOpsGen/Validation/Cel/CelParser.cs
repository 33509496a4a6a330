using System.Globalization;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Validation.Cel;

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
