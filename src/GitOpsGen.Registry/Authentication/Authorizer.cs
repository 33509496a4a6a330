using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.Http.Headers;
using GitOpsGen.Registry.Http;

namespace GitOpsGen.Registry.Authentication;

/// <summary>Answers challenges, and remembers the answer for a repository until it expires.</summary>
internal sealed class Authorizer(CredentialStore credentials, TokenServer tokens, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Memory> repositories = new(StringComparer.Ordinal);

    /// <summary>The header that a repository accepted last, while it is good.</summary>
    public AuthenticationHeaderValue? Known(Origin origin) => Of(origin).Header(time.GetUtcNow());

    /// <summary>Answers a challenge. Several who ask about one repository at a time share one token.</summary>
    /// <param name="conversation">What is asked.</param>
    /// <param name="challenges">What the registry offers.</param>
    /// <param name="rejected">The header that it has just not accepted.</param>
    public async Task<Grant> AnswerAsync(Conversation conversation, ImmutableArray<Challenge> challenges, AuthenticationHeaderValue? rejected)
    {
        var memory = Of(conversation.Inquiry.Origin);
        await memory.Gate.WaitAsync(conversation.Time).ConfigureAwait(false);
        try
        {
            if (memory.Header(time.GetUtcNow()) is { } known && !ReferenceEquals(known, rejected))
            {
                return Grant.Of(known);
            }

            var grant = await AskAsync(conversation, challenges).ConfigureAwait(false);
            memory.Keep(grant.Header, time.GetUtcNow() + grant.Lifetime);
            return grant;
        }
        finally
        {
            memory.Gate.Release();
        }
    }

    public void Dispose()
    {
        foreach (var memory in repositories.Values)
        {
            memory.Gate.Dispose();
        }
    }

    private async Task<Grant> AskAsync(Conversation conversation, ImmutableArray<Challenge> challenges)
    {
        var inquiry = conversation.Inquiry;
        var (credential, problem) = await credentials.FindAsync(inquiry.Origin.CredentialName, conversation.Time).ConfigureAwait(false);
        if (credential?.ToBearer() is { } ready)
        {
            return Grant.Of(ready);
        }

        if (challenges.FirstOrDefault(c => c.Is(Challenge.Bearer) && c["realm"] is not null) is { } bearer)
        {
            var grant = await tokens.AskAsync(conversation, bearer, credential).ConfigureAwait(false);
            return grant.Failed?.Answer.Failure is { Kind: FailureKind.Refused } failure && credential is null
                ? Grant.None(failure with { Cause = $"{failure.Cause}, and {problem ?? "no credential is configured for it"}" })
                : grant;
        }

        if (!challenges.Any(c => c.Is(Challenge.Basic)))
        {
            return Grant.None(inquiry.Refused("it wants a login of a kind that is neither Basic nor Bearer"));
        }

        return credential?.ToBasic() is { } basic
            ? Grant.Of(basic)
            : Grant.None(inquiry.Refused($"it wants a login, and {problem ?? "no credential is configured for it"}"));
    }

    private Memory Of(Origin origin) => repositories.GetOrAdd($"{origin.Api}{origin.Path}", _ => new());

    /// <summary>What one repository accepted.</summary>
    private sealed class Memory
    {
        private volatile Kept? kept;

        public SemaphoreSlim Gate { get; } = new(1);

        public AuthenticationHeaderValue? Header(DateTimeOffset now) =>
            kept is { } last && (last.Until is null || now < last.Until) ? last.Header : null;

        public void Keep(AuthenticationHeaderValue? header, DateTimeOffset? until) => kept = header is null ? null : new(header, until);

        private sealed record Kept(AuthenticationHeaderValue Header, DateTimeOffset? Until);
    }
}
