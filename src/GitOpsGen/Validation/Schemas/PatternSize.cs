namespace GitOpsGen.Validation.Schemas;

/// <summary>How many states a pattern has when its repetitions are written out, at most; each character of a text may meet all of them.</summary>
internal static class PatternSize
{
    private const long Most = 1_000_000_000;

    /// <param name="pattern">A regular expression, as <see cref="GoPattern"/> rewrites it.</param>
    public static long Of(string pattern)
    {
        var at = 0;
        return Sequence(pattern, ref at);
    }

    private static long Sequence(string pattern, ref int at)
    {
        long total = 1;
        while (at < pattern.Length && pattern[at] != ')')
        {
            var atom = Atom(pattern, ref at);
            total = Math.Min(Most, total + Math.Min(Most, atom * Times(pattern, ref at)));
        }

        at++;
        return total;
    }

    private static long Atom(string pattern, ref int at)
    {
        switch (pattern[at++])
        {
            case '(':
                return Sequence(pattern, ref at);
            case '\\':
                at++;
                return 1;
            case '[':
                for (; at < pattern.Length && pattern[at] != ']'; at++)
                {
                    at += pattern[at] == '\\' ? 1 : 0;
                }

                at++;
                return 1;
            default:
                return 1;
        }
    }

    /// <summary>How often the atom before this place may stand in a row: the last number of <c>{n}</c>, <c>{n,}</c> and <c>{n,m}</c>.</summary>
    private static long Times(string pattern, ref int at)
    {
        long times = 1;
        while (at < pattern.Length && pattern[at] == '{' && pattern.IndexOf('}', at) is var end and > 0)
        {
            var numbers = pattern[(at + 1)..end].Split(',', StringSplitOptions.RemoveEmptyEntries);
            if (numbers is [] || !Array.TrueForAll(numbers, number => number.All(char.IsAsciiDigit)))
            {
                return times;
            }

            times = Math.Min(Most, times * (long.TryParse(numbers[^1], out var number) ? Math.Clamp(number, 1, Most) : Most));
            at = end + 1;
        }

        return times;
    }
}
