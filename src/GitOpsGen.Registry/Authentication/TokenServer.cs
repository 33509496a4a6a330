using System.Text.Json;
using GitOpsGen.Diagnostics;
using GitOpsGen.Registry.Http;
using Origin = GitOpsGen.Registry.Http.Origin;

namespace GitOpsGen.Registry.Authentication;

/// <summary>
/// Gets a token for a repository from where the registry sends us (https://distribution.github.io/distribution/spec/auth/token/ and
/// /oauth/).
/// </summary>
internal sealed class TokenServer(Transport transport, RegistryOptions options, TimeProvider time)
{
    private const int LongestAnswer = 1024 * 1024;
    private const double DefaultLifetime = 60; // seconds, by the specification
    private const double Margin = 0.9; // so that a token does not end on its way

    public async Task<Grant> AskAsync(Conversation conversation, Challenge challenge, Credential? credential)
    {
        var inquiry = conversation.Inquiry;
        if (!Uri.TryCreate(challenge["realm"], UriKind.Absolute, out var realm) || !inquiry.Origin.Allows(realm))
        {
            return Grant.None(inquiry.Refused($"it sends logins to '{Excerpt.Of(realm?.Authority ?? "")}', which is no HTTPS address"));
        }

        using var request = Request(realm, challenge, inquiry.Origin, credential);
        using var reply = await transport.SendAsync(request, conversation).ConfigureAwait(false);
        var advice = RetryAdvice.Of(reply.RetryAfter, time.GetUtcNow(), options.LongestWait);
        if (conversation.Refusal<Grant>(reply, advice, null) is { } refusal)
        {
            // A token server that knows no such user or page has refused, whatever its number for that is.
            return Grant.None(refusal.Answer.Failure!.IsUnknown ? refusal : new(inquiry.Refused(refusal.Answer.Failure.Cause)));
        }

        var (bytes, _) = await reply.ReadAsync(LongestAnswer).ConfigureAwait(false);
        return Read(bytes) is { } answer && (answer.Token ?? answer.AccessToken) is { } token && HeaderText.IsSafe(token)
            ? Grant.Of(new(Challenge.Bearer, token), TimeSpan.FromSeconds(Math.Clamp(answer.ExpiresIn ?? DefaultLifetime, 0, 1e6) * Margin))
            : Grant.None(inquiry.Invalid($"the token server {conversation.Authority} gave no token"));
    }

    private static HttpRequestMessage Request(Uri realm, Challenge challenge, Origin origin, Credential? credential)
    {
        var fields = Fields(challenge, origin).ToList();
        if (credential?.ToRefreshField() is { } refresh)
        {
            fields = [.. fields, refresh, new("grant_type", "refresh_token"), new("client_id", "gitopsgen")];
            return new(HttpMethod.Post, realm) { Content = new FormUrlEncodedContent(fields) };
        }

        var query = string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        var url = new UriBuilder(realm) { Query = realm.Query.Length > 1 ? $"{realm.Query}&{query}" : query };
        return new(HttpMethod.Get, url.Uri) { Headers = { Authorization = credential?.ToBasic() } };
    }

    private static IEnumerable<KeyValuePair<string, string>> Fields(Challenge challenge, Origin origin)
    {
        if (challenge["service"] is { Length: > 0 } service)
        {
            yield return new("service", service);
        }

        var scopes = challenge["scope"] is { Length: > 0 } wanted ? wanted : $"repository:{origin.Path}:pull";
        foreach (var scope in scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            yield return new("scope", scope);
        }
    }

    private static CredentialFields.TokenAnswer? Read(byte[]? bytes)
    {
        try
        {
            return bytes is null ? null : JsonSerializer.Deserialize(bytes, CredentialJson.Default.TokenAnswer);
        }
        catch (JsonException)
        {
            return null; // the exception's text may quote the token
        }
    }
}
