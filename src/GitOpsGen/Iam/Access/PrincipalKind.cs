namespace GitOpsGen.Iam.Access;

/// <summary>The keys of a <c>Principal</c> element.</summary>
internal enum PrincipalKind
{
    /// <summary>An account, role, user or session; <c>*</c> is everybody.</summary>
    Aws,

    /// <summary>A service of AWS, such as <c>pods.eks.amazonaws.com</c>.</summary>
    Service,

    /// <summary>An identity provider, such as a cluster's OIDC provider.</summary>
    Federated,

    /// <summary>An S3 account by its old id.</summary>
    CanonicalUser,
}
