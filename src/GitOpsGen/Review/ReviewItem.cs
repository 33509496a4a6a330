namespace GitOpsGen.Review;

/// <summary>One thing that a change does.</summary>
internal abstract record ReviewItem
{
    /// <summary>The environments that it happens in, in the order of the report; empty for what belongs to no environment.</summary>
    public ImmutableArray<string> Environments { get; init; } = [];

    /// <summary>The line of the lockfile or the settings that causes it, where one does.</summary>
    public SourceSpan? Cause { get; init; }

    /// <summary>
    /// All that it says, environments and cause left out: items with the same words are one. The parts are in the order in which the items
    /// of a list are sorted.
    /// </summary>
    public abstract ImmutableArray<string> Words { get; }

    /// <summary>The words as one text, for comparisons.</summary>
    public string Key => string.Join('\0', Words);
}

/// <summary>What happens in several environments, told once.</summary>
internal static class ReviewItems
{
    /// <summary>Items that say the same become one, for all their environments; sorted by their words.</summary>
    /// <param name="items">The items, each with the environments that it was found in.</param>
    /// <param name="order">All environments, in the order of the report.</param>
    public static ImmutableArray<T> Fold<T>(IEnumerable<T> items, ImmutableArray<string> order)
        where T : ReviewItem
    {
        var places = order.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);
        var sorted = new Dictionary<ImmutableArray<string>, ImmutableArray<string>>();
        return
        [
            .. items
                .Where(item => item.Environments.IsEmpty || item.Environments.Any(places.ContainsKey))
                .GroupBy(item => item.Key, StringComparer.Ordinal)
                .OrderBy(same => same.Key, StringComparer.Ordinal)
                .Select(same =>
                    same.First() with
                    {
                        Environments = same.Skip(1).Any()
                            ? Sorted(same.SelectMany(item => item.Environments))
                            : SortedOnce(same.First().Environments),
                        Cause = same.Select(item => item.Cause).FirstOrDefault(cause => cause is not null),
                    }
                ),
        ];

        ImmutableArray<string> Sorted(IEnumerable<string> names) =>
            [.. names.Distinct(StringComparer.Ordinal).Where(places.ContainsKey).OrderBy(name => places[name])];

        // What is said in one document has one list of environments, which a thousand items share.
        ImmutableArray<string> SortedOnce(ImmutableArray<string> names) =>
            sorted.TryGetValue(names, out var known) ? known : sorted[names] = Sorted(names);
    }
}
