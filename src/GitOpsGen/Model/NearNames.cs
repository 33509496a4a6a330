namespace GitOpsGen.Model;

/// <summary>Finds names that somebody may have meant: paths, or anything else with segments.</summary>
internal static class NearNames
{
    // Beyond that, a suggestion is only a guess.
    private const int FurthestShare = 3;
    private const int LongestAsked = 500;

    /// <summary>The nearest names first, by how many characters differ; none where too many differ. A single name is near every path that ends in it.</summary>
    public static IEnumerable<string> To(string asked, IEnumerable<string> names) =>
        asked.Length > LongestAsked
            ? []
            : names
                .Select(path => (Path: path, Distance: Math.Min(Distance(asked, path), Distance(asked, Tail(path, asked.Split('/').Length)))))
                .Where(pair => pair.Distance < int.MaxValue)
                .OrderBy(pair => pair.Distance)
                .ThenBy(pair => pair.Path, StringComparer.Ordinal)
                .Select(pair => pair.Path);

    private static string Tail(string path, int depth) =>
        path.Split('/') is var segments && depth < segments.Length ? string.Join('/', segments[^depth..]) : path;

    private static int Distance(string asked, string path) =>
        Edits(asked, path) is var edits && edits <= Math.Max(asked.Length, path.Length) / FurthestShare ? edits : int.MaxValue;

    // Two neighbours that changed their places are one edit.
    private static int Edits(string one, string other)
    {
        int[] older = [],
            old = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 1; i <= one.Length; i++)
        {
            var row = new int[other.Length + 1];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = old[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(old[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    row[j] = Math.Min(row[j], older[j - 2] + 1);
            }

            (older, old) = (old, row);
        }

        return old[^1];
    }
}
