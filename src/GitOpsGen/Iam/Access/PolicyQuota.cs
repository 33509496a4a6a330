namespace GitOpsGen.Iam.Access;

/// <summary>How long a document may be. White space is not counted.</summary>
internal static class PolicyQuota
{
    public static int Of(PolicyKind kind) =>
        kind switch
        {
            PolicyKind.Trust => PolicyDocument.TrustPolicyQuota,
            PolicyKind.Repository => PolicyDocument.RepositoryPolicyQuota,
            _ => PolicyDocument.ManagedPolicyQuota,
        };

    /// <summary>The characters of a text that count against the quota.</summary>
    public static int SizeOf(string text)
    {
        var size = 0;
        foreach (var character in text)
        {
            size += char.IsWhiteSpace(character) ? 0 : 1;
        }

        return size;
    }
}
