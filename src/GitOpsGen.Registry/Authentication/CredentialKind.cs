namespace GitOpsGen.Registry.Authentication;

/// <summary>What a credential is good for.</summary>
internal enum CredentialKind
{
    /// <summary>A user and a password, for the registry or its token server.</summary>
    Password,

    /// <summary>A refresh token (<c>identitytoken</c>), which the token server turns into one for a repository.</summary>
    IdentityToken,

    /// <summary>A token that the registry takes as it is (<c>registrytoken</c>).</summary>
    RegistryToken,
}
