namespace GitOpsGen.Registry.Http;

/// <summary>Sends single requests: connections, the bound on requests per host, the time for an answer, the name that we go by.</summary>
internal sealed class Transport(RegistryOptions options) : IDisposable
{
    private readonly Handlers handlers = new(options.Limits);
    private readonly HostSlots slots = new(options.RequestsPerHost);

    /// <summary>Sends a request and waits for the head of its answer.</summary>
    /// <exception cref="OperationCanceledException">The user's cancellation, or no answer in time.</exception>
    public async Task<Reply> SendAsync(HttpRequestMessage request, Conversation conversation)
    {
        conversation.Authority = request.RequestUri!.Authority;
        request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        var slot = await slots.EnterAsync(conversation.Authority, conversation.Time).ConfigureAwait(false);
        try
        {
            using var head = CancellationTokenSource.CreateLinkedTokenSource(conversation.Time);
            head.CancelAfter(options.Limits.Answer);
            var response = await handlers
                .For(conversation.Access)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, head.Token)
                .ConfigureAwait(false);
            Tell(request, conversation, $"{(int)response.StatusCode}");
            return new(response, slot, options.Limits.Silence, conversation.Time);
        }
        catch
        {
            Tell(request, conversation, "no answer");
            slot.Dispose();
            throw;
        }
    }

    // The paths and queries of stores and token servers may be keys themselves; those of the registry are ours.
    private void Tell(HttpRequestMessage request, Conversation conversation, string outcome)
    {
        var url = request.RequestUri!;
        options.Trace?.Invoke(
            $"{request.Method} {url.Scheme}://{url.Authority}{(conversation.Inquiry.Origin.IsAt(url) ? url.AbsolutePath : "")}: {outcome}"
        );
    }

    public void Dispose()
    {
        handlers.Dispose();
        slots.Dispose();
    }
}
