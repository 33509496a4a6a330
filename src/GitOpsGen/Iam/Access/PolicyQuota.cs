namespace GitOpsGen.Iam.Access;

/// <summary>How long a document may be. White space is not counted.</summary>
internal static class PolicyQuota
{
    /// <summary>ECR's limit for the text of a repository policy.</summary>
    public const int Repository = 10240;

    public static int Of(PolicyKind kind) => kind switch
    {
        PolicyKind.Trust => IrsaTrust.Quota,
        PolicyKind.Repository => Repository,
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
