namespace GitOpsGen.Iam.Access;

/// <summary>Somebody in a policy or a request. Two spellings of one account are equal.</summary>
internal sealed record PolicyPrincipal
{
    /// <param name="kind">The key that it stands under.</param>
    /// <param name="value">An ARN, an account id, the name of a service, or <c>*</c>.</param>
    public PolicyPrincipal(PrincipalKind kind, string value)
    {
        Kind = kind;
        Value = value;
        Arn = kind == PrincipalKind.Aws ? value.Split(':', 6) : [];
    }

    /// <summary><c>"Principal": "*"</c>, or <c>{"AWS": "*"}</c>.</summary>
    public static PolicyPrincipal Anyone { get; } = new(PrincipalKind.Aws, "*");

    public PrincipalKind Kind { get; }

    public string Value { get; }

    /// <summary>Whether this is everybody, with or without credentials.</summary>
    public bool IsAnyone => Kind == PrincipalKind.Aws && Value == "*";

    /// <summary>Whether this is an account as a whole: <c>123456789012</c>, <c>arn:aws:iam::123456789012:root</c>.</summary>
    public bool IsAccount => Kind == PrincipalKind.Aws && (IsId(Value) || (IsArn && Arn[2] == "iam" && Arn[5] == "root"));

    /// <summary>The 12 digits, where the principal tells them.</summary>
    public string? Account =>
        Kind == PrincipalKind.Aws && IsId(Value) ? Value
        : IsArn ? Arn[4]
        : null;

    /// <summary>Whether the other is this one, or a session of this role: a session keeps the role's name and loses its path.</summary>
    public bool Includes(PolicyPrincipal other) =>
        Equals(other)
        || (IsRole && other.IsSession && Arn[1] == other.Arn[1] && Arn[4] == other.Arn[4] && Arn[5].Split('/')[^1] == other.Arn[5].Split('/')[1]);

    public bool Equals(PolicyPrincipal? other) =>
        other is not null && Kind == other.Kind && (IsAccount && other.IsAccount ? Account == other.Account : Value == other.Value);

    public override int GetHashCode() => IsAccount ? HashCode.Combine(Kind, Account) : HashCode.Combine(Kind, Value);

    public override string ToString() => Kind == PrincipalKind.Aws ? Value : $"{Kind} {Value}";

    private bool IsArn => Arn is ["arn", ..] and { Length: 6 };

    private bool IsRole => IsArn && Arn[2] == "iam" && Arn[5].StartsWith("role/", StringComparison.Ordinal);

    private bool IsSession => IsArn && Arn[2] == "sts" && Arn[5].StartsWith("assumed-role/", StringComparison.Ordinal);

    private string[] Arn { get; }

    private static bool IsId(string text) => AccountId.TryParse(text, out _);
}
