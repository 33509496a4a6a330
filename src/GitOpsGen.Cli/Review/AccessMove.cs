using GitOpsGen.Review;

namespace GitOpsGen.Cli.Review;

/// <summary>
/// Access that changes hands: the same actions, on some resources before and on some after. Roles of one name in several accounts for which this is
/// alike are one.
/// </summary>
/// <param name="Principals">Who.</param>
/// <param name="Actions">Which actions.</param>
/// <param name="From">On what until now.</param>
/// <param name="To">On what from now on.</param>
/// <param name="Documents">The documents that say so.</param>
internal sealed record AccessMove(
    ImmutableArray<string> Principals,
    ImmutableArray<string> Actions,
    ImmutableArray<string> From,
    ImmutableArray<string> To,
    ImmutableArray<string> Documents
)
{
    public required ImmutableArray<string> Environments { get; init; }

    /// <summary>What is gained, with what goes for it.</summary>
    public static ImmutableArray<AccessMove> Gained(IEnumerable<AccessChange> gained, IEnumerable<AccessChange> lost) =>
        Of(gained, lost, swap: false);

    /// <summary>What is lost, with what comes for it.</summary>
    public static ImmutableArray<AccessMove> Lost(IEnumerable<AccessChange> lost, IEnumerable<AccessChange> gained) => Of(lost, gained, swap: true);

    private static ImmutableArray<AccessMove> Of(IEnumerable<AccessChange> changes, IEnumerable<AccessChange> otherWay, bool swap)
    {
        var opposite = Single(otherWay).ToLookup(move => (move.Principals[0], move.Documents[0]));
        return
        [
            .. Single(changes)
                .Select(move =>
                {
                    var other = AccessRow.Sorted(
                        opposite[(move.Principals[0], move.Documents[0])]
                            .Where(other => other.Actions.Intersect(move.Actions).Any())
                            .SelectMany(other => other.To)
                    );
                    return swap ? move with { From = move.To, To = other } : move with { From = other };
                })
                .GroupBy(move =>
                    string.Join(
                        '\0',
                        [
                            AccessRow.NameOf(move.Principals[0]),
                            AccessRow.AnyOf(move.Documents[0]),
                            .. move.Actions,
                            "",
                            .. move.From.Select(AccessRow.Short),
                            "",
                            .. move.To.Select(AccessRow.Short),
                        ]
                    )
                )
                .Select(alike => new AccessMove(
                    All(alike, move => move.Principals),
                    alike.First().Actions,
                    All(alike, move => move.From),
                    All(alike, move => move.To),
                    All(alike, move => move.Documents)
                )
                {
                    Environments = [.. alike.SelectMany(move => move.Environments).Distinct()],
                }),
        ];
    }

    private static ImmutableArray<string> All(IEnumerable<AccessMove> moves, Func<AccessMove, ImmutableArray<string>> texts) =>
        AccessRow.Sorted(moves.SelectMany(move => texts(move)));

    // One principal and one document each; what it is about is in To.
    private static IEnumerable<AccessMove> Single(IEnumerable<AccessChange> changes) =>
        changes
            .GroupBy(change => (change.Principal, change.Document))
            .SelectMany(same =>
                same.GroupBy(change => change.Resource)
                    .Select(on => (Resource: on.Key, Actions: AccessRow.Sorted(on.Select(change => change.Action)), Changes: on.ToList()))
                    .GroupBy(on => string.Join('\0', on.Actions))
                    .Select(alike => new AccessMove(
                        [same.Key.Principal],
                        alike.First().Actions,
                        [],
                        AccessRow.Sorted(alike.Select(on => on.Resource)),
                        [same.Key.Document]
                    )
                    {
                        Environments = [.. alike.SelectMany(on => on.Changes.SelectMany(change => change.Environments)).Distinct()],
                    })
            );
}
