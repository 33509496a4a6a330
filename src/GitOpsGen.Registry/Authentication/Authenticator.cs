using System.Collections.Concurrent;
using System.Net.Http.Headers;
using GitOpsGen.Registry.Http;

namespace GitOpsGen.Registry.Authentication;

/// <summary>Answers challenges, and remembers the answer for a repository until it expires.</summary>
internal sealed class Authenticator(CredentialStore credentials, TokenServer tokens, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Memory> repositories = new(StringComparer.Ordinal);

    /// <summary>The header that a repository accepted last, while it is valid.</summary>
    public AuthenticationHeaderValue? Known(Endpoint endpoint) => Of(endpoint).Header(time.GetUtcNow());

    /// <summary>Answers a challenge. Concurrent requests to one repository share one token.</summary>
    /// <param name="current">The try that the registry challenged.</param>
    /// <param name="challenges">What the registry offers.</param>
    /// <param name="rejected">The header that it has just not accepted.</param>
    public async Task<RegistryResult<Authorization>> AnswerAsync(
        RequestTry current,
        ImmutableArray<Challenge> challenges,
        AuthenticationHeaderValue? rejected
    )
    {
        var memory = Of(current.Request.Endpoint);
        await memory.Gate.WaitAsync(current.Cancellation).ConfigureAwait(false);
        try
        {
            if (memory.Header(time.GetUtcNow()) is { } known && !ReferenceEquals(known, rejected))
                return new Authorization(known);

            var login = await LogInAsync(current, challenges).ConfigureAwait(false);
            memory.Keep(login.Value, time.GetUtcNow());
            return login;
        }
        finally
        {
            memory.Gate.Release();
        }
    }

    public void Dispose()
    {
        foreach (var memory in repositories.Values)
            memory.Gate.Dispose();
    }

    private async Task<RegistryResult<Authorization>> LogInAsync(RequestTry current, ImmutableArray<Challenge> challenges)
    {
        var request = current.Request;
        var (credential, problem) = await credentials.FindAsync(request.Endpoint.CredentialName, current.Cancellation).ConfigureAwait(false);
        problem ??= "no credential is configured for it";
        if (credential?.ToBearer() is { } ready)
            return new Authorization(ready);

        if (challenges.FirstOrDefault(c => c.Is(Challenge.Bearer) && c["realm"] is not null) is { } bearer)
        {
            var token = await tokens.GetTokenAsync(current, bearer, credential).ConfigureAwait(false);
            return token.Failure is { Kind: FailureKind.Refused } failure && credential is null
                ? failure with
                {
                    Cause = $"{failure.Cause}, and {problem}",
                }
                : token;
        }

        if (!challenges.Any(c => c.Is(Challenge.Basic)))
            return request.Refused("it wants a login of a kind that is neither Basic nor Bearer");

        return credential?.ToBasic() is { } basic ? new Authorization(basic) : request.Refused($"it wants a login, and {problem}");
    }

    private Memory Of(Endpoint endpoint) => repositories.GetOrAdd($"{endpoint.Api}{endpoint.Path}", _ => new());

    /// <summary>What one repository accepted.</summary>
    private sealed class Memory
    {
        private volatile Kept? kept;

        public SemaphoreSlim Gate { get; } = new(1);

        public AuthenticationHeaderValue? Header(DateTimeOffset now) =>
            kept is { } last && (last.Until is null || now < last.Until) ? last.Header : null;

        public void Keep(Authorization? login, DateTimeOffset now) => kept = login is null ? null : new(login.Header, now + login.Lifetime);

        private sealed record Kept(AuthenticationHeaderValue Header, DateTimeOffset? Until);
    }
}

/// <summary>A header that answers a challenge.</summary>
/// <param name="Header">The header.</param>
/// <param name="Lifetime">How long it is valid; <see langword="null"/>: as long as we run.</param>
internal sealed record Authorization(AuthenticationHeaderValue Header, TimeSpan? Lifetime = null);
