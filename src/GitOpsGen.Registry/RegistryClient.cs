using System.Collections.Immutable;
using System.Text.Json;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
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
/// <param name="time">The clock that waits between tries and that tokens age by; the machine's by default.</param>
internal sealed class RegistryClient(RegistryOptions options, CredentialStore credentials, TimeProvider? time = null) : IDisposable
{
    /// <summary>The longest manifest, as registries themselves bound it.</summary>
    public const int LongestDocument = 4 * 1024 * 1024;

    private const int LongestTagPage = 16 * 1024 * 1024; // a server that ignores n sends all at once
    private const int MostTags = 200_000;
    private const int PageSize = 1000;
    private const string DigestHeader = "Docker-Content-Digest";

    private readonly Exchange exchange = new(options, credentials, time ?? TimeProvider.System);

    /// <summary>
    /// The digest that a tag stands for now: of the index, where there is one. It is what the registry says; whoever reads what is behind
    /// it gets those bytes or none.
    /// </summary>
    public async Task<Answer<Digest>> ResolveAsync(Repository repository, string tag, CancellationToken cancellation)
    {
        var question = Ask(repository, $"tag {Excerpt.Of(tag)}", $"manifests/{Uri.EscapeDataString(tag)}", HttpMethod.Head) with
        {
            WantsDocument = true,
        };
        var head = await exchange
            .AskAsync<Digest>(question, reply => Task.FromResult(Claimed(question.Inquiry, reply)), cancellation)
            .ConfigureAwait(false);

        // Not every server and proxy knows HEAD, or says what it finds; 'not found' and 'refused' are believed only to GET.
        return head.IsSuccess || head.Failure.Kind == FailureKind.Unreachable
            ? head
            : await exchange
                .AskAsync<Digest>(question with { Method = HttpMethod.Get }, reply => ComputeAsync(question.Inquiry, reply), cancellation)
                .ConfigureAwait(false);
    }

    /// <summary>The index or image behind a digest.</summary>
    public Task<Answer<OciDocument>> ReadDocumentAsync(Repository repository, Digest digest, CancellationToken cancellation)
    {
        var question = Ask(repository, $"manifest {digest}", $"manifests/{digest}", HttpMethod.Get) with { WantsDocument = true };
        return exchange.AskAsync<OciDocument>(question, ReadAsync, cancellation);

        async Task<Attempt<OciDocument>> ReadAsync(Reply reply)
        {
            var (bytes, actual) = await reply.ReadAsync(LongestDocument).ConfigureAwait(false);
            if (Wrong(question.Inquiry, bytes, actual, digest) is { } failure)
            {
                return new(failure);
            }

            return DocumentReader.Read(digest, bytes, out var problem) is { } document ? new(document) : new(question.Inquiry.Invalid(problem!));
        }
    }

    /// <summary>
    /// A blob, as a stream to <paramref name="read"/>. What that returns is handed out only after the rest has been read too and the whole
    /// verified, and it is called anew when a connection breaks. Exceptions of the stream must pass through it.
    /// </summary>
    /// <param name="repository">The repository.</param>
    /// <param name="blob">What its manifest says about it; the size is held to.</param>
    /// <param name="read">Reads as much of the stream as it wants, asynchronously.</param>
    /// <param name="cancellation">The caller's.</param>
    public Task<Answer<T>> ReadBlobAsync<T>(Repository repository, Descriptor blob, Func<Stream, Task<T>> read, CancellationToken cancellation)
        where T : class
    {
        var question = Ask(repository, $"blob {blob.Digest}", $"blobs/{blob.Digest}", HttpMethod.Get);
        return exchange.AskAsync<T>(question, ReadAsync, cancellation);

        async Task<Attempt<T>> ReadAsync(Reply reply)
        {
            using var body = await reply.OpenAsync(blob.Size).ConfigureAwait(false);
            var value = await read(body).ConfigureAwait(false);
            var actual = await body.FinishAsync().ConfigureAwait(false);
            return body.IsTooLong ? new(question.Inquiry.Invalid($"it is longer than the {blob.Size} bytes that its manifest names"))
                : body.Length < blob.Size ? new(question.Inquiry.Invalid($"it ends after {body.Length} of {blob.Size} bytes")) { MayRetry = true }
                : actual != blob.Digest.Text ? new(question.Inquiry.Invalid($"its bytes have the digest {actual}"))
                : new(value);
        }
    }

