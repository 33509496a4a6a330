using System.Text;
using System.Text.Json;

namespace GitOpsGen.Registry.Authentication;

/// <summary>One <c>config.json</c> or <c>auth.json</c>.</summary>
internal sealed class CredentialFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, CredentialFields.Auth> auths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> helpers = new(StringComparer.Ordinal);
    private readonly string? store;

    private CredentialFile(string path, CredentialFields.Config config)
    {
        Path = path;
        store = config.Store;
        foreach (var (key, auth) in config.Auths ?? [])
        {
            // Empty ones are what 'docker login' leaves for a store.
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
        {
            helpers[CredentialName.Normalize(key)] = helper ?? "";
        }
    }

    public string Path { get; }

    /// <summary>Reads a file; <see langword="null"/> where there is none, or with a problem where it is of no use.</summary>
    public static CredentialFile? Read(string path, out string? problem)
    {
        problem = null;
        try
        {
            return File.Exists(path) ? new(path, JsonSerializer.Deserialize(File.ReadAllBytes(path), CredentialJson.Default.Config) ?? new()) : null;
        }
        catch (JsonException)
        {
            problem = $"the credential file {path} is not the JSON that docker writes";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"the credential file {path} cannot be read";
        }

        return null;
    }

    /// <summary>
    /// The credential under the longest matching key; of equal ones, a helper's before the file's own. Where no key matches, the store is
    /// asked, as it may know any host.
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
        {
            return HeaderText.IsSafe(registryToken) ? Credential.RegistryToken(registryToken) : null;
        }

        if (auth.IdentityToken is { Length: > 0 } identityToken)
        {
            return Credential.IdentityToken(identityToken);
        }

        return auth.Encoded is { Length: > 0 } encoded ? Decode(encoded) : Credential.Password(auth.User!, auth.Password!);
    }

    private static Credential? Decode(string encoded)
    {
        try
        {
            var text = StrictUtf8.GetString(Convert.FromBase64String(encoded)).TrimEnd('\0');
            return text.Split(':', 2) is [var user, var password] ? Credential.Password(user, password) : null;
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
