using System.Text.Json.Serialization;

namespace GitOpsGen.Registry.Authentication;

/// <summary>Reads <see cref="CredentialFields"/> without reflection.</summary>
[JsonSerializable(typeof(CredentialFields.Config))]
[JsonSerializable(typeof(CredentialFields.HelperOutput))]
[JsonSerializable(typeof(CredentialFields.TokenResponse))]
internal sealed partial class CredentialJson : JsonSerializerContext;

/// <summary>The JSON of <c>config.json</c> and <c>auth.json</c>, of the helper protocol and of token servers.</summary>
internal static class CredentialFields
{
    internal sealed class Config
    {
        [JsonPropertyName("auths")]
        public Dictionary<string, Auth?>? Auths { get; init; }

        [JsonPropertyName("credHelpers")]
        public Dictionary<string, string?>? Helpers { get; init; }

        [JsonPropertyName("credsStore")]
        public string? Store { get; init; }
    }

    internal sealed class Auth
    {
        [JsonPropertyName("auth")]
        public string? Encoded { get; init; }

        [JsonPropertyName("username")]
        public string? User { get; init; }

        [JsonPropertyName("password")]
        public string? Password { get; init; }

        [JsonPropertyName("identitytoken")]
        public string? IdentityToken { get; init; }

        [JsonPropertyName("registrytoken")]
        public string? RegistryToken { get; init; }
    }

    internal sealed class HelperOutput
    {
        [JsonPropertyName("Username")]
        public string? User { get; init; }

        [JsonPropertyName("Secret")]
        public string? Secret { get; init; }
    }

    internal sealed class TokenResponse
    {
        [JsonPropertyName("token")]
        public string? Token { get; init; }

        [JsonPropertyName("access_token")]
        public string? AccessToken { get; init; }

        [JsonPropertyName("expires_in")]
        public double? ExpiresIn { get; init; }
    }
}
