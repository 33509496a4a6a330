using System.Collections.Frozen;

namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// Reads a regular expression as Go does (https://pkg.go.dev/regexp/syntax, with its Perl flags). Flags, Unicode classes and
/// <c>\Q</c> are reported as not supported. What Go refuses is refused: an API server does not accept a CRD with it.
/// </summary>
internal sealed class PatternParser
{
    /// <summary>Go's bound for <c>{n,m}</c>, and for the product of those inside of each other.</summary>
    private const int MostTimes = 1000;

    /// <summary>More than any pattern of a real CRD has. Go reads 1,000.</summary>
    private const int DeepestGroups = 200;

    private const string Digits = "09";
    private const string Letters = "AZaz";

    // First and last character of each range, in order.
    private static readonly FrozenDictionary<string, string> NamedClasses = new Dictionary<string, string>
    {
        ["alnum"] = Digits + Letters,
        ["alpha"] = Letters,
        ["ascii"] = "\0\x7f",
        ["blank"] = "\t\t  ",
        ["cntrl"] = "\0\x1f\x7f\x7f",
        ["digit"] = Digits,
        ["graph"] = "!~",
        ["lower"] = "az",
        ["print"] = " ~",
        ["punct"] = "!/:@[`{~",
        ["space"] = "\t\r  ",
        ["upper"] = "AZ",
        ["word"] = "09AZ__az",
        ["xdigit"] = "09AFaf",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly RuneSet AllButLineFeed = new([new('\n', '\n')], isNegated: true);

    private readonly string pattern;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private int at;
    private int depth;

    private PatternParser(string pattern) => this.pattern = pattern;

    private ReadOnlySpan<char> Rest => pattern.AsSpan(at);

    /// <summary>The expression, or why it cannot be evaluated, as the end of a sentence.</summary>
    public static (PatternNode? Node, string? Problem) Parse(string pattern)
    {
        try
        {
            var parser = new PatternParser(pattern);
            var node = parser.ReadChoice();
            return parser.Rest.IsEmpty ? (node, null) : throw Wrong("closes a group that is not open");
        }
        catch (PatternException e)
        {
            return (null, $"the pattern {e.Message}");
        }
    }

    private static PatternException Wrong(string what) => new(what);

    private ChoiceNode ReadChoice()
    {
        var parts = ImmutableArray.CreateBuilder<PatternNode>();
        do
        {
            parts.Add(ReadSequence());
        } while (Accept("|"));

        return new(parts.ToImmutable());
    }

    private SequenceNode ReadSequence()
    {
        var parts = ImmutableArray.CreateBuilder<PatternNode>();
        while (!Rest.IsEmpty && Rest[0] is not ('|' or ')'))
        {
            var part = ReadPart();
            parts.Add(ReadTimes() is var (least, most) ? Repeated(part, least, most) : part);
        }

        return new(parts.ToImmutable());
    }

    private PatternNode ReadPart()
    {
        switch (Rest[0])
        {
            case '(':
                return ReadGroup();
            case '[':
                return new RuneNode(ReadClass());
            case '*' or '+' or '?':
            case '{' when ReadCount() is not null:
                throw Wrong("repeats nothing");
            case '\\':
                return ReadEscape();
        }

        var rune = ReadRune();
        return rune switch
        {
            '^' => new AssertionNode(PatternAssertion.Start),
            '$' => new AssertionNode(PatternAssertion.End),
            '.' => new RuneNode(AllButLineFeed),
            _ => One(rune),
        };
    }

    private static RuneNode One(int rune) => new(new([new(rune, rune)]));

    private ChoiceNode ReadGroup()
    {
        at++;
        if (Accept("?P<") || Accept("?<"))
            ReadName();
        else if (!Accept("?:") && Rest.StartsWith("?"))
            throw Wrong("has flags or look-around, which are not supported");

        if (++depth > DeepestGroups)
            throw Wrong($"has more than {DeepestGroups} groups inside of each other");

        var choice = ReadChoice();
        depth--;
        return Accept(")") ? choice : throw Wrong("does not close a group");
    }

    private void ReadName()
    {
        var end = Rest.IndexOf('>');
        var name = end > 0 ? Rest[..end].ToString() : "";
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') || !names.Add(name))
            throw Wrong("has a group whose name is not a word, or is used twice");

        at += end + 1;
    }

    // How often the part before this place is repeated; none where no repetition is here.
    private (int Least, int? Most)? ReadTimes()
    {
        if (ReadOperator() is not { } times)
            return null;

        // To prefer the shorter text does not change whether there is one.
        Accept("?");
        return ReadOperator() is null ? times : throw Wrong("repeats a repetition");
    }

    private (int Least, int? Most)? ReadOperator() =>
        Accept("*") ? (0, null)
        : Accept("+") ? (1, null)
        : Accept("?") ? (0, 1)
        : ReadCount();

    // {n}, {n,} or {n,m}; other braces are braces.
    private (int Least, int? Most)? ReadCount()
    {
        var end = Rest.StartsWith("{") ? Rest.IndexOf('}') : -1;
        if (end < 0)
            return null;

        var numbers = Rest[1..end].ToString().Split(',');
        if (numbers.Length > 2 || !IsNumber(numbers[0]) || (numbers is [_, var last] && last.Length > 0 && !IsNumber(last)))
            return null;

        var (least, most) = numbers switch
        {
            [var only] => (Number(only), Number(only)),
            [var first, ""] => (Number(first), (int?)null),
            _ => (Number(numbers[0]), Number(numbers[1])),
        };
        at += end + 1;
        return least > MostTimes || most > MostTimes || least > most
            ? throw Wrong($"repeats more than {MostTimes} times, or less than it must")
            : (least, most);
    }

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0');

    private static int Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    private static RepeatNode Repeated(PatternNode part, int least, int? most)
    {
        var repeated = new RepeatNode(part, least, most);
        return Times(repeated) <= MostTimes ? repeated : throw Wrong($"repeats more than {MostTimes} times in repetitions inside of each other");
    }

    private static long Times(PatternNode node) =>
        node switch
        {
            RepeatNode { Most: 0 } => 1,
            RepeatNode repeat => Math.Max(1, repeat.Most ?? repeat.Least) * Times(repeat.Part),
            SequenceNode sequence => MostOf(sequence.Parts),
            ChoiceNode choice => MostOf(choice.Parts),
            _ => 1,
        };

    private static long MostOf(ImmutableArray<PatternNode> parts) => parts.Select(Times).DefaultIfEmpty(1).Max();

    // Outside of a class.
    private PatternNode ReadEscape()
    {
        if (ReadPerlClass() is { } runes)
            return new RuneNode(new([.. runes]));

        PatternAssertion? assertion = Rest switch
        {
            [_, 'A', ..] => PatternAssertion.Start,
            [_, 'z', ..] => PatternAssertion.End,
            [_, 'b', ..] => PatternAssertion.WordBoundary,
            [_, 'B', ..] => PatternAssertion.NoWordBoundary,
            _ => null,
        };
        if (assertion is { } found)
        {
            at += 2;
            return new AssertionNode(found);
        }

        return One(ReadMember());
    }

    private RuneSet ReadClass()
    {
        at++;
        var isNegated = Accept("^");
        var ranges = ImmutableArray.CreateBuilder<RuneRange>();
        for (var isFirst = true; isFirst || !Rest.StartsWith("]"); isFirst = false)
        {
            if (Rest.IsEmpty)
                throw Wrong("does not close a class");

            ranges.AddRange(ReadNamedClass() ?? ReadPerlClass() ?? [ReadRange()]);
        }

        at++;
        return new(ranges.ToImmutable(), isNegated);
    }

    private RuneRange ReadRange()
    {
        var first = ReadMember();
        if (Rest is not ['-', not ']', ..])
            return new(first, first);

        at++;
        var last = ReadMember();
        return first <= last ? new(first, last) : throw Wrong("has a range that ends before it begins");
    }

    // [:alpha:] and [:^alpha:], in a class.
    private IEnumerable<RuneRange>? ReadNamedClass()
    {
        var end = Rest.StartsWith("[:") ? Rest.IndexOf(":]") : -1;
        if (end < 2)
            return null;

        var name = Rest[2..end].ToString();
        at += end + 2;
        var isNegated = name.StartsWith('^');
        return NamedClasses.TryGetValue(isNegated ? name[1..] : name, out var ranges)
            ? Ranges(ranges, isNegated)
            : throw Wrong($"has the class [:{Excerpt.Of(name)}:], which does not exist");
    }

    private IEnumerable<RuneRange>? ReadPerlClass()
    {
        if (Rest is not ['\\', var letter and ('d' or 'D' or 's' or 'S' or 'w' or 'W'), ..])
            return null;

        at += 2;
        var ranges = char.ToLowerInvariant(letter) switch
        {
            'd' => Digits,
            's' => "\t\n\f\r  ",
            _ => NamedClasses["word"],
        };
        return Ranges(ranges, char.IsAsciiLetterUpper(letter));
    }

    private static IEnumerable<RuneRange> Ranges(string ends, bool isNegated)
    {
        var ranges = ends.Chunk(2).Select(pair => new RuneRange(pair[0], pair[1]));
        return isNegated ? RuneSet.Complement(ranges) : ranges;
    }

    // One code point, as itself or by an escape.
    private int ReadMember()
    {
        if (!Accept("\\"))
            return Rest.IsEmpty ? throw Wrong("does not close a class") : ReadRune();

        if (Rest.IsEmpty)
            throw Wrong("ends in a backslash");

        var letter = ReadRune();
        return letter switch
        {
            'a' => '\a',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            'x' => ReadHexadecimal(),
            '0' => ReadOctal(letter),
            >= '1' and <= '7' when Rest is [>= '0' and <= '7', ..] => ReadOctal(letter),
            < 128 when !char.IsAsciiLetterOrDigit((char)letter) => letter,
            _ => throw Wrong($"has the escape \\{Excerpt.Of(new Rune(letter).ToString())}, which is not supported"),
        };
    }

    // Up to three digits, the first of which is read.
    private int ReadOctal(int first)
    {
        var value = first - '0';
        for (var i = 0; i < 2 && Rest is [>= '0' and <= '7', ..]; i++)
            value = (value * 8) + pattern[at++] - '0';

        return value;
    }

    // Two digits, or any number of them in braces.
    private int ReadHexadecimal()
    {
        var isInBraces = Accept("{");
        var length = isInBraces ? Rest.IndexOf('}') : 2;
        var digits = length > 0 && length <= Rest.Length ? Rest[..length] : "";
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code is < 0 or > RuneSet.Last)
            throw Wrong(@"has an escape \x without a code point");

        at += length + (isInBraces ? 1 : 0);
        return code;
    }

    private int ReadRune()
    {
        Rune.DecodeFromUtf16(Rest, out var rune, out var length);
        at += length;
        return rune.Value;
    }

    private bool Accept(string text)
    {
        var isHere = Rest.StartsWith(text);
        at += isHere ? text.Length : 0;
        return isHere;
    }

    private sealed class PatternException(string what) : Exception(what);
}
