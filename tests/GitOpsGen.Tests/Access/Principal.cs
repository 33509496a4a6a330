using GitOpsGen.Tests.Scenarios;

namespace GitOpsGen.Tests.Access;

/// <summary>Somebody who may do something in one registry.</summary>
/// <param name="Arn">Who.</param>
/// <param name="Document">The path of the first document of their policy.</param>
/// <param name="Registry">The registry.</param>
/// <param name="FoldsResources">Whether the documents may use patterns.</param>
/// <param name="Actions">What the table grants, on the repositories.</param>
/// <param name="Repositories">Their ARNs.</param>
internal sealed record Principal(
    string Arn,
    string Document,
    ExpectedRegistry Registry,
    bool FoldsResources,
    IReadOnlySet<string> Actions,
    IReadOnlySet<string> Repositories
)
{
    /// <summary>Where a pull may make ECR fetch: folders that end in <c>/</c>, or single repositories.</summary>
    public IReadOnlySet<string> Caches { get; init; } = new HashSet<string>();

    /// <summary>Whether it may make ECR fetch into a repository.</summary>
    public bool Fills(string arn) => Caches.Any(cache => cache.EndsWith('/') ? arn.StartsWith(cache, StringComparison.Ordinal) : arn == cache);

    /// <summary>Who has every right of their own, in another account: what they may do is up to the repositories.</summary>
    public const string Stranger = "stranger";
}
