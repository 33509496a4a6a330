namespace GitOpsGen.Iam.Access;

/// <summary>IAM's decision about a request.</summary>
internal enum AccessAnswer
{
    /// <summary>No statement allows it.</summary>
    ImplicitlyDenied,

    /// <summary>Some statement denies it, whatever others allow.</summary>
    ExplicitlyDenied,

    Allowed,
}
