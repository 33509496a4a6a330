using System.Net.Http.Headers;
using GitOpsGen.Registry.Authentication;
using GitOpsGen.Registry.Oci;
using Polly;
using Polly.Retry;

namespace GitOpsGen.Registry.Http;

/// <summary>Asks a registry and sees it through: login, redirects, another try where that may help.</summary>
internal sealed class Exchange : IDisposable
{
    private const int MostRedirects = 5;
    private const int LongestError = 64 * 1024;

    private readonly RegistryOptions options;
    private readonly TimeProvider time;
    private readonly Transport transport;
    private readonly Authorizer authorizer;
    private readonly ResiliencePipeline<Attempt> retries;

    /// <param name="options">How to reach registries.</param>
    /// <param name="credentials">Who we are.</param>
    /// <param name="time">The clock that waits between tries and that tokens age by.</param>
    public Exchange(RegistryOptions options, CredentialStore credentials, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        transport = new(options);
        authorizer = new(credentials, new(transport, options, time), time);
        retries = new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions<Attempt>
                {
                    ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Result is { MayRetry: true }),
                    MaxRetryAttempts = Math.Max(1, options.Retries),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = TimeSpan.FromMilliseconds(500),
                    MaxDelay = TimeSpan.FromSeconds(10),
                    DelayGenerator = outcome => ValueTask.FromResult(outcome.Outcome.Result?.RetryAfter),
                }
            )
            .Build();
    }

    /// <summary>Asks, and hands a successful answer to <paramref name="read"/>, each time anew.</summary>
    /// <param name="question">What is sent, and where.</param>
    /// <param name="read">Reads the body. It may throw what the network explains.</param>
    /// <param name="cancellation">The user's.</param>
    public async Task<Answer<T>> AskAsync<T>(Question question, Func<Reply, Task<Attempt<T>>> read, CancellationToken cancellation)
        where T : class
    {
        var last = await retries
            .ExecuteAsync(async token => await TryAsync(question, read, token).ConfigureAwait(false), cancellation)
            .ConfigureAwait(false);
        return last.Answer;
    }

    public void Dispose()
    {
        authorizer.Dispose();
        transport.Dispose();
    }

    private async Task<Attempt<T>> TryAsync<T>(Question question, Func<Reply, Task<Attempt<T>>> read, CancellationToken cancellation)
        where T : class
    {
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        whole.CancelAfter(options.Limits.Whole);
        var conversation = new Conversation(question.Inquiry, question.Access, whole.Token);
        try
        {
            return await SpeakAsync(conversation, question, read).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(question.Inquiry.Unreachable($"{conversation.Authority} does not answer in time")) { MayRetry = true };
        }
        catch (Exception e) when (ConnectionFault.Explains(e))
        {
            var fault = ConnectionFault.Of(e, conversation.Authority);
            return new(fault.IsContent ? question.Inquiry.Invalid(fault.Cause) : question.Inquiry.Unreachable(fault.Cause))
            {
                MayRetry = fault.MayRetry,
            };
        }
    }

    /// <summary>At most two rounds: with what we have, and with what the registry then asks for.</summary>
    private async Task<Attempt<T>> SpeakAsync<T>(Conversation conversation, Question question, Func<Reply, Task<Attempt<T>>> read)
        where T : class
    {
        var known = authorizer.Known(question.Inquiry.Origin);
        var (attempt, challenges) = await FollowAsync(conversation, question, known, read).ConfigureAwait(false);
        if (challenges is not [_, ..])
        {
            return attempt;
        }

        var grant = await authorizer.AnswerAsync(conversation, [.. ChallengeParser.Parse(challenges)], known).ConfigureAwait(false);
        if (grant.Failed is { } failed)
        {
            return new(failed.Answer.Failure!) { MayRetry = failed.MayRetry, RetryAfter = failed.RetryAfter };
        }

        (attempt, challenges) = await FollowAsync(conversation, question, grant.Header, read).ConfigureAwait(false);
        return challenges is null ? attempt : new(question.Inquiry.Refused($"{question.Inquiry.Origin.Authority} does not accept the credential"));
    }

    /// <summary>Sends a request and follows redirects. The credential goes to the registry only.</summary>
    /// <returns>The end, and the registry's challenges where it wants to know who asks.</returns>
    private async Task<(Attempt<T> Attempt, string[]? Challenges)> FollowAsync<T>(
        Conversation conversation,
        Question question,
        AuthenticationHeaderValue? authorization,
        Func<Reply, Task<Attempt<T>>> read
    )
        where T : class
    {
        var url = question.Url;
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            var isRegistry = question.Inquiry.Origin.IsAt(url);
            using var request = question.ToRequest(url, isRegistry ? authorization : null);
            using var reply = await transport.SendAsync(request, conversation).ConfigureAwait(false);
            if ((int)reply.Status is not (301 or 302 or 303 or 307 or 308))
            {
                string[]? challenges = (int)reply.Status == 401 && isRegistry ? [.. reply.Lines("WWW-Authenticate")] : null;
                return (await EndAsync(conversation, reply, read).ConfigureAwait(false), challenges);
            }

            if (reply.Line("Location") is not { } location || !Uri.TryCreate(url, location, out var next) || !question.Inquiry.Origin.Allows(next))
            {
                return (new(question.Inquiry.Invalid($"{conversation.Authority} redirects to what is no HTTPS address")), null);
            }

            url = next;
        }

        return (new(question.Inquiry.Invalid($"it redirects more than {MostRedirects} times")), null);
    }

    private async Task<Attempt<T>> EndAsync<T>(Conversation conversation, Reply reply, Func<Reply, Task<Attempt<T>>> read)
        where T : class
    {
        if ((int)reply.Status == 200)
        {
            return await read(reply).ConfigureAwait(false);
        }

        var (error, _) = await reply.ReadAsync(LongestError).ConfigureAwait(false);
        var advice = RetryAdvice.Of(reply.RetryAfter, time.GetUtcNow(), options.LongestWait);
        return conversation.Refusal<T>(reply, advice, ErrorCode.Find(error))!;
    }
}
