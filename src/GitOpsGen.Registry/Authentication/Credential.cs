using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace GitOpsGen.Registry.Authentication;

/// <summary>
/// Who asks. Not a record, and without public properties: nothing prints it by accident, neither an interpolation nor a debugger nor a
/// serializer.
/// </summary>
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

    /// <summary>The header of HTTP's Basic scheme; <see langword="null"/> for what is no password.</summary>
    public AuthenticationHeaderValue? ToBasic() =>
        Kind == CredentialKind.Password ? new(Challenge.Basic, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}"))) : null;

    /// <summary>The header for a token that the registry itself takes; <see langword="null"/> for anything else.</summary>
    public AuthenticationHeaderValue? ToBearer() => Kind == CredentialKind.RegistryToken ? new(Challenge.Bearer, secret) : null;

    /// <summary>The form field of OAuth 2's refresh; <see langword="null"/> for what is no identity token.</summary>
    public KeyValuePair<string, string>? ToRefreshField() => Kind == CredentialKind.IdentityToken ? new("refresh_token", secret) : null;

    /// <inheritdoc/>
    public override string ToString() => "(a credential)";
}
