using System.Collections.Immutable;
using GitOpsGen.Review;

namespace GitOpsGen.Cli.Review;

/// <summary>What one document gives one principal, or takes from it: the same actions on some resources.</summary>
internal sealed record AccessMove(string Principal, string Document, ImmutableArray<string> Actions, ImmutableArray<string> Resources)
{
    public required ImmutableArray<string> Environments { get; init; }

    public static ImmutableArray<AccessMove> Of(IEnumerable<AccessChange> changes) =>
        [
            .. changes
                .GroupBy(change => (change.Principal, change.Document))
                .SelectMany(same =>
                    same.GroupBy(change => change.Resource)
                        .Select(on => (Resource: on.Key, Actions: AccessRow.Sorted(on.Select(change => change.Action)), Changes: on.ToList()))
                        .GroupBy(on => string.Join('\0', on.Actions))
                        .Select(alike => new AccessMove(
                            same.Key.Principal,
                            same.Key.Document,
                            alike.First().Actions,
                            AccessRow.Sorted(alike.Select(on => on.Resource))
                        )
                        {
                            Environments = [.. alike.SelectMany(on => on.Changes.SelectMany(change => change.Environments)).Distinct()],
                        })
                ),
        ];
}
