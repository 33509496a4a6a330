using System.Globalization;
using System.Text;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Validation.Cel;

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
