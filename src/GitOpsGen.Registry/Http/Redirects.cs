using System.Net.Http.Headers;

namespace GitOpsGen.Registry.Http;

/// <summary>Sends a request and follows redirects. The credential goes to the registry only.</summary>
internal static class Redirects
{
    private const int Most = 5;

    /// <summary>The response at the end, which the caller disposes.</summary>
    public static async Task<RegistryResult<RegistryResponse>> FollowAsync(
        HttpConnections connections,
        RequestTry current,
        AuthenticationHeaderValue? authorization
    )
    {
        var request = current.Request;
        var url = request.Url;
        for (var redirects = 0; redirects <= Most; redirects++)
        {
            using var message = request.ToMessage(url, request.Endpoint.IsAt(url) ? authorization : null);
            var response = await connections.SendAsync(message, current).ConfigureAwait(false);
            if ((int)response.Status is not (301 or 302 or 303 or 307 or 308))
                return response;

            using (response)
            {
                if (response.Line("Location") is not { } location || !Uri.TryCreate(url, location, out var next) || !request.Endpoint.Allows(next))
                    return request.Invalid($"{current.Authority} redirects to what is not an HTTPS address");

                url = next;
            }
        }

        return request.Invalid($"it redirects more than {Most} times");
    }
}
