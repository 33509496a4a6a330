using GitOpsGen.Output;
using GitOpsGen.Review;

namespace GitOpsGen.Cli.Json;

/// <summary>What <c>diff</c> found, every environment in full: nothing is folded or cut.</summary>
internal sealed record DiffResult(JsonSide Base, JsonSide Head, JsonDiffSummary Summary)
{
    public required IEnumerable<JsonDanger> Dangerous { get; init; }

    public required IEnumerable<JsonPackageChange> Packages { get; init; }

    public required IEnumerable<JsonImageNeed> Images { get; init; }

    public required IEnumerable<JsonRepositoryNeed> Repositories { get; init; }

    public required JsonAccess Access { get; init; }

    public required IEnumerable<JsonLeftover> Deletions { get; init; }

    public required IEnumerable<JsonObjectChange> Objects { get; init; }

    public required IEnumerable<JsonObjectChange> Drift { get; init; }

    public required IEnumerable<JsonFileChange> Files { get; init; }

    public required IEnumerable<JsonGroup> Groups { get; init; }

    public static DiffResult Of(ReviewReport report, JsonSide @base, JsonSide head) =>
        new(@base, head, JsonDiffSummary.Of(report))
        {
            Dangerous = report.Dangerous.Select(danger => new JsonDanger(danger.Rule.Code, danger.Title, danger.Why, danger.Steps)
            {
                Environments = danger.Environments,
                Place = danger.Cause,
            }),
            Packages = report.Packages.Select(change => new JsonPackageChange(
                $"{change.Package}",
                $"{change.Kind}",
                change.Object,
                change.From,
                change.To,
                change.Step.Word()
            )
            {
                NeededBy = change.NeededBy,
                Environments = change.Environments,
                Place = change.Cause,
            }),
            Images = report.Images.Select(image => new JsonImageNeed(image.Registry, image.Repository, image.Tag, image.Digest)
            {
                Environments = image.Environments,
                Place = image.Cause,
            }),
            Repositories = report.Repositories.Select(need => new JsonRepositoryNeed(
                need.Registry,
                need.Repository,
                need.Policy is null ? [] : [need.Policy]
            )
            {
                Environments = need.Environments,
                Place = need.Cause,
            }),
            Access = new(report.Gained.Select(Of), report.Lost.Select(Of), report.NotEvaluated.Select(Of)),
            Deletions = report.Leftovers.Select(leftover => new JsonLeftover(leftover.Command) { Environments = leftover.Environments }),
            Objects = report.Objects.Where(change => !change.IsDrift).Select(Of),
            Drift = report.Objects.Where(change => change.IsDrift).Select(Of),
            Files = report.Files.Select(file => new JsonFileChange(file.Path, file.Change.Word())),
            Groups = report.Groups.Select(group => new JsonGroup(group.Environments, group.Like)),
        };

    private static JsonAccessChange Of(AccessChange change) =>
        new(change.Principal, change.Action, change.Resource, change.Document, change.IsDrift) { Environments = change.Environments };

    private static JsonUnreadDocument Of(UnreadDocument document) => new(document.Document, document.Reason) { Environments = document.Environments };

    private static JsonObjectChange Of(ObjectChange change) =>
        new(change.Object.ApiVersion, change.Object.Kind, change.Object.Namespace, change.Object.Name, change.Change.Word())
        {
            Fields = change.Fields.Select(value => new JsonFieldChange(value.Path, value.From, value.To)),
            Drift = change.IsDrift,
            Environments = change.Environments,
        };
}

/// <summary>A side of the comparison.</summary>
/// <param name="Commit">The commit; null for a work tree.</param>
/// <param name="Tree">The commit's tree; null for a work tree.</param>
internal sealed record JsonSide(string? Commit, string? Tree);

/// <summary>How many there are of each; the lists below have as many.</summary>
internal sealed record JsonDiffSummary(
    int Environments,
    int ChangedEnvironments,
    int Dangerous,
    int Packages,
    int Images,
    int Repositories,
    int AccessGained,
    int AccessLost,
    int NotEvaluated,
    int Objects,
    int Drift,
    int Files
)
{
    public required string? BaseProblem { get; init; }

    public static JsonDiffSummary Of(ReviewReport report)
    {
        var drift = report.Objects.Count(change => change.IsDrift);
        return new(
            report.Environments.Length,
            report.ChangedEnvironments,
            report.Dangerous.Length,
            report.Packages.Length,
            report.Images.Length,
            report.Repositories.Length,
            report.Gained.Length,
            report.Lost.Length,
            report.NotEvaluated.Length,
            report.Objects.Length - drift,
            drift,
            report.Files.Length
        )
        {
            BaseProblem = report.BaseProblem,
        };
    }
}

internal sealed record JsonDanger(string Code, string Title, string Why, ImmutableArray<string> Steps) : JsonReviewItem;

internal sealed record JsonPackageChange(string Package, string Kind, string Object, string? From, string? To, string Change) : JsonReviewItem
{
    public required ImmutableArray<string> NeededBy { get; init; }
}

internal sealed record JsonImageNeed(string Registry, string Repository, string Tag, string? Digest) : JsonReviewItem;

internal sealed record JsonRepositoryNeed(string Registry, string Repository, ImmutableArray<string> Policies) : JsonReviewItem;

internal sealed record JsonAccess(
    IEnumerable<JsonAccessChange> Gained,
    IEnumerable<JsonAccessChange> Lost,
    IEnumerable<JsonUnreadDocument> NotEvaluated
);

internal sealed record JsonAccessChange(string Principal, string Action, string Resource, string Document, bool Drift) : JsonReviewItem;

internal sealed record JsonUnreadDocument(string Document, string Reason) : JsonReviewItem;

internal sealed record JsonLeftover(string Command) : JsonReviewItem;

internal sealed record JsonObjectChange(string ApiVersion, string Kind, string Namespace, string Name, string Change) : JsonReviewItem
{
    public required IEnumerable<JsonFieldChange> Fields { get; init; }

    public required bool Drift { get; init; }
}

internal sealed record JsonFieldChange(string Path, string? From, string? To);

internal sealed record JsonFileChange(string Path, string Change);

internal sealed record JsonGroup(ImmutableArray<string> Environments, string Like);

/// <summary>Something that happens in environments.</summary>
internal abstract record JsonReviewItem : JsonPlaced
{
    public required ImmutableArray<string> Environments { get; init; }
}
