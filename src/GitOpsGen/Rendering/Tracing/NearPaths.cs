namespace GitOpsGen.Rendering.Tracing;

/// <summary>Paths that somebody may have meant.</summary>
internal static class NearPaths
{
    // Past that, a suggestion is a guess.
    private const int FurthestShare = 3;
    private const int LongestAsked = 500;

    /// <summary>The nearest first, by how many characters have to change; none where too many would.</summary>
    public static IEnumerable<string> To(string asked, IEnumerable<string> paths) => asked.Length > LongestAsked ? [] : paths
        .Select(path => (Path: path, Distance: Distance(asked, path)))
        .Where(pair => pair.Distance <= Math.Max(asked.Length, pair.Path.Length) / FurthestShare)
        .OrderBy(pair => pair.Distance)
        .ThenBy(pair => pair.Path, StringComparer.Ordinal)
        .Select(pair => pair.Path);

    // A name alone is near to every path that ends in it.
    private static int Distance(string asked, string path)
    {
        var tail = path.Split('/') is var segments && asked.Split('/').Length is var depth && depth < segments.Length ? string.Join('/', segments[^depth..]) : path;
        return Math.Min(Edits(asked, path), Edits(asked, tail) + (tail.Length < path.Length ? 1 : 0));
    }

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
