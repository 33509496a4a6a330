namespace GitOpsGen.Registry.Authentication;

/// <summary>The keys under which registry credentials are filed, and their many spellings.</summary>
internal static class CredentialName
{
    private const string Hub = "docker.io";

    // How docker login files the hub.
    private const string HubKey = "https://index.docker.io/v1/";

    /// <summary>One spelling for a key: no scheme, no API version behind a host, no final slash, one name for Docker's hub.</summary>
    public static string Normalize(string key)
    {
        var name = key.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? key[(scheme + 3)..] : key;
        name = name.TrimEnd('/');
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? name : name[..slash];
        var path = slash < 0 || name[slash..] is "/v1" or "/v2" ? "" : name[slash..];
        return (host is "index.docker.io" or "registry-1.docker.io" ? Hub : host) + path;
    }

    /// <summary>A repository and all above it, the longest first: <c>host/a/b</c>, <c>host/a</c>, <c>host</c>.</summary>
    public static IEnumerable<string> FromLongest(string name)
    {
        for (; name.LastIndexOf('/') is var slash and >= 0; name = name[..slash])
        {
            yield return name;
        }

        yield return name;
    }

    /// <summary>What a credential helper wants to hear for a host.</summary>
    public static string ForHelper(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? name : name[..slash];
        return host == Hub ? HubKey : host;
    }
}
