using GitOpsGen.Iam;
using GitOpsGen.Review;

namespace GitOpsGen.Cli.Review;

/// <summary>Access of principals that change alike.</summary>
/// <param name="Principals">Who.</param>
/// <param name="What">What they may do: pull, push, or the actions.</param>
/// <param name="On">On which repositories, or what else.</param>
/// <param name="Document">The document to apply; <c>ENV</c> stands for several environments.</param>
internal sealed record AccessRow(ImmutableArray<string> Principals, Words What, ImmutableArray<string> On, string Document)
{
    private const int MostShown = 3;
    private const string Repository = ":repository/";
    private const string Role = ":role/";

    public Words Who => WhoOf(Principals);

    public Words Where => Words.Code(On, MostShown);

    /// <summary>The rows. Roles of one name in several accounts that gain the same are one.</summary>
    public static ImmutableArray<AccessRow> Of(ImmutableArray<AccessChange> changes) =>
        [
            .. changes
                .GroupBy(change => (change.Principal, change.Document, change.IsDrift))
                .Select(same =>
                    (same.Key, Actions: Sorted(same.Select(change => change.Action)), On: Sorted(same.Select(change => Short(change.Resource))))
                )
                .GroupBy(row =>
                    (
                        Who: IsRole(row.Key.Principal) ? NameOf(row.Key.Principal) : row.Key.Principal,
                        What: string.Join(' ', row.Actions),
                        On: string.Join(' ', row.On),
                        Document: AnyOf(row.Key.Document),
                        row.Key.IsDrift
                    )
                )
                .Select(rows => new AccessRow(
                    [.. rows.Select(row => row.Key.Principal).Distinct()],
                    WhatOf(rows.First().Actions),
                    rows.First().On,
                    rows.Select(row => row.Key.Document).Distinct().Count() == 1 ? rows.First().Key.Document : rows.Key.Document
                )),
        ];

    public static ImmutableArray<string> Sorted(IEnumerable<string> texts) =>
        [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The actions in few words.</summary>
    public static Words WhatOf(ImmutableArray<string> actions) =>
        actions.SequenceEqual(EcrActions.Pull) ? Words.Of("pull")
        : actions.SequenceEqual(EcrActions.Mirror) || actions.SequenceEqual(EcrActions.MirrorAndShare) ? Words.Of("push")
        : actions is [EcrActions.Authorize] ? Words.Of("log in")
        : Words.Code(actions, MostShown);

    /// <summary>Principals of one name in few words.</summary>
    public static Words WhoOf(ImmutableArray<string> principals) =>
        (IsRole(principals[0]) ? Words.Of("role ") : Words.None)
        + Words.Code(NameOf(principals[0]))
        + (principals.Length == 1 ? "" : $" in {principals.Length} accounts");

    private static bool IsRole(string principal) => principal.Contains(Role, StringComparison.Ordinal);

    /// <summary>The name of a role; any other principal as it is.</summary>
    public static string NameOf(string principal) =>
        principal.IndexOf(Role, StringComparison.Ordinal) is > 0 and var start ? principal[(start + Role.Length)..] : principal;

    /// <summary>A repository without its registry; any other resource as it is.</summary>
    public static string Short(string resource) =>
        resource.IndexOf(Repository, StringComparison.Ordinal) is > 0 and var start ? resource[(start + Repository.Length)..] : resource;

    /// <summary>A document without the environment or the registry that it is of.</summary>
    public static string AnyOf(string document) =>
        document.Split('/') switch
        {
            ["iam", "registries", _, var name] => $"iam/registries/REGISTRY/{name}",
            ["iam", _, var name] => $"iam/ENV/{name}",
            _ => document,
        };
}
