using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GitOpsGen.Registry.Http;

/// <summary>The connections: one pool for the machine's own trust, and one for each private authority.</summary>
internal sealed class Handlers(TimeLimits limits) : IDisposable
{
    private readonly HttpClient common = Create(limits, null);
    private readonly ConcurrentDictionary<X509Certificate2Collection, Lazy<HttpClient>> own = new(ReferenceEqualityComparer.Instance);

    public HttpClient For(RegistryAccess? access) =>
        access?.Authorities is { } authorities ? own.GetOrAdd(authorities, trusted => new(() => Create(limits, trusted))).Value : common;

    public void Dispose()
    {
        common.Dispose();
        foreach (var client in own.Values)
        {
            client.Value.Dispose();
        }
    }

    /// <summary>Redirects are followed by <see cref="Exchange"/>, which knows who may see the credential.</summary>
    private static HttpClient Create(TimeLimits limits, X509Certificate2Collection? authorities)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = limits.Connect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ResponseDrainTimeout = TimeSpan.Zero,
            Proxy = new LoopbackIsDirect(HttpClient.DefaultProxy),
        };
        if (authorities is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors == SslPolicyErrors.None
                || (
                    errors == SslPolicyErrors.RemoteCertificateChainErrors
                    && certificate is not null
                    && IsSigned(new(certificate), chain, authorities)
                );
        }

        return new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>
    /// Beside the machine's authorities, not instead of them: a private registry may redirect to a public store. The name is checked by
    /// the framework before.
    /// </summary>
    private static bool IsSigned(X509Certificate2 certificate, X509Chain? sent, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // a private authority seldom publishes lists
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1")); // for servers
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainElements.Select(element => element.Certificate).ToArray() ?? []);

        return chain.Build(certificate);
    }
}
