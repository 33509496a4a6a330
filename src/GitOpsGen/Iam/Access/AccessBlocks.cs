using System.Collections.Immutable;

namespace GitOpsGen.Iam.Access;

/// <summary>The combinations of some actions, resources and principals, and those of them that were found, put together into few.</summary>
/// <param name="actions">The actions.</param>
/// <param name="resources">The resources; none where a document is attached to its resource.</param>
/// <param name="principals">The principals; none in an identity policy.</param>
/// <param name="isIdentity">Whether principals are left out.</param>
internal sealed class AccessBlocks(
    ImmutableArray<string> actions,
    ImmutableArray<string> resources,
    ImmutableArray<string> principals,
    bool isIdentity
)
{
    /// <summary>The combinations for which something holds, by places in the three lists (0 for an empty one).</summary>
    public IEnumerable<AccessDifference> Where(Func<int, int, int, bool> holds) =>
        from byAction in Range(actions)
            .GroupBy(action => Key(Range(principals).Select(principal => Key(Resources(action, principal, holds)))), StringComparer.Ordinal)
        from byPrincipal in Range(principals).GroupBy(principal => Key(Resources(byAction.First(), principal, holds)), StringComparer.Ordinal)
        let found = Resources(byAction.First(), byPrincipal.First(), holds).ToList()
        where found.Count > 0
        select new AccessDifference(null, null, Pick(actions, byAction), Pick(resources, found), isIdentity ? [] : Pick(principals, byPrincipal));

    private IEnumerable<int> Resources(int action, int principal, Func<int, int, int, bool> holds) =>
        Range(resources).Where(resource => holds(action, resource, principal));

    private static IEnumerable<int> Range(ImmutableArray<string> items) => Enumerable.Range(0, Math.Max(items.Length, 1));

    private static string Key<T>(IEnumerable<T> items) => string.Join(';', items);

    private static ImmutableArray<string> Pick(ImmutableArray<string> items, IEnumerable<int> places) =>
        items.IsEmpty ? [] : [.. places.Select(place => items[place])];
}
