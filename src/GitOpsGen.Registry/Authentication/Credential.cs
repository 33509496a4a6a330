using System.Diagnostics;
using System.Net.Http.Headers;

namespace GitOpsGen.Registry.Authentication;

/// <summary>Who asks. Not a record, and without public properties, so that no interpolation, debugger or serializer prints it by accident.</summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class Credential
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? user;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string secret;

    private Credential(CredentialKind kind, string? user, string secret)
    {
        Kind = kind;
        this.user = user;
        this.secret = secret;
    }

    public CredentialKind Kind { get; }

    public static Credential Password(string user, string password) => new(CredentialKind.Password, user, password);

    public static Credential IdentityToken(string token) => new(CredentialKind.IdentityToken, null, token);

    public static Credential RegistryToken(string token) => new(CredentialKind.RegistryToken, null, token);

    /// <summary>The header of HTTP's Basic scheme; <see langword="null"/> for anything but a password.</summary>
    public AuthenticationHeaderValue? ToBasic() =>
        Kind == CredentialKind.Password ? new(Challenge.Basic, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}"))) : null;

    /// <summary>The header for a token that the registry itself accepts; <see langword="null"/> for anything else.</summary>
    public AuthenticationHeaderValue? ToBearer() => Kind == CredentialKind.RegistryToken ? new(Challenge.Bearer, secret) : null;

    /// <summary>The form field of OAuth 2's refresh; <see langword="null"/> for anything but an identity token.</summary>
    public KeyValuePair<string, string>? ToRefreshField() => Kind == CredentialKind.IdentityToken ? new("refresh_token", secret) : null;

    /// <summary>Whether a header can carry a text: all its characters are visible ASCII. A line break would end the header.</summary>
    public static bool IsHeaderText(string text) => text.Length > 0 && text.All(c => c is > ' ' and < '\x7f');

    public override string ToString() => "(a credential)";
}

/// <summary>How a credential is used.</summary>
internal enum CredentialKind
{
    /// <summary>A user and a password, for the registry or its token server.</summary>
    Password,

    /// <summary>A refresh token (<c>identitytoken</c>), which the token server turns into one for a repository.</summary>
    IdentityToken,

    /// <summary>A token that the registry accepts as it is (<c>registrytoken</c>).</summary>
    RegistryToken,
}

/// <summary>What was found for a repository.</summary>
/// <param name="Credential">The credential; <see langword="null"/>: ask anonymously.</param>
/// <param name="Problem">Why there is none although one was configured: a clause without a full stop and without secrets.</param>
internal sealed record CredentialLookup(Credential? Credential, string? Problem = null)
{
    public static CredentialLookup None { get; } = new(Credential: null);
}
