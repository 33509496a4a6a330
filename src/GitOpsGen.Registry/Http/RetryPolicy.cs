using Polly;
using Polly.Retry;

namespace GitOpsGen.Registry.Http;

/// <summary>
/// When a request is sent again: after 408, 429 and the errors of servers that pass, and after a broken connection. The wait grows
/// exponentially, with jitter; where the registry says <c>Retry-After</c>, it is that long.
/// </summary>
internal sealed class RetryPolicy
{
    private readonly RegistryOptions options;
    private readonly TimeProvider time;
    private readonly ResiliencePipeline pipeline;

    /// <param name="options">How often, and how long at most.</param>
    /// <param name="time">The clock that waits.</param>
    public RetryPolicy(RegistryOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = tried => ValueTask.FromResult(tried.Outcome.Result is RegistryResult { Failure.MayRetry: true }),
                    MaxRetryAttempts = Math.Max(1, options.Retries),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = TimeSpan.FromMilliseconds(500),
                    MaxDelay = TimeSpan.FromSeconds(10),
                    DelayGenerator = tried => ValueTask.FromResult((tried.Outcome.Result as RegistryResult)?.Failure?.RetryAfter),
                }
            )
            .Build();
    }

    /// <summary>Tries, until there is a result or no other try may help.</summary>
    public async Task<RegistryResult<T>> ExecuteAsync<T>(Func<CancellationToken, Task<RegistryResult<T>>> attempt, CancellationToken cancellation)
        where T : class => await pipeline.ExecuteAsync(async token => await attempt(token).ConfigureAwait(false), cancellation).ConfigureAwait(false);

    /// <summary>The failure that a response means; <see langword="null"/> for a success.</summary>
    /// <param name="current">The try that the response ends.</param>
    /// <param name="response">The response.</param>
    /// <param name="code">The registry's own code for it, where it sent one.</param>
    public RegistryFailure? FailureOf(RequestTry current, RegistryResponse response, string? code = null)
    {
        var status = (int)response.Status;
        var cause = $"{current.Authority} answers {status}{(code is null ? "" : $" {code}")}";
        return status switch
        {
            200 => null,
            401 or 403 => current.Request.Refused(cause),
            404 => current.Request.NotFound(cause),
            408 or 429 or 500 or 502 or 503 or 504 => Temporary(current.Request, cause, response),
            _ => current.Request.Invalid(cause),
        };
    }

    private RegistryFailure Temporary(RegistryRequest request, string cause, RegistryResponse response)
    {
        // A date is one of the registry's clock, and ours may be wrong.
        var header = response.RetryAfter;
        if ((header?.Delta ?? header?.Date - (response.Date ?? time.GetUtcNow())) is not { } wait || wait < TimeSpan.Zero)
            return request.Unreachable(cause) with { MayRetry = true };

        var asked = string.Create(CultureInfo.InvariantCulture, $" and asks to be left alone for {wait.TotalSeconds:0} seconds");
        return request.Unreachable(cause + asked) with { MayRetry = wait <= options.LongestWait, RetryAfter = wait };
    }
}
