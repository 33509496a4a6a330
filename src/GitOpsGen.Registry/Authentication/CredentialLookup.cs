namespace GitOpsGen.Registry.Authentication;

/// <summary>What was found for a repository.</summary>
/// <param name="Credential">The credential; <see langword="null"/>: ask as nobody.</param>
/// <param name="Problem">Why there is none though one was configured, a clause without a full stop and without anything secret.</param>
internal sealed record CredentialLookup(Credential? Credential, string? Problem = null)
{
    public static CredentialLookup None { get; } = new(Credential: null);
}
