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

    private static int Edits(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
