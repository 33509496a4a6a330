using System.Net;
using System.Net.Http.Headers;

namespace GitOpsGen.Registry.Http;

/// <summary>The head of a response; its body is still to come. Disposing it lets the next request to the host begin.</summary>
internal sealed class RegistryResponse(HttpResponseMessage response, IDisposable slot, TimeSpan silence, CancellationToken time) : IDisposable
{
    /// <summary>What was asked, after redirects.</summary>
    public Uri Url => response.RequestMessage!.RequestUri!;

    public HttpStatusCode Status => response.StatusCode;

    public RetryConditionHeaderValue? RetryAfter => response.Headers.RetryAfter;

    /// <summary>What the sender's clock says.</summary>
    public DateTimeOffset? Date => response.Headers.Date;

    /// <summary>The end of the time for it, or the user's cancellation.</summary>
    public CancellationToken Time => time;

    /// <summary>The lines of a header as they were sent.</summary>
    public IEnumerable<string> Lines(string name) => response.Headers.NonValidated.TryGetValues(name, out var lines) ? lines : [];

    /// <summary>The only line of a header.</summary>
    public string? Line(string name) => Lines(name).ToArray() is [var only] ? only : null;

    /// <summary>The body, of at most so many bytes.</summary>
    public async Task<BodyStream> OpenAsync(long limit) =>
        new(await response.Content.ReadAsStreamAsync(time).ConfigureAwait(false), limit, silence, time);

    /// <summary>The whole body and its digest; no bytes where it is longer than allowed.</summary>
    public async Task<(byte[]? Bytes, string Digest)> ReadAsync(int limit)
    {
        using var body = await OpenAsync(limit).ConfigureAwait(false);
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, time).ConfigureAwait(false);
        var digest = await body.FinishAsync().ConfigureAwait(false);
        return (body.IsTooLong ? null : bytes.ToArray(), digest);
    }

    public void Dispose()
    {
        response.Dispose();
        slot.Dispose();
    }
}