    /// <summary>Every tag of a repository, over all pages.</summary>
    public async Task<Answer<TagList>> ListTagsAsync(Repository repository, CancellationToken cancellation)
    {
        var tags = new HashSet<string>(StringComparer.Ordinal);
        var order = ImmutableArray.CreateBuilder<string>();
        var question = Ask(repository, "the list of tags", $"tags/list?n={PageSize}", HttpMethod.Get);
        while (true)
        {
            var page = await exchange.AskAsync<TagPage>(question, reply => ReadPageAsync(question, reply), cancellation).ConfigureAwait(false);
            if (!page.IsSuccess)
            {
                return page.Failure;
            }

            var before = order.Count;
            order.AddRange(page.Value.Tags.Where(tags.Add));
            if (page.Value.Next is not { } next)
            {
                return new TagList(order.ToImmutable());
            }

            // Pages without a new tag never end.
            if (order.Count == before || order.Count > MostTags || !question.Inquiry.Origin.IsAt(next))
            {
                return question.Inquiry.Invalid(
                    order.Count == before ? "its pages go in a circle"
                    : order.Count > MostTags ? $"it has more than {MostTags} tags"
                    : "its next page is on another server"
                );
            }

            question = question with { Url = next };
        }
    }

    public void Dispose() => exchange.Dispose();

    private static Attempt<Digest> Claimed(Inquiry inquiry, Reply reply) =>
        Digest.TryParse(reply.Line(DigestHeader) ?? "", out var digest) ? new(digest) : new(inquiry.Invalid("it does not say the digest"));

    private static async Task<Attempt<Digest>> ComputeAsync(Inquiry inquiry, Reply reply)
    {
        var (bytes, actual) = await reply.ReadAsync(LongestDocument).ConfigureAwait(false);
        var failure = Digest.TryParse(reply.Line(DigestHeader) ?? actual, out var claimed) ? Wrong(inquiry, bytes, actual, claimed) : null;
        return failure is not null ? new(failure)
            : DocumentReader.Read(Parse(actual), bytes, out var problem) is { } document ? new(document.Digest)
            : new(inquiry.Invalid(problem!));
    }

    private static RegistryFailure? Wrong(Inquiry inquiry, byte[]? bytes, string actual, Digest expected) =>
        bytes is null ? inquiry.Invalid($"the manifest is longer than {LongestDocument} bytes")
        : actual != expected.Text ? inquiry.Invalid($"its bytes have the digest {actual} and not {expected}")
        : null;

    private static async Task<Attempt<TagPage>> ReadPageAsync(Question question, Reply reply)
    {
        var (bytes, _) = await reply.ReadAsync(LongestTagPage).ConfigureAwait(false);
        if (bytes is null)
        {
            return new(question.Inquiry.Invalid($"a page is longer than {LongestTagPage} bytes"));
        }

        try
        {
            var tags = JsonSerializer.Deserialize(bytes, OciJson.Default.TagPage)?.Tags ?? [];
            var link = LinkHeader.Next(reply.Lines("Link"));
            return link is null ? new(new TagPage([.. tags.OfType<string>()], null))
                : Uri.TryCreate(question.Url, link, out var next) ? new(new TagPage([.. tags.OfType<string>()], next))
                : new(question.Inquiry.Invalid("the address of its next page cannot be read"));
        }
        catch (JsonException)
        {
            return new(question.Inquiry.Invalid("it is not the JSON of a list of tags"));
        }
    }

    private static Digest Parse(string text) => Digest.TryParse(text, out var digest) ? digest : throw new FormatException(text);

    private Question Ask(Repository repository, string asked, string rest, HttpMethod method)
    {
        var access = options.Registries.GetValueOrDefault(repository.Host);
        var origin = Http.Origin.Of(repository, access);
        return new(new(repository, origin, asked), access, method, origin.At(rest));
    }

    /// <summary>One page, and where the next one is.</summary>
    private sealed record TagPage(ImmutableArray<string> Tags, Uri? Next);
}
