using System.Text;
using GitOpsGen.Iam.Access;
using Xunit;

namespace GitOpsGen.Tests.Iam;

/// <summary>Policies in tests.</summary>
internal static class Policies
{
    public const string File = "policy.json";

    /// <summary>A document without findings.</summary>
    public static AccessPolicy Read(PolicyKind kind, string text)
    {
        var (policy, found) = AccessPolicyReader.Read(File, Encoding.UTF8.GetBytes(text), kind);
        Assert.Empty(found);
        return policy!;
    }

    /// <summary>A document of one statement, whose elements are given.</summary>
    public static string Of(params string[] statements) =>
        $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements.Select(s => $"{{{s}}}"))}}]}""";
}
