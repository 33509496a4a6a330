using GitOpsGen.Packages.Locking;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Oci;

namespace GitOpsGen.Registry.Attachments;

/// <summary>
/// Finds what lies beside an image: its referrers (OCI distribution specification 1.1, or the tag that stands in for them where a registry
/// does not know them), and the sibling tags that cosign writes. A registry that does not know or refuses such a question has nothing there;
/// only one that gives no answer is a failure.
/// </summary>
internal sealed class AttachmentReader(RegistryClient registry)
{
    private static readonly ImmutableArray<(string Suffix, AttachmentKind Kind)> Siblings =
    [
        (".sig", AttachmentKind.Signature),
        (".att", AttachmentKind.Attestation),
        (".sbom", AttachmentKind.Sbom),
    ];

    /// <summary>All that is there, in an order that does not depend on the registry: sibling tags, then referrers by digest.</summary>
    public async Task<RegistryResult<AttachmentList>> FindAsync(Repository repository, Digest digest, CancellationToken cancellation)
    {
        var referrers = await registry.ListReferrersAsync(repository, digest, cancellation).ConfigureAwait(false);
        if (referrers is { Failure.Kind: not FailureKind.Unreachable })
            referrers = await registry.ReadFallbackAsync(repository, digest, cancellation).ConfigureAwait(false);

        if (referrers is { Failure: { Kind: FailureKind.Unreachable } silent })
        {
            return silent; // the next questions would wait for it again
        }

        // Whatever has the fallback's tag and is no list of referrers travels by its tag.
        var tags = referrers is { Failure.Kind: FailureKind.InvalidResponse } ? Siblings.Add(("", AttachmentKind.Other)) : Siblings;
        var found = await Task.WhenAll(
                tags.Select(async sibling =>
                {
                    var attachment = new Attachment.Sibling(sibling.Kind, SiblingTag.Of(digest, sibling.Suffix));
                    return (attachment, There: await registry.FindAsync(repository, attachment, cancellation).ConfigureAwait(false));
                })
            )
            .ConfigureAwait(false);
        return found.Select(sibling => sibling.There.Failure).FirstOrDefault(failure => failure is { Kind: FailureKind.Unreachable }) is { } failure
            ? failure
            : new AttachmentList([
                .. found.Where(sibling => sibling.There.IsSuccess).Select(sibling => sibling.attachment),
                .. (referrers.Value?.All ?? [])
                    .DistinctBy(referrer => referrer.Digest)
                    .OrderBy(referrer => referrer.Digest.Text, StringComparer.Ordinal)
                    .Select(referrer => new Attachment.Referrer(KindOf(referrer), referrer.Digest)),
            ]);
    }

    /// <summary>
    /// The kind by the artifact's type. A bundle of sigstore may be either; cosign says which in an annotation
    /// (https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md).
    /// </summary>
    public static AttachmentKind KindOf(Descriptor referrer)
    {
        var type = referrer.ArtifactType ?? "";
        return Has("sigstore.bundle")
            ? IsSignature(referrer.Annotations)
                ? AttachmentKind.Signature
                : AttachmentKind.Attestation
            : Has("cosign.artifact.sig") || Has("cncf.notary.signature")
                ? AttachmentKind.Signature
                : Has("in-toto") || Has("cosign.artifact.att") || Has("dsse")
                    ? AttachmentKind.Attestation
                    : Has("spdx") || Has("cyclonedx") || Has("syft") || Has("sbom")
                        ? AttachmentKind.Sbom
                        : AttachmentKind.Other;

        bool Has(string part) => type.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsSignature(ImmutableDictionary<string, string> annotations) =>
        annotations.GetValueOrDefault("dev.sigstore.bundle.content") == "message-signature"
        || annotations.GetValueOrDefault("dev.sigstore.bundle.predicateType") == "https://sigstore.dev/cosign/sign/v1";
}
