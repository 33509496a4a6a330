using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace GitOpsGen.Registry.Http;

/// <summary>Where the API of a repository is, after aliases and proxies.</summary>
/// <param name="Api">The address of the API: ends with <c>/v2/</c>.</param>
/// <param name="Path">The repository's path there, the proxy's prefix included.</param>
/// <param name="CredentialName">The host and path that credentials are looked up for: those of the server that gets them.</param>
internal sealed record Endpoint(Uri Api, string Path, string CredentialName)
{
    private const string Version = "v2";

    /// <summary>The names of Docker's hub; its API is at another host.</summary>
    private static readonly string[] DockerHub = ["docker.io", "index.docker.io", "registry-1.docker.io"];

    /// <summary>Certificate authorities that are trusted there beside the machine's.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>The host, and its port where that is not the scheme's own.</summary>
    public string Authority => Api.Authority;

    public static Endpoint Of(Repository repository, RegistryConnection? connection)
    {
        var endpoint = connection?.Endpoint is { } proxy ? Behind(proxy, repository) : Upstream(repository, connection?.Authorities is not null);
        return endpoint with { Authorities = connection?.Authorities };
    }

    /// <summary>An address of this repository's API.</summary>
    public Uri At(string rest) => new(Api, $"{Path}/{rest}");

    /// <summary>Whether a URL may be asked on behalf of this registry: TLS, or the same machine for a registry of this machine.</summary>
    public bool Allows(Uri url) =>
        url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && Api.Scheme == Uri.UriSchemeHttp && IsLoopback(url.Authority));

    /// <summary>Whether a URL is at the same server, so that it may get the same credential.</summary>
    public bool IsAt(Uri url) => url.Scheme == Api.Scheme && url.Authority == Authority;

    /// <summary><c>127.0.0.1</c>, <c>::1</c> and <c>localhost</c>, with or without a port.</summary>
    public static bool IsLoopback(string authority) =>
        Uri.TryCreate($"{Uri.UriSchemeHttp}://{authority}/", UriKind.Absolute, out var url)
        && (url.Host == "localhost" || (IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address)));

    private static Endpoint Upstream(Repository repository, bool hasAuthorities)
    {
        if (DockerHub.Contains(repository.Host))
        {
            var path = repository.Path.Contains('/', StringComparison.Ordinal) ? repository.Path : $"library/{repository.Path}";
            return new(new("https://registry-1.docker.io/v2/"), path, $"docker.io/{path}");
        }

        // Plain HTTP is safe on the machine itself only; a host that has an authority speaks TLS there too.
        var scheme = IsLoopback(repository.Host) && !hasAuthorities ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        return new(new($"{scheme}://{repository.Host}/{Version}/"), repository.Path, repository.ToString());
    }

    private static Endpoint Behind(Uri endpoint, Repository repository)
    {
        var root = endpoint.GetLeftPart(UriPartial.Authority);
        var segments = endpoint.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        var version = segments.IndexOf(Version);
        var before = version < 0 ? [] : segments[..version];
        var prefix = segments[(version + 1)..];
        var path = string.Join('/', [.. prefix, repository.Path]);
        var credential = string.Join('/', [endpoint.Authority, .. before, path]);
        return new(new($"{root}/{string.Join('/', [.. before, Version])}/"), path, credential);
    }
}
