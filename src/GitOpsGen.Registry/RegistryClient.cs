using System.Text.Json;
using GitOpsGen.Registry.Authentication;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Oci;

namespace GitOpsGen.Registry;

/// <summary>
/// Reads OCI registries (https://github.com/opencontainers/distribution-spec) and writes nothing. Content that is returned was verified
/// against its digest. Safe for concurrent use. Failures are values; the only exception is the caller's cancellation.
/// </summary>
/// <param name="options">How to reach registries.</param>
/// <param name="credentials">Who we are.</param>
/// <param name="time">The clock for waits between tries and for the age of tokens; the machine's by default.</param>
internal sealed class RegistryClient(RegistryOptions options, CredentialStore credentials, TimeProvider? time = null) : IDisposable
{
    /// <summary>The longest manifest; registries have the same limit.</summary>
    public const int LongestManifest = 4 * 1024 * 1024;

    private const int LongestTagPage = 16 * 1024 * 1024; // a server that ignores n sends all at once
    private const int MostTags = 200_000;
    private const int MostPages = 1000;
    private const int LongestTag = 128; // by the specification
    private const int MostReferrers = 1000;
    private const int MostReferrerPages = 10; // of up to 4 MiB each
    private const int PageSize = 1000;
    private const string DigestHeader = "Docker-Content-Digest";

    private readonly RequestSender sender = new(options, credentials, time ?? TimeProvider.System);

    /// <summary>
    /// The digest that a tag points to now: of the index, where there is one. It is what the registry says; a read by this digest verifies
    /// the bytes.
    /// </summary>
    public async Task<RegistryResult<Digest>> ResolveAsync(Repository repository, string tag, CancellationToken cancellation)
    {
        var request = ManifestRequest(repository, $"tag {Excerpt.Of(tag)}", Uri.EscapeDataString(tag));
        var head = await HeadAsync(request, cancellation).ConfigureAwait(false);

        // Not every server and proxy knows HEAD, or gives the digest; 'not found' and 'refused' count only after GET.
        return head.IsSuccess || head.Failure.Kind == FailureKind.Unreachable ? head : await GetAsync(request, cancellation).ConfigureAwait(false);
    }

    /// <summary>The digest of something that is probably not there: 'not found' counts at once.</summary>
    public async Task<RegistryResult<Digest>> FindAsync(Repository repository, Attachment attachment, CancellationToken cancellation)
    {
        var reference = attachment.Suffix[1..];
        var request = ManifestRequest(repository, $"{attachment.Kind.Word()} {reference}", reference);
        var head = await HeadAsync(request, cancellation).ConfigureAwait(false);
        return head is { Failure.Kind: FailureKind.Refused or FailureKind.InvalidResponse }
            ? await GetAsync(request, cancellation).ConfigureAwait(false)
            : head;
    }

    /// <summary>The index or image with a digest.</summary>
    public Task<RegistryResult<Manifest>> ReadManifestAsync(Repository repository, Digest digest, CancellationToken cancellation)
    {
        var request = ManifestRequest(repository, $"manifest {digest}", digest.Text);
        return sender.SendAsync<Manifest>(request, ReadAsync, cancellation);

        async Task<RegistryResult<Manifest>> ReadAsync(RegistryResponse response)
        {
            var (bytes, actual) = await response.ReadAsync(LongestManifest).ConfigureAwait(false);
            if (Wrong(request, bytes, actual, digest) is { } failure)
                return failure;

            return ManifestReader.Read(digest, bytes, out var problem) is { } manifest ? manifest : request.Invalid(problem!);
        }
    }

    /// <summary>
    /// Hands a blob to <paramref name="read"/> as a stream. Its result is returned only after the rest has been read and the whole verified.
    /// It is called again when a connection breaks, and must let exceptions of the stream pass.
    /// </summary>
    /// <param name="repository">The repository.</param>
    /// <param name="blob">What its manifest says about it, the size included.</param>
    /// <param name="read">Reads as much of the stream as it wants, asynchronously, until the time for it ends.</param>
    /// <param name="cancellation">The caller's.</param>
    public Task<RegistryResult<T>> ReadBlobAsync<T>(
        Repository repository,
        Descriptor blob,
        Func<Stream, CancellationToken, Task<T>> read,
        CancellationToken cancellation
    )
        where T : class
    {
        var request = Request(repository, $"blob {blob.Digest}", $"blobs/{blob.Digest}");
        return sender.SendAsync<T>(request, ReadAsync, cancellation);

        async Task<RegistryResult<T>> ReadAsync(RegistryResponse response)
        {
            using var body = await response.OpenAsync(blob.Size).ConfigureAwait(false);
            var value = await read(body, response.Time).ConfigureAwait(false);
            var actual = await body.FinishAsync().ConfigureAwait(false);
            return body.IsTooLong ? request.Invalid($"it is longer than the {blob.Size} bytes that its manifest names")
                : body.Length < blob.Size ? request.CutOff($"it ends after {body.Length} of {blob.Size} bytes")
                : actual != blob.Digest.Text ? request.Invalid($"its bytes have the digest {actual}")
                : value;
        }
    }

