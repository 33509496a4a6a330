namespace GitOpsGen.Validation.Schemas;

/// <summary>The code points that one place of a regular expression matches: a letter, a class, or all but a line feed.</summary>
internal sealed class RuneSet
{
    /// <summary>The last code point of Unicode.</summary>
    public const int Last = 0x10FFFF;

    private const int FirstBeyondAscii = 128;

    private readonly UInt128 ascii;
    private readonly ImmutableArray<RuneRange> beyond;
    private readonly bool isNegated;

    public RuneSet(ImmutableArray<RuneRange> ranges, bool isNegated = false)
    {
        this.isNegated = isNegated;
        beyond = ranges.RemoveAll(range => range.Last < FirstBeyondAscii);
        foreach (var range in ranges)
        {
            for (var rune = range.First; rune <= range.Last && rune < FirstBeyondAscii; rune++)
                ascii |= UInt128.One << rune;
        }
    }

    public bool Contains(int rune) => (rune < FirstBeyondAscii ? (ascii >> rune & 1) != 0 : IsBeyond(rune)) != isNegated;

    /// <summary>All code points that are in none of the ranges, which are in order and apart.</summary>
    public static IEnumerable<RuneRange> Complement(IEnumerable<RuneRange> ranges)
    {
        var next = 0;
        foreach (var range in ranges)
        {
            if (next < range.First)
                yield return new(next, range.First - 1);

            next = range.Last + 1;
        }

        yield return new(next, Last);
    }

    private bool IsBeyond(int rune)
    {
        foreach (var range in beyond)
        {
            if (range.First <= rune && rune <= range.Last)
                return true;
        }

        return false;
    }
}

/// <summary>Code points that follow each other.</summary>
internal readonly record struct RuneRange(int First, int Last);
