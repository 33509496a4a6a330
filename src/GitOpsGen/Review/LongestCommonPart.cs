namespace GitOpsGen.Review;

/// <summary>What two lists have in common, in order.</summary>
internal static class LongestCommonPart
{
    // The table has a cell for each pair.
    private const int MostCells = 1_000_000;

    /// <summary>Whether two lists of these lengths can be compared.</summary>
    public static bool IsBearable(int before, int after) => (long)before * after <= MostCells;

    /// <summary>The places of what stays, on both sides, in order.</summary>
    public static List<(int Before, int After)> Of<T>(ImmutableArray<T> before, ImmutableArray<T> after, IEqualityComparer<T> comparer)
    {
        var longest = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
                longest[i, j] = comparer.Equals(before[i], after[j]) ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        }

        var pairs = new List<(int, int)>();
        for (var (i, j) = (0, 0); i < before.Length && j < after.Length; )
        {
            if (comparer.Equals(before[i], after[j]))
                pairs.Add((i++, j++));
            else if (longest[i + 1, j] >= longest[i, j + 1])
                i++;
            else
                j++;
        }

        return pairs;
    }
}
