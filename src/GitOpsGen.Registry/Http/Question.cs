using System.Net.Http.Headers;
using GitOpsGen.Registry.Oci;

namespace GitOpsGen.Registry.Http;

/// <summary>A request, before it is known to whom it goes and with which credential.</summary>
internal sealed record Question(Inquiry Inquiry, RegistryAccess? Access, HttpMethod Method, Uri Url)
{
    /// <summary>Whether it is a manifest that is asked for, so that its types are named.</summary>
    public bool WantsDocument { get; init; }

    public HttpRequestMessage ToRequest(Uri url, AuthenticationHeaderValue? authorization)
    {
        var request = new HttpRequestMessage(Method, url);
        request.Headers.Authorization = authorization;
        foreach (var type in WantsDocument ? MediaTypes.Documents : [])
        {
            request.Headers.Accept.Add(new(type));
        }

        return request;
    }
}
