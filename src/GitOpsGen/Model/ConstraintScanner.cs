using System.Buffers;

namespace GitOpsGen.Model;

/// <summary>A position in a constraint, and what can be read from there on.</summary>
internal ref struct ConstraintScanner(string text, int position = 0)
{
    private static readonly SearchValues<char> Operators = SearchValues.Create("=!<>~^");

    // A bar is not a wildcard, but Masterminds' grammar accepts it here and refuses it later, if it matters: "x.|" is "*".
    private static readonly SearchValues<char> Segment = SearchValues.Create("0123456789xX*|");

    private static readonly SearchValues<char> Identifier = SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // Go's \s, not .NET's.
    private static readonly SearchValues<char> Space = SearchValues.Create(" \t\n\f\r");

    private readonly string text = text;

    /// <summary>The index of the next character.</summary>
    public int Position { get; private set; } = position;

    /// <summary>Whether nothing is left.</summary>
    public readonly bool AtEnd => Position == text.Length;

    /// <summary>Skips white space; whether there was some.</summary>
    public bool SkipSpace() => Run(Space).Length > 0;

    /// <summary>Skips one character if it is this one.</summary>
    public bool TrySkip(char character)
    {
        var found = !AtEnd && text[Position] == character;
        Position += found ? 1 : 0;
        return found;
    }

    /// <summary>Reads an operator, which may be empty.</summary>
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

    /// <summary>Reads a version, from <c>1</c> to <c>v1.2.x-rc.1+build</c>, and stops where it ends.</summary>
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

    // Dot-separated identifiers after a mark, or nothing; then the mark is not read either.
    private string Identifiers(char mark)
    {
        var start = Position;
        if (After(mark, Identifier).Length == 0)
            return "";
        while (After('.', Identifier).Length > 0) { }
        return text[(start + 1)..Position];
    }

    private string After(char mark, SearchValues<char> characters)
    {
        var start = Position;
        var run = TrySkip(mark) ? Run(characters) : "";
        if (run.Length == 0)
            Position = start;
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

/// <summary>
/// A version as a constraint writes it: its text, its up to three numbers or wildcards (empty where missing), its pre-release
/// without the hyphen. Build metadata is in the text only, because it decides nothing.
/// </summary>
internal readonly record struct WrittenVersion(string Text, string Major, string Minor, string Patch, string Prerelease)
{
    private const int MaxLength = 256;

    /// <summary>
    /// The version that is meant, with 0 for each missing number; text after a wildcard is ignored. Leading zeros are
    /// accepted in the numbers, not in the pre-release; numbers have 64 bits.
    /// </summary>
    public bool TryResolve([NotNullWhen(true)] out VersionPrecedence? bound, out VersionPrecision precision)
    {
        precision =
            IsOpen(Major) ? VersionPrecision.Any
            : IsOpen(Minor) ? VersionPrecision.Major
            : IsOpen(Patch) ? VersionPrecision.Minor
            : VersionPrecision.Patch;
        bound =
            TryNumber(Major, precision >= VersionPrecision.Major, out var major)
            && TryNumber(Minor, precision >= VersionPrecision.Minor, out var minor)
            && TryNumber(Patch, precision >= VersionPrecision.Patch, out var patch)
            && IsPrerelease(Prerelease)
            && LengthRead(precision) <= MaxLength
                ? new(major, minor, patch, Prerelease)
                : null;
        return bound is not null;
    }

    private static bool IsOpen(string segment) => segment is "" or "x" or "X" or "*";

    private static bool TryNumber(string segment, bool given, out ulong number)
    {
        number = 0;
        return !given || ulong.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool IsPrerelease(string prerelease) =>
        prerelease.Split('.').All(i => i.Length < 2 || i[0] != '0' || i.AsSpan().ContainsAnyExceptInRange('0', '9'));

    // Masterminds measures what it makes of the text: for a partial version the numbers, zeros and pre-release, without v and build.
    private int LengthRead(VersionPrecision precision)
    {
        var prerelease = Prerelease.Length > 0 ? Prerelease.Length + 1 : 0;
        return precision switch
        {
            VersionPrecision.Any => "0.0.0".Length + prerelease,
            VersionPrecision.Major => Major.Length + ".0.0".Length + prerelease,
            VersionPrecision.Minor => Major.Length + 1 + Minor.Length + ".0".Length + prerelease,
            _ => Text.Length,
        };
    }
}
