namespace GitOpsGen.Iam.Access;

/// <summary>How what is not known about a policy is read.</summary>
internal enum Reading
{
    /// <summary>All that the policies could grant: what is not known allows and does not deny. Nothing beyond it is ever granted.</summary>
    Widest,

    /// <summary>What they grant in any case: what is not known does not allow and denies.</summary>
    Narrowest,
}
