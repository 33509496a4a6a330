using System.Net.Http.Headers;
using GitOpsGen.Registry.Authentication;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Oci;

namespace GitOpsGen.Registry;

/// <summary>Sends a request and sees it through: login, redirects, retries.</summary>
internal sealed class RequestSender : IDisposable
{
    private const int LongestError = 64 * 1024;

    private readonly RegistryOptions options;
    private readonly HttpConnections connections;
    private readonly RetryPolicy retries;
    private readonly Authenticator authenticator;

    /// <param name="options">How to reach registries.</param>
    /// <param name="credentials">Who we are.</param>
    /// <param name="time">The clock for waits between tries and for the age of tokens.</param>
    public RequestSender(RegistryOptions options, CredentialStore credentials, TimeProvider time)
    {
        this.options = options;
        connections = new(options);
        retries = new(options, time);
        authenticator = new(credentials, new(connections, retries), time);
    }

    /// <summary>Sends a request, and hands each successful response to <paramref name="read"/>.</summary>
    /// <param name="request">What is asked, and where.</param>
    /// <param name="read">Reads the body. It may throw what the network explains.</param>
    /// <param name="cancellation">The user's.</param>
    public Task<RegistryResult<T>> SendAsync<T>(
        RegistryRequest request,
        Func<RegistryResponse, Task<RegistryResult<T>>> read,
        CancellationToken cancellation
    )
        where T : class => WithinAsync(request, time => retries.ExecuteAsync(token => TryAsync(request, read, token), time), cancellation);

    /// <summary>Gives a question the time that one may take. What is not answered then is not asked again.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="ask">Asks it, in as many requests as it takes.</param>
    /// <param name="cancellation">The user's.</param>
    public async Task<RegistryResult<T>> WithinAsync<T>(
        RegistryRequest request,
        Func<CancellationToken, Task<RegistryResult<T>>> ask,
        CancellationToken cancellation
    )
        where T : class
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(options.Limits.Whole);
        try
        {
            return await ask(time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return request.Unreachable($"{request.Endpoint.Authority} does not answer in time");
        }
    }

    public void Dispose()
    {
        authenticator.Dispose();
        connections.Dispose();
    }

    private async Task<RegistryResult<T>> TryAsync<T>(
        RegistryRequest request,
        Func<RegistryResponse, Task<RegistryResult<T>>> read,
        CancellationToken cancellation
    )
        where T : class
    {
        var current = new RequestTry(request, cancellation);
        try
        {
            return await SendWithLoginAsync(current, read).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return request.Unreachable($"{current.Authority} does not answer in time") with { MayRetry = true };
        }
        catch (Exception e) when (ConnectionFault.Explains(e))
        {
            var fault = ConnectionFault.Of(e, current.Authority);
            return (fault.IsContent ? request.Invalid(fault.Cause) : request.Unreachable(fault.Cause)) with { MayRetry = fault.MayRetry };
        }
    }

    /// <summary>Sends at most twice: with what we have, and with what the registry then asks for.</summary>
    private async Task<RegistryResult<T>> SendWithLoginAsync<T>(RequestTry current, Func<RegistryResponse, Task<RegistryResult<T>>> read)
        where T : class
    {
        var endpoint = current.Request.Endpoint;
        var known = authenticator.Known(endpoint);
        var (result, challenges) = await SendOnceAsync(current, known, read).ConfigureAwait(false);
        if (challenges is not [_, ..])
            return result;

        var login = await authenticator.AnswerAsync(current, [.. ChallengeParser.Parse(challenges)], known).ConfigureAwait(false);
        if (!login.IsSuccess)
            return login.Failure;

        (result, challenges) = await SendOnceAsync(current, login.Value.Header, read).ConfigureAwait(false);
        return challenges is null ? result : current.Request.Refused($"{endpoint.Authority} does not accept the credential");
    }

    /// <returns>The result, and the registry's challenges where it asks for a login.</returns>
    private async Task<(RegistryResult<T> Result, string[]? Challenges)> SendOnceAsync<T>(
        RequestTry current,
        AuthenticationHeaderValue? authorization,
        Func<RegistryResponse, Task<RegistryResult<T>>> read
    )
        where T : class
    {
        var sent = await Redirects.FollowAsync(connections, current, authorization).ConfigureAwait(false);
        if (!sent.IsSuccess)
            return (sent.Failure, null);

        using var response = sent.Value;
        if ((int)response.Status == 200)
            return (await read(response).ConfigureAwait(false), null);

        string[]? challenges =
            (int)response.Status == 401 && current.Request.Endpoint.IsAt(response.Url) ? [.. response.Lines("WWW-Authenticate")] : null;
        var (error, _) = await response.ReadAsync(LongestError).ConfigureAwait(false);
        return (retries.FailureOf(current, response, OciError.Find(error))!, challenges);
    }
}
