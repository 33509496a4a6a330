using System.Net.Http.Headers;
using GitOpsGen.Registry.Oci;

namespace GitOpsGen.Registry.Http;

/// <summary>What is asked about a repository, and how its failures are reported.</summary>
/// <param name="Repository">The repository by its upstream name.</param>
/// <param name="Endpoint">Where it is asked.</param>
/// <param name="Asked">In words; see <see cref="RegistryFailure.Asked"/>.</param>
/// <param name="Url">The first address; redirects may lead to others.</param>
internal sealed record RegistryRequest(Repository Repository, Endpoint Endpoint, string Asked, Uri Url)
{
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>Whether a manifest is asked for, so that its media types are named.</summary>
    public bool WantsManifest { get; init; }

    public RegistryFailure NotFound(string cause) => new(FailureKind.NotFound, Repository, Asked, cause);

    public RegistryFailure Refused(string cause) => new(FailureKind.Refused, Repository, Asked, cause);

    public RegistryFailure Unreachable(string cause) => new(FailureKind.Unreachable, Repository, Asked, cause);

    /// <summary>The answer began and did not end: nothing is known, and the next one may be whole.</summary>
    public RegistryFailure CutOff(string cause) => Unreachable(cause) with { MayRetry = true };

    public RegistryFailure Invalid(string cause) => new(FailureKind.InvalidResponse, Repository, Asked, cause);

    public HttpRequestMessage ToMessage(Uri url, AuthenticationHeaderValue? authorization)
    {
        var message = new HttpRequestMessage(Method, url);
        message.Headers.Authorization = authorization;
        foreach (var type in WantsManifest ? MediaTypes.Manifests : [])
            message.Headers.Accept.Add(new(type));

        return message;
    }
}

/// <summary>One try of a request: everything that is sent for it, to the registry, its token server and its blob store.</summary>
/// <param name="Request">The request.</param>
/// <param name="Cancellation">The user's cancellation and the end of the time for the question.</param>
internal sealed record RequestTry(RegistryRequest Request, CancellationToken Cancellation)
{
    /// <summary>The server that is asked at the moment, for messages.</summary>
    public string Authority { get; set; } = Request.Endpoint.Authority;
}
