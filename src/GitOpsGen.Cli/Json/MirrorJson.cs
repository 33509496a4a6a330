using System.Text.Json.Serialization;
using GitOpsGen.Iam;
using GitOpsGen.Planning;

namespace GitOpsGen.Cli.Json;

/// <summary>A mirror plan as data, for programs other than skopeo and a shell.</summary>
internal sealed record MirrorPlanResult(
    IEnumerable<JsonEcrRepository> EcrRepositories,
    IEnumerable<JsonImageCopy> Images,
    IEnumerable<JsonChartCopy> Charts
)
{
    public static MirrorPlanResult Of(MirrorPlan plan) =>
        new(
            plan.EcrRepositories.Select(pair => new JsonEcrRepository(
                $"{pair.Registry.Account}",
                $"{pair.Registry.Region}",
                pair.Path,
                pair.Policy?.Word()
            )),
            plan.Images.Select(copy => new JsonImageCopy(copy.Tag, copy.Digest.Text, copy.Source, copy.Target)
            {
                Attached = copy.Attached.Select(attachment => JsonAttachmentCopy.Of(copy, attachment)),
                Origin = copy.Image.Entry.Package,
                PulledBy = copy.Environments,
            }),
            plan.Charts.Select(copy => new JsonChartCopy(
                copy.Target.Name,
                copy.Target.Version.Text,
                copy.Source.Repository.Url,
                copy.Target.Repository.Url
            )
            {
                Origin = copy.Core.Package,
                PulledBy = copy.Environments,
            })
        );
}

internal sealed record JsonEcrRepository(string Account, string Region, string Name, string? Policy);

internal sealed record JsonImageCopy(string Version, string Digest, string Source, string Target) : JsonMirrored
{
    public required IEnumerable<JsonAttachmentCopy> Attached { get; init; }
}

/// <summary>Something that is copied with an image: by its own reference, where it has a tag; with the image's referrers, where it has a digest.</summary>
internal sealed record JsonAttachmentCopy(string Kind, string? Tag, string? Digest, string Source, string Target)
{
    public static JsonAttachmentCopy Of(ImageCopy copy, Attachment attachment) =>
        new(
            attachment.Kind.Word(),
            (attachment as Attachment.Sibling)?.Tag.Text,
            (attachment as Attachment.Referrer)?.Digest.Text,
            $"{copy.From}{attachment.Suffix}",
            $"{copy.Image.Repository}{attachment.Suffix}"
        );
}

internal sealed record JsonChartCopy(string Chart, string Version, string Source, string Target) : JsonMirrored;

/// <summary>What <c>mirror verify</c> found.</summary>
internal sealed record MirrorVerifyResult(IEnumerable<JsonMirrorPlace> Places);

internal sealed record JsonMirrorPlace(string Target, string State, string? Found, IEnumerable<string> Missing) : JsonMirrored;

/// <summary>Something in a mirror: which lock entry wants it there, and for which environments.</summary>
internal abstract record JsonMirrored
{
    [JsonIgnore]
    public Located<Repository> Origin { get; init; }

    [JsonIgnore]
    public ImmutableArray<EnvironmentName> PulledBy { get; init; } = [];

    [JsonPropertyOrder(-1)]
    public string Package => $"{Origin}";

    [JsonPropertyOrder(-1)]
    public string File => Origin.Span.File;

    [JsonPropertyOrder(-1)]
    public int Line => Origin.Span.Start.Line;

    [JsonPropertyOrder(-1)]
    public int Column => Origin.Span.Start.Column;

    [JsonPropertyOrder(-1)]
    public IEnumerable<string> Environments => PulledBy.Select(environment => environment.Value);
}
