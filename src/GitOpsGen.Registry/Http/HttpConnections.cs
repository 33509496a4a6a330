using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GitOpsGen.Registry.Http;

/// <summary>Sends single requests over pooled connections, a limited number per host at a time, each with a time limit and our user agent.</summary>
internal sealed class HttpConnections(RegistryOptions options) : IDisposable
{
    private readonly HttpClients clients = new(options.Limits);
    private readonly HostSlots slots = new(options.RequestsPerHost);

    /// <summary>Sends a request and waits for the head of its response.</summary>
    /// <exception cref="OperationCanceledException">The user's cancellation, or no response in time.</exception>
    /// <exception cref="HostNotListedException">The settings do not allow the connection.</exception>
    public async Task<RegistryResponse> SendAsync(HttpRequestMessage request, RequestTry current)
    {
        RequireListed(current.Request, request.RequestUri!);
        current.Authority = request.RequestUri!.Authority;
        request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        var slot = await slots.EnterAsync(current.Authority, current.Cancellation).ConfigureAwait(false);
        try
        {
            using var head = CancellationTokenSource.CreateLinkedTokenSource(current.Cancellation);
            head.CancelAfter(options.Limits.Response);
            var response = await clients
                .For(current.Request.Endpoint.Authorities)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, head.Token)
                .ConfigureAwait(false);
            Tell(request, current, $"{(int)response.StatusCode}");
            return new(response, slot, options.Limits.Silence, current.Cancellation);
        }
        catch
        {
            Tell(request, current, "no answer");
            slot.Dispose();
            throw;
        }
    }

    // The only place where a connection begins: of a registry, of the store that it redirects to, of the server that gives tokens for it.
    private void RequireListed(RegistryRequest asked, Uri url)
    {
        if (options.OnlyHosts is not { } hosts)
            return;

        if (!hosts.Contains(asked.Repository.Host))
            throw new HostNotListedException(asked, asked.Repository.Host);

        if (!asked.Endpoint.IsAt(url) && !hosts.Contains(url.Authority))
            throw new HostNotListedException(asked, url.Authority);
    }

    // Paths and queries of blob stores and token servers may be secrets themselves; the registry's are ours.
    private void Tell(HttpRequestMessage request, RequestTry current, string outcome)
    {
        var url = request.RequestUri!;
        options.Trace?.Invoke(
            $"{request.Method} {url.Scheme}://{url.Authority}{(current.Request.Endpoint.IsAt(url) ? url.AbsolutePath : "")}: {outcome}"
        );
    }

    public void Dispose()
    {
        clients.Dispose();
        slots.Dispose();
    }
}

/// <summary>One connection pool for the machine's own trust, and one for each private authority.</summary>
internal sealed class HttpClients(TimeLimits limits) : IDisposable
{
    private readonly HttpClient common = Create(limits, null);
    private readonly ConcurrentDictionary<X509Certificate2Collection, Lazy<HttpClient>> own = new(ReferenceEqualityComparer.Instance);

    public HttpClient For(X509Certificate2Collection? authorities) =>
        authorities is null ? common : own.GetOrAdd(authorities, trusted => new(() => Create(limits, trusted))).Value;

    public void Dispose()
    {
        common.Dispose();
        foreach (var client in own.Values)
            client.Value.Dispose();
    }

    /// <summary>Redirects are followed by <see cref="Redirects"/>, which know who may see the credential.</summary>
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
    /// Beside the machine's authorities, not instead of them: a private registry may redirect to a public store. The framework has
    /// checked the name before.
    /// </summary>
    private static bool IsSigned(X509Certificate2 certificate, X509Chain? sent, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // private authorities seldom publish revocation lists
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1")); // for servers
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainElements.Select(element => element.Certificate).ToArray() ?? []);

        return chain.Build(certificate);
    }
}

/// <summary>The machine's proxy variables, but never for the machine itself, which no proxy can reach.</summary>
internal sealed class LoopbackIsDirect(IWebProxy machine) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => machine.Credentials;
        set => throw new NotSupportedException();
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : machine.GetProxy(destination);

    public bool IsBypassed(Uri host) => Endpoint.IsLoopback(host.Authority) || machine.IsBypassed(host);
}

/// <summary>Limits how many requests a host gets at a time. Nobody holds two slots, so there is no deadlock.</summary>
internal sealed class HostSlots(int perHost) : IDisposable
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> hosts = new(StringComparer.Ordinal);

    /// <summary>Waits for a slot; disposing the result frees it.</summary>
    public async Task<IDisposable> EnterAsync(string authority, CancellationToken cancellation)
    {
        var slots = hosts.GetOrAdd(authority, _ => new(perHost));
        await slots.WaitAsync(cancellation).ConfigureAwait(false);
        return new Slot(slots);
    }

    public void Dispose()
    {
        foreach (var slots in hosts.Values)
            slots.Dispose();
    }

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
