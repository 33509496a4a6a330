using System.Collections.Immutable;

namespace GitOpsGen.Iam;

/// <summary>An identity policy: what a principal may do, statement by statement.</summary>
internal sealed record PolicyDocument(ImmutableArray<PolicyStatement> Statements)
{
    /// <summary>IAM's quota for a customer managed policy; white space is not counted.</summary>
    public const int ManagedPolicyQuota = 6144;

    /// <summary>How many managed policies AWS attaches to a role unless the quota was raised.</summary>
    public const int PoliciesPerRole = 10;

    /// <summary>The characters that count against the quota.</summary>
    public int Size => """{"Version":"2012-10-17","Statement":[]}""".Length + Statements.Sum(s => s.Size) + Math.Max(0, Statements.Length - 1);
}

/// <summary>One statement that allows actions on resources. Sids are letters and digits, unique in their document.</summary>
internal sealed record PolicyStatement(string Sid, ImmutableArray<string> Actions, ImmutableArray<string> Resources)
{
    /// <summary>The characters of the statement without white space.</summary>
    public int Size => $$"""{"Sid":"{{Sid}}","Effect":"Allow","Action":,"Resource":}""".Length + SizeOf(Actions) + SizeOf(Resources);

    // A single item is written as a string, several as a list.
    private static int SizeOf(ImmutableArray<string> items) => items switch
    {
        [var one] => one.Length + 2,
        _ => items.Sum(item => item.Length + 3) + 1,
    };
}
