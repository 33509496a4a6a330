namespace GitOpsGen.Registry.Authentication;

/// <summary>The login that a server asks for (RFC 9110, section 11.6.1): a scheme and its parameters, names in any case.</summary>
internal sealed record Challenge(string Scheme, ImmutableDictionary<string, string> Parameters)
{
    public const string Bearer = "Bearer";
    public const string Basic = "Basic";

    public string? this[string parameter] => Parameters.GetValueOrDefault(parameter);

    public bool Is(string scheme) => Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Reads <c>WWW-Authenticate</c>. Commas separate parameters and challenges alike: only what follows a word shows which it is. The
/// framework's own reader takes one challenge per header line.
/// </summary>
internal sealed class ChallengeParser
{
    private readonly string text;
    private int at;

    private ChallengeParser(string text) => this.text = text;

    private bool IsAtEnd => at >= text.Length;

    /// <summary>Every challenge of every header line, in order. Text that cannot be read ends its line.</summary>
    public static ImmutableArray<Challenge> Parse(IEnumerable<string> lines) => [.. lines.SelectMany(line => new ChallengeParser(line).Read())];

    private IEnumerable<Challenge> Read()
    {
        for (Skip(" \t,"); Token() is { } scheme; Skip(" \t,"))
            yield return new(scheme, Parameters());
    }

    private ImmutableDictionary<string, string> Parameters()
    {
        var parameters = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            var before = at;
            Skip(" \t,");
            if (Token() is not { } name)
                return parameters.ToImmutable();

            Skip(" \t");
            if (!Take('='))
            {
                // A word without '=' is the next scheme; one right after this scheme would be a token68, which no registry sends.
                at = before;
                return parameters.ToImmutable();
            }

            Skip(" \t");
            parameters[name] = (Take('"') ? Quoted() : Token()) ?? "";
        }
    }

    private string Quoted()
    {
        var value = new StringBuilder();
        for (; !IsAtEnd && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;

            value.Append(text[at]);
        }

        at++;
        return value.ToString();
    }

    private string? Token()
    {
        var start = at;
        while (!IsAtEnd && (char.IsAsciiLetterOrDigit(text[at]) || "!#$%&'*+-.^_`|~/:".Contains(text[at], StringComparison.Ordinal)))
            at++;

        return at > start ? text[start..at] : null;
    }

    private void Skip(string characters)
    {
        while (!IsAtEnd && characters.Contains(text[at], StringComparison.Ordinal))
            at++;
    }

    private bool Take(char character)
    {
        var found = !IsAtEnd && text[at] == character;
        at += found ? 1 : 0;
        return found;
    }
}
