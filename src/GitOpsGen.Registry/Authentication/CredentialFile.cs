using System.Text.Json;
using GitOpsGen.Output;

namespace GitOpsGen.Registry.Authentication;

/// <summary>One <c>config.json</c> or <c>auth.json</c>.</summary>
internal sealed class CredentialFile
{
    private const int Longest = 1024 * 1024;

    private readonly Dictionary<string, CredentialFields.Auth> auths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> helpers = new(StringComparer.Ordinal);
    private readonly string? store;

    private CredentialFile(string path, CredentialFields.Config config)
    {
        Path = path;
        store = config.Store;
        foreach (var (key, auth) in config.Auths ?? [])
        {
            // 'docker login' leaves empty ones where a store has the credential.
            if (
                auth
                is { Encoded.Length: > 0 }
                    or { User: not null, Password: not null }
                    or { IdentityToken.Length: > 0 }
                    or { RegistryToken.Length: > 0 }
            )
            {
                auths[CredentialName.Normalize(key)] = auth;
            }
        }

        foreach (var (key, helper) in config.Helpers ?? [])
            helpers[CredentialName.Normalize(key)] = helper ?? "";
    }

    public string Path { get; }

    /// <summary>Reads a file; <see langword="null"/> where there is none, or where it cannot be used, with the problem.</summary>
    public static CredentialFile? Read(string path, out string? problem)
    {
        problem = null;
        try
        {
            var bytes = File.Exists(path) ? RegularFile.Read(path, Longest + 1) : null;
            problem = bytes?.Length > Longest ? $"the credential file {path} has more than {Longest >> 20} MiB" : null;
            return bytes is null || problem is not null ? null : new(path, JsonSerializer.Deserialize(bytes, CredentialJson.Default.Config) ?? new());
        }
        catch (JsonException)
        {
            problem = $"the credential file {path} is not the JSON that docker writes";
        }
        catch (Exception e) when (IoReason.IsIo(e))
        {
            problem = $"the credential file {path} cannot be read: {IoReason.Of(e)}";
        }

        return null;
    }

    /// <summary>
    /// The credential under the longest matching key. Of equal keys, a helper comes before the file's own entry. Where no key matches, the
    /// store is asked, because it may know any host.
    /// </summary>
    public async Task<CredentialLookup> FindAsync(string name, CredentialHelper program, CancellationToken cancellation)
    {
        foreach (var key in CredentialName.FromLongest(name))
        {
            // An empty helper switches the store off for a host.
            if (helpers.TryGetValue(key, out var helper))
            {
                return helper.Length > 0
                    ? await program.GetAsync(helper, CredentialName.ForHelper(name), cancellation).ConfigureAwait(false)
                    : CredentialLookup.None;
            }

            if (auths.TryGetValue(key, out var auth))
            {
                return Read(auth) is { } credential
                    ? new(credential)
                    : new(null, $"the entry for {key} in {Path} is neither a token nor a user, a colon and a password in Base64");
            }
        }

        return store is { Length: > 0 }
            ? await program.GetAsync(store, CredentialName.ForHelper(name), cancellation).ConfigureAwait(false)
            : CredentialLookup.None;
    }

    private static Credential? Read(CredentialFields.Auth auth)
    {
        if (auth.RegistryToken is { Length: > 0 } registryToken)
            return Credential.IsHeaderText(registryToken) ? Credential.RegistryToken(registryToken) : null;

        if (auth.IdentityToken is { Length: > 0 } identityToken)
            return Credential.IdentityToken(identityToken);

        return auth.Encoded is { Length: > 0 } encoded ? Decode(encoded) : Credential.Password(auth.User!, auth.Password!);
    }

    private static Credential? Decode(string encoded)
    {
        try
        {
            var text = SourceText.StrictUtf8.GetString(Convert.FromBase64String(encoded)).TrimEnd('\0');
            return text.Split(':', 2) is [var user, var password] ? Credential.Password(user, password) : null;
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}

/// <summary>The keys of registry credentials, and their many spellings.</summary>
internal static class CredentialName
{
    private const string Hub = "docker.io";

    // The key of docker login for the hub.
    private const string HubKey = "https://index.docker.io/v1/";

    /// <summary>One spelling for a key: no scheme, no API version after a host, no final slash, one name for Docker's hub.</summary>
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
            yield return name;

        yield return name;
    }

    /// <summary>What a credential helper is asked for a host.</summary>
    public static string ForHelper(string name) => name.Split('/')[0] is var host && host == Hub ? HubKey : host;
}
