using System.Buffers;

namespace GitOpsGen.Model;

/// <summary>A position in a constraint, and what can be read from there on.</summary>
internal ref struct ConstraintScanner(string text, int position = 0)
{
    private static readonly SearchValues<char> Operators = SearchValues.Create("=!<>~^");

    // A bar is no wildcard, but Masterminds' grammar lets it through here and refuses it later, if it matters: "x.|" is "*".
    private static readonly SearchValues<char> Segment = SearchValues.Create("0123456789xX*|");

    private static readonly SearchValues<char> Identifier = SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // Go's \s, not .NET's.
    private static readonly SearchValues<char> Space = SearchValues.Create(" \t\n\f\r");

    private readonly string text = text;

    /// <summary>The index of the next character.</summary>
    public int Position { get; private set; } = position;

    /// <summary>Whether nothing is left.</summary>
    public readonly bool AtEnd => Position == text.Length;

    /// <summary>Passes over white space; whether there was some.</summary>
    public bool SkipSpace() => Run(Space).Length > 0;

    /// <summary>Passes over one character if it is this one.</summary>
    public bool TrySkip(char character)
    {
        var found = !AtEnd && text[Position] == character;
        Position += found ? 1 : 0;
        return found;
    }

    /// <summary>Reads an operator, which may be none at all.</summary>
    public bool TryReadOperator(out ComparisonOperator comparison)
    {
        ComparisonOperator? found = Run(Operators) switch
        {
            "" or "=" => ComparisonOperator.Equal,
            "!=" => ComparisonOperator.NotEqual,
            ">" => ComparisonOperator.Greater,
            "<" => ComparisonOperator.Less,
            ">=" or "=>" => ComparisonOperator.GreaterOrEqual,
            "<=" or "=<" => ComparisonOperator.LessOrEqual,
            "~" or "~>" => ComparisonOperator.Tilde,
            "^" => ComparisonOperator.Caret,
            _ => null,
        };
        comparison = found.GetValueOrDefault();
        return found is not null;
    }

    /// <summary>Reads as much of a version as there is, from <c>1</c> to <c>v1.2.x-rc.1+build</c>; stops where it ends.</summary>
    public bool TryReadVersion(out WrittenVersion version)
    {
        var start = Position;
        TrySkip('v');
        var major = Run(Segment);
        if (major.Length == 0)
        {
            version = default;
            return false;
        }
        var minor = After('.', Segment);
        var patch = minor.Length > 0 ? After('.', Segment) : "";
        var prerelease = Identifiers('-');
        Identifiers('+');
        version = new(text[start..Position], major, minor, patch, prerelease);
        return true;
    }

    // Dot-separated identifiers behind a mark, or nothing, in which case the mark is not read either.
    private string Identifiers(char mark)
    {
        var start = Position;
        if (After(mark, Identifier).Length == 0)
        {
            return "";
        }
        while (After('.', Identifier).Length > 0) { }
        return text[(start + 1)..Position];
    }

    private string After(char mark, SearchValues<char> characters)
    {
        var start = Position;
        var run = TrySkip(mark) ? Run(characters) : "";
        if (run.Length == 0)
        {
            Position = start;
        }
        return run;
    }

    private string Run(SearchValues<char> characters)
    {
        var length = text.AsSpan(Position).IndexOfAnyExcept(characters);
        var run = length < 0 ? text[Position..] : text.Substring(Position, length);
        Position += run.Length;
        return run;
    }
}
