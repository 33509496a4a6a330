using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Locking;

/// <summary>
/// What registries have answered so far: a value, or the findings that say why there is none. The findings have no place yet; it is
/// where the question comes from.
/// </summary>
internal sealed record Known
{
    public static Known Nothing { get; } = new();

    public ImmutableDictionary<RegistryQuestion.TagDigest, Result<Digest>> Digests { get; private init; } =
        ImmutableDictionary<RegistryQuestion.TagDigest, Result<Digest>>.Empty;

    public ImmutableDictionary<RegistryQuestion.Metadata, Result<PackageMeta>> Metadata { get; private init; } =
        ImmutableDictionary<RegistryQuestion.Metadata, Result<PackageMeta>>.Empty;

    public ImmutableDictionary<RegistryQuestion.Versions, Result<PublishedVersions>> Versions { get; private init; } =
        ImmutableDictionary<RegistryQuestion.Versions, Result<PublishedVersions>>.Empty;

    public Known With(RegistryQuestion.TagDigest question, Result<Digest> answer) => this with { Digests = Digests.SetItem(question, answer) };

    public Known With(RegistryQuestion.Metadata question, Result<PackageMeta> answer) => this with { Metadata = Metadata.SetItem(question, answer) };

    public Known With(RegistryQuestion.Versions question, Result<PublishedVersions> answer) =>
        this with
        {
            Versions = Versions.SetItem(question, answer),
        };
}