    /// <summary>Every tag of a repository, over all pages.</summary>
    public Task<RegistryResult<TagList>> ListTagsAsync(Repository repository, CancellationToken cancellation)
    {
        var request = Request(repository, "the list of tags", $"tags/list?n={PageSize}");
        return sender.WithinAsync(request, ListAsync, cancellation);

        async Task<RegistryResult<TagList>> ListAsync(CancellationToken time)
        {
            var tags = new HashSet<string>(StringComparer.Ordinal);
            var order = ImmutableArray.CreateBuilder<string>();
            for (var number = 1; ; number++)
            {
                var page = await sender.SendAsync<TagPage>(request, response => ReadPageAsync(request, response), time).ConfigureAwait(false);
                if (!page.IsSuccess)
                    return page.Failure;

                var before = order.Count;
                order.AddRange(page.Value.Tags.Where(tag => tag.Length <= LongestTag && tags.Add(tag)));
                if (page.Value.Next is not { } next)
                    return new TagList(order.ToImmutable());

                // Pages without a new tag would go on for ever.
                if (order.Count == before || order.Count > MostTags || number == MostPages || !request.Endpoint.IsAt(next))
                {
                    return request.Invalid(
                        order.Count == before ? "its pages never end"
                        : order.Count > MostTags ? $"it has more than {MostTags} tags"
                        : number == MostPages ? $"it has more than {MostPages} pages"
                        : "its next page is on another server"
                    );
                }

                request = request with { Url = next };
            }
        }
    }

    /// <summary>The manifests that name one as their subject, over all pages. A registry that does not know the question has not found it.</summary>
    public Task<RegistryResult<ReferrerList>> ListReferrersAsync(Repository repository, Digest digest, CancellationToken cancellation)
    {
        var request = Request(repository, $"the referrers of {digest}", $"referrers/{digest}") with { WantsManifest = true };
        return sender.WithinAsync(request, ListAsync, cancellation);

        async Task<RegistryResult<ReferrerList>> ListAsync(CancellationToken time)
        {
            var all = ImmutableArray.CreateBuilder<Descriptor>();
            for (var number = 1; ; number++)
            {
                var page = await sender
                    .SendAsync<ReferrerPage>(request, response => ReadReferrersAsync(request, response), time)
                    .ConfigureAwait(false);
                if (!page.IsSuccess)
                    return page.Failure;

                all.AddRange(page.Value.Referrers);
                if (page.Value.Next is not { } next)
                    return new ReferrerList(all.ToImmutable());

                if (page.Value.Referrers.IsEmpty || all.Count > MostReferrers || number == MostReferrerPages || !request.Endpoint.IsAt(next))
                    return request.Invalid("its pages never end, or go on at another server");

                request = request with { Url = next };
            }
        }
    }

    /// <summary>The list of referrers that clients keep under a tag where a registry keeps none.</summary>
    public async Task<RegistryResult<ReferrerList>> ReadFallbackAsync(Repository repository, Digest digest, CancellationToken cancellation)
    {
        var request = ManifestRequest(repository, $"the referrers of {digest}", SiblingTag.Of(digest).Text);
        var page = await sender
            .SendAsync<ReferrerPage>(request, response => ReadReferrersAsync(request, response), cancellation)
            .ConfigureAwait(false);
        return page.IsSuccess ? new ReferrerList(page.Value.Referrers) : page.Failure;
    }

    public void Dispose() => sender.Dispose();

    private Task<RegistryResult<Digest>> HeadAsync(RegistryRequest request, CancellationToken cancellation) =>
        sender.SendAsync<Digest>(request with { Method = HttpMethod.Head }, response => Task.FromResult(Claimed(request, response)), cancellation);

