using System.Text.Json;
using GitOpsGen.Registry.Http;

namespace GitOpsGen.Registry.Authentication;

/// <summary>
/// Gets a token for a repository from the server that the registry names (https://distribution.github.io/distribution/spec/auth/token/ and
/// /oauth/).
/// </summary>
internal sealed class TokenServer(HttpConnections connections, RetryPolicy retries)
{
    private const int LongestResponse = 1024 * 1024;
    private const double DefaultLifetime = 60; // seconds, by the specification
    private const double Margin = 0.9; // so that a token does not expire on its way

    public async Task<RegistryResult<Authorization>> GetTokenAsync(RequestTry current, Challenge challenge, Credential? credential)
    {
        var request = current.Request;
        if (!Uri.TryCreate(challenge["realm"], UriKind.Absolute, out var realm) || !request.Endpoint.Allows(realm))
            return request.Refused($"it sends logins to '{Excerpt.Of(realm?.Authority ?? "")}', which is not an HTTPS address");

        using var message = Message(realm, challenge, request.Endpoint, credential);
        using var response = await connections.SendAsync(message, current).ConfigureAwait(false);
        if (retries.FailureOf(current, response) is { } failure)
        {
            // A token server that does not know the user or the page has refused, whatever its status for that is.
            return failure.IsUnknown ? failure : request.Refused(failure.Cause);
        }

        var (bytes, _) = await response.ReadAsync(LongestResponse).ConfigureAwait(false);
        if (bytes is not null && CutOffJson.Is(bytes))
            return request.CutOff($"the token that {current.Authority} gave ends in the middle");

        return Read(bytes) is { } answer && (answer.Token ?? answer.AccessToken) is { } token && Credential.IsHeaderText(token)
            ? new Authorization(new(Challenge.Bearer, token), TimeSpan.FromSeconds(Math.Clamp(answer.ExpiresIn ?? DefaultLifetime, 0, 1e6) * Margin))
            : request.Invalid($"the token server {current.Authority} gave no token");
    }

    private static HttpRequestMessage Message(Uri realm, Challenge challenge, Endpoint endpoint, Credential? credential)
    {
        var fields = Fields(challenge, endpoint).ToList();
        if (credential?.ToRefreshField() is { } refresh)
        {
            fields = [.. fields, refresh, new("grant_type", "refresh_token"), new("client_id", "gitopsgen")];
            return new(HttpMethod.Post, realm) { Content = new FormUrlEncodedContent(fields) };
        }

        var query = string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        var url = new UriBuilder(realm) { Query = realm.Query.Length > 1 ? $"{realm.Query}&{query}" : query };
        return new(HttpMethod.Get, url.Uri) { Headers = { Authorization = credential?.ToBasic() } };
    }

    private static IEnumerable<KeyValuePair<string, string>> Fields(Challenge challenge, Endpoint endpoint)
    {
        if (challenge["service"] is { Length: > 0 } service)
            yield return new("service", service);

        var scopes = challenge["scope"] is { Length: > 0 } wanted ? wanted : $"repository:{endpoint.Path}:pull";
        foreach (var scope in scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            yield return new("scope", scope);
    }

    private static CredentialFields.TokenResponse? Read(byte[]? bytes)
    {
        try
        {
            return bytes is null ? null : JsonSerializer.Deserialize(bytes, CredentialJson.Default.TokenResponse);
        }
        catch (JsonException)
        {
            return null; // the exception's text may quote the token
        }
    }
}
