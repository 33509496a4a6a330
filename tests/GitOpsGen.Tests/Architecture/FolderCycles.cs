namespace GitOpsGen.Tests.Architecture;

/// <summary>
/// Folders that use each other, directly or through others. At every level a folder's own files and each of its sub-folders, with all
/// that is inside, count as one place.
/// </summary>
internal static class FolderCycles
{
    /// <summary>The places of each cycle, in ordinal order.</summary>
    /// <param name="uses">A namespace, and another one that its types use.</param>
    public static IEnumerable<string[]> In(IReadOnlyCollection<(string From, string To)> uses) =>
        uses.SelectMany(use => new[] { use.From, use.To })
            .SelectMany(Levels)
            .Distinct()
            .SelectMany(level => At(level, uses))
            .DistinctBy(cycle => string.Join(' ', cycle));

    /// <summary>The place of a namespace, seen from a level: the level's own files, or the sub-folder.</summary>
    public static string? PlaceOf(string space, string level) =>
        space == level ? level
        : space.StartsWith($"{level}.", StringComparison.Ordinal) ? $"{level}.{space[(level.Length + 1)..].Split('.')[0]}"
        : null;

    private static IEnumerable<string[]> At(string level, IEnumerable<(string From, string To)> uses)
    {
        var next = uses.Select(use => (From: PlaceOf(use.From, level), To: PlaceOf(use.To, level)))
            .Where(use => use is { From: not null, To: not null } && use.From != use.To)
            .ToLookup(use => use.From!, use => use.To!);
        var reached = next.ToDictionary(from => from.Key, from => Reachable(from.Key, next));
        return reached
            .Keys.Select(a => reached[a].Where(b => reached.TryGetValue(b, out var back) && back.Contains(a)).Order(StringComparer.Ordinal))
            .Select(cycle => cycle.ToArray())
            .Where(cycle => cycle.Length > 1);
    }

    private static HashSet<string> Reachable(string start, ILookup<string, string> next)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([start]);
        while (open.TryPop(out var place))
        {
            foreach (var other in next[place].Where(reached.Add))
                open.Push(other);
        }

        return reached;
    }

    private static IEnumerable<string> Levels(string space)
    {
        for (var end = space.Length; end > 0; end = space.LastIndexOf('.', end - 1))
            yield return space[..end];
    }
}