    private Task<RegistryResult<Digest>> GetAsync(RegistryRequest request, CancellationToken cancellation) =>
        sender.SendAsync<Digest>(request, response => ComputeAsync(request, response), cancellation);

    private static async Task<RegistryResult<ReferrerPage>> ReadReferrersAsync(RegistryRequest request, RegistryResponse response)
    {
        var (bytes, actual) = await response.ReadAsync(LongestManifest).ConfigureAwait(false);
        if (bytes is null)
            return request.Invalid($"it is longer than {LongestManifest} bytes");

        Uri? next = null;
        return ManifestReader.Read(Parse(actual), bytes, out var problem) switch
        {
            Manifest.Index index when LinkHeader.Next(response.Lines("Link")) is not { } link || Uri.TryCreate(request.Url, link, out next) =>
                new ReferrerPage(index.Images, next),
            Manifest.Index => request.Invalid("the address of its next page cannot be read"),
            _ when CutOffJson.Is(bytes) => request.CutOff($"it ends after {bytes.Length} bytes, in the middle"),
            _ => request.Invalid(problem ?? "it is not an index"),
        };
    }

    private static RegistryResult<Digest> Claimed(RegistryRequest request, RegistryResponse response) =>
        Digest.TryParse(response.Line(DigestHeader) ?? "", out var digest) ? digest : request.Invalid("it does not say the digest");

    private static async Task<RegistryResult<Digest>> ComputeAsync(RegistryRequest request, RegistryResponse response)
    {
        var (bytes, actual) = await response.ReadAsync(LongestManifest).ConfigureAwait(false);
        var failure = Digest.TryParse(response.Line(DigestHeader) ?? actual, out var claimed) ? Wrong(request, bytes, actual, claimed) : null;
        return failure is not null ? failure
            : ManifestReader.Read(Parse(actual), bytes, out var problem) is { } manifest ? manifest.Digest
            : request.Invalid(problem!);
    }

    private static RegistryFailure? Wrong(RegistryRequest request, byte[]? bytes, string actual, Digest expected) =>
        bytes is null ? request.Invalid($"the manifest is longer than {LongestManifest} bytes")
        : actual == expected.Text ? null
        : CutOffJson.Is(bytes) ? request.CutOff($"it ends after {bytes.Length} bytes, in the middle")
        : request.Invalid($"its bytes have the digest {actual} and not {expected}");

    private static async Task<RegistryResult<TagPage>> ReadPageAsync(RegistryRequest request, RegistryResponse response)
    {
        var (bytes, _) = await response.ReadAsync(LongestTagPage).ConfigureAwait(false);
        if (bytes is null)
            return request.Invalid($"a page is longer than {LongestTagPage} bytes");

        try
        {
            var tags = JsonSerializer.Deserialize(bytes, OciJson.Default.TagPage)?.Tags ?? [];
            var link = LinkHeader.Next(response.Lines("Link"));
            Uri? next = null;
            return link is null || Uri.TryCreate(request.Url, link, out next)
                ? new TagPage([.. tags.OfType<string>()], next)
                : request.Invalid("the address of its next page cannot be read");
        }
        catch (JsonException)
        {
            return CutOffJson.Is(bytes)
                ? request.CutOff($"it ends after {bytes.Length} bytes, in the middle")
                : request.Invalid("it is not the JSON of a list of tags");
        }
    }

    private static Digest Parse(string text) => Digest.TryParse(text, out var digest) ? digest : throw new FormatException(text);

    private RegistryRequest ManifestRequest(Repository repository, string asked, string reference) =>
        Request(repository, asked, $"manifests/{reference}") with
        {
            WantsManifest = true,
        };

    private RegistryRequest Request(Repository repository, string asked, string path)
    {
        var endpoint = Endpoint.Of(repository, options.Registries.GetValueOrDefault(repository.Host));
        return new(repository, endpoint, asked, endpoint.At(path));
    }

    /// <summary>One page, and where the next one is.</summary>
    private sealed record ReferrerPage(ImmutableArray<Descriptor> Referrers, Uri? Next);

    /// <inheritdoc cref="ReferrerPage"/>
    private sealed record TagPage(ImmutableArray<string> Tags, Uri? Next);
}

/// <summary>The manifests that name one manifest as their subject.</summary>
internal sealed record ReferrerList(ImmutableArray<Descriptor> All);

/// <summary>Every tag of a repository, each once, as the registry orders them.</summary>
internal sealed record TagList(ImmutableArray<string> Tags);
