namespace GitOpsGen.Iam;

/// <summary>
/// A planned IAM document: attached to a principal (statements name resources), to a role as its trust policy, or to
/// a repository (statements name principals). No quota counts white space.
/// </summary>
internal sealed record PolicyDocument(ImmutableArray<PolicyStatement> Statements)
{
    /// <summary>IAM's quota for a customer managed policy.</summary>
    public const int ManagedPolicyQuota = 6144;

    /// <summary>IAM's default quota for a trust policy.</summary>
    public const int TrustPolicyQuota = 2048;

    /// <summary>ECR's quota for a repository policy.</summary>
    public const int RepositoryPolicyQuota = 10240;

    /// <summary>How many managed policies AWS attaches to a role unless the quota was raised.</summary>
    public const int PoliciesPerRole = 10;

    /// <summary>
    /// The characters that count against the quota, in the form of the built-in template: planning splits by it, before anything
    /// is rendered.
    /// </summary>
    public int Size => """{"Version":"2012-10-17","Statement":[]}""".Length + Statements.Sum(s => s.Size) + Math.Max(0, Statements.Length - 1);
}

/// <summary>One statement that allows actions. Sids are letters and digits, unique in their document.</summary>
internal sealed record PolicyStatement(string Sid, ImmutableArray<string> Actions)
{
    /// <summary>The ARNs or patterns that the actions are allowed on; empty where the document is attached to its resource.</summary>
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>For each of the resources, what is stored there; empty where no package decides it.</summary>
    public ImmutableArray<ImmutableArray<RepositoryNeed>> NeededBy { get; init; } = [];

    /// <summary>Who is allowed; <see langword="null"/> in a policy that is attached to its principal.</summary>
    public StatementPrincipals? Principals { get; init; }

    /// <summary>What has to be equal, in the order of the document.</summary>
    public ImmutableArray<StatementCondition> Conditions { get; init; } = [];

    /// <summary>The characters of the statement without white space.</summary>
    public int Size =>
        $$"""{"Sid":"{{Sid}}","Effect":"Allow","Action":}""".Length
        + SizeOf(Actions)
        + (Resources.IsEmpty ? 0 : ""","Resource":""".Length + SizeOf(Resources))
        + (Principals is null ? 0 : $$""","Principal":{"{{Principals.Key}}":}""".Length + SizeOf(Principals.Names))
        + (Conditions.IsEmpty ? 0 : ""","Condition":{"StringEquals":{}}""".Length - 1 + Conditions.Sum(c => c.Size));

    // A single item is written as a string, several as a list.
    internal static int SizeOf(ImmutableArray<string> items) =>
        items switch
        {
            [var one] => one.Length + 2,
            _ => items.Sum(item => item.Length + 3) + 1,
        };
}

/// <summary>Who a statement allows.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Names">ARNs, or the names of services.</param>
internal sealed record StatementPrincipals(PrincipalKind Kind, ImmutableArray<string> Names)
{
    /// <summary>For each of the names, where it comes from.</summary>
    public ImmutableArray<ImmutableArray<Origin>> Origins { get; init; } = [];

    /// <summary>The key in a document: <c>AWS</c>, <c>Federated</c> or <c>Service</c>.</summary>
    public string Key => Kind == PrincipalKind.Aws ? "AWS" : Kind.ToString();
}

/// <summary>A context key that has to equal one of several values.</summary>
internal sealed record StatementCondition(string Key, params ImmutableArray<string> Values)
{
    /// <summary>What the user wrote that decides the key.</summary>
    public ImmutableArray<Origin> KeyOrigins { get; init; } = [];

    /// <summary>For each of the values, what the user wrote that decides it.</summary>
    public ImmutableArray<ImmutableArray<Origin>> ValueOrigins { get; init; } = [];

    /// <summary>The characters of the two in quotes, with colon and comma.</summary>
    public int Size => Key.Length + 4 + PolicyStatement.SizeOf(Values);
}

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
