using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GitOpsGen.Iam;
using GitOpsGen.Iam.Access;
using GitOpsGen.Tests.Access;
using Xunit;

namespace GitOpsGen.Tests.Iam;

/// <summary>The evaluator against one that shares nothing with it.</summary>
public sealed class OracleTests
{
    private const int Questions = 6000;

    private static readonly string[] Order = ["ExplicitlyDenied", "ImplicitlyDenied", "Allowed"];

    /// <summary>
    /// The oracle never answers beyond our two readings. They differ, in less than a tenth of these questions, in what AWS leaves open or
    /// we do not look into: operators on numbers, variables, resources of fewer than six parts and wildcards over colons, a key with
    /// several values without ForAnyValue, the account or the principal alone in NotPrincipal, ForAnyValue on an absent key.
    /// Not asked, for there the oracle errs: a service in capitals (ECR:PutImage), which it compares with case; a list key with one value
    /// without ForAnyValue, which it refuses by the key's type and we read as one value.
    /// </summary>
    [Fact]
    public void Both_say_the_same_about_thousands_of_random_requests()
    {
        var (questions, expected) = Ask();

        Assert.Empty(Disagreements(questions, expected));

        // The questions are decided in every way, and most of them for sure.
        Assert.All(Order, answer => Assert.InRange(expected.Count(e => e == answer), Questions / 20, Questions));
        Assert.InRange(
            questions.Count(question => Answer(question, Reading.Widest) == Answer(question, Reading.Narrowest)),
            Questions * 9 / 10,
            Questions
        );
    }

    [Theory]
    [InlineData("the resource's policy is not looked at")]
    [InlineData("denials are not looked at")]
    [InlineData("conditions are not looked at")]
    [InlineData("another repository is asked for")]
    [InlineData("everybody is of one account")]
    public void The_comparison_notices(string mistake)
    {
        var (questions, expected) = Ask();

        Assert.InRange(Disagreements([.. questions.Select(question => Mistaken(question, mistake))], expected).Count(), 20, Questions);
    }

    /// <summary>facts/aws-gitops.md, section 1.b: what was tried with the oracle by hand, and the article's own mistakes.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Both_decide_the_known_cases(string name, string expected)
    {
        var question = Known[name];

        Assert.Equal(expected, Answer(question, Reading.Widest));
        Assert.Equal(expected, Answer(question, Reading.Narrowest));
        Assert.Equal([expected], IamSimulator.Answer([question]));
    }

    public static TheoryData<string, string> Cases =>
        new()
        {
            { "as it should be", "Allowed" },
            { "the article's ARN without repository/", "ImplicitlyDenied" },
            { "another account by identity policy alone", "ImplicitlyDenied" },
            { "another account by repository policy alone", "ImplicitlyDenied" },
            { "another account by both", "Allowed" },
            { "the account by its repository policy alone", "ImplicitlyDenied" },
            { "the role by its repository policy alone", "Allowed" },
            { "the organisation", "Allowed" },
            { "another organisation", "ImplicitlyDenied" },
            { "a token", "Allowed" },
            { "a token on a repository's ARN", "ImplicitlyDenied" },
            { "a denial by account", "ExplicitlyDenied" },
        };

    private static readonly Dictionary<string, IamQuestion> Known = KnownCases();

    private static Dictionary<string, IamQuestion> KnownCases()
    {
        const string Repository = "arn:aws:ecr:eu-west-2:111111111111:repository/upbound/provider-aws-s3";
        const string Pull = "ecr:BatchGetImage";
        const string ByRole = """ "Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:role/puller"},"Action":"ecr:BatchGetImage" """;
        var identity = Policies.Of($""" "Effect":"Allow","Action":"{Pull}","Resource":"{Repository}" """);
        var organisation = Policies.Of(
            """ "Effect":"Allow","Principal":"*","Action":"ecr:BatchGetImage","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-aaaaaaaaaa"}} """
        );
        var (here, there) = (RandomPolicies.Role(0, "puller"), RandomPolicies.Role(1, "puller"));
        var token = Policies.Of(""" "Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*" """);
        return new(StringComparer.Ordinal)
        {
            ["as it should be"] = new([identity], null, here, Pull, Repository),
            ["the article's ARN without repository/"] = new(
                [identity.Replace("repository/", "", StringComparison.Ordinal)],
                null,
                here,
                Pull,
                Repository
            ),
            ["another account by identity policy alone"] = new([identity], null, there, Pull, Repository),
            ["another account by repository policy alone"] = new(
                [],
                Policies.Of(ByRole.Replace("111111111111", "222222222222", StringComparison.Ordinal)),
                there,
                Pull,
                Repository
            ),
            ["another account by both"] = new(
                [identity],
                Policies.Of(ByRole.Replace("111111111111", "222222222222", StringComparison.Ordinal)),
                there,
                Pull,
                Repository
            ),
            ["the account by its repository policy alone"] = new(
                [],
                Policies.Of(ByRole.Replace("role/puller", "root", StringComparison.Ordinal)),
                here,
                Pull,
                Repository
            ),
            ["the role by its repository policy alone"] = new([], Policies.Of(ByRole), here, Pull, Repository),
            ["the organisation"] = new([], organisation, here, Pull, Repository, new() { ["aws:PrincipalOrgID"] = "o-aaaaaaaaaa" }),
            ["another organisation"] = new([], organisation, here, Pull, Repository, new() { ["aws:PrincipalOrgID"] = "o-bbbbbbbbbb" }),
            ["a token"] = new([token], null, here, "ecr:GetAuthorizationToken", "*"),
            ["a token on a repository's ARN"] = new(
                [token.Replace("\"*\"", $"\"{Repository}\"", StringComparison.Ordinal)],
                null,
                here,
                "ecr:GetAuthorizationToken",
                "*"
            ),
            ["a denial by account"] = new(
                [identity],
                Policies.Of(""" "Effect":"Deny","Principal":{"AWS":"111111111111"},"Action":"ecr:*" """),
                here,
                Pull,
                Repository
            ),
        };
    }

    private static (List<IamQuestion> Questions, IReadOnlyList<string> Expected) Ask() => Asked.Value;

    // One batch for all tests of the class: the process takes seconds.
    private static readonly Lazy<(List<IamQuestion> Questions, IReadOnlyList<string> Expected)> Asked = new(() =>
    {
        var random = new RandomPolicies(20261122);
        var questions = Enumerable.Range(0, Questions).Select(_ => random.Next()).ToList();
        return (questions, IamSimulator.Answer(questions));
    });

    private static IEnumerable<string> Disagreements(List<IamQuestion> questions, IReadOnlyList<string> expected) =>
        from row in questions.Zip(expected)
        let widest = Answer(row.First, Reading.Widest)
        let narrowest = Answer(row.First, Reading.Narrowest)
        where !IsBetween(narrowest, row.Second, widest)
        select $"{row.Second}, not {narrowest} to {widest}: {row.First}; {string.Join(' ', row.First.Identity)}";

    private static IamQuestion Mistaken(IamQuestion question, string mistake) =>
        mistake switch
        {
            "the resource's policy is not looked at" => question with { Attached = null },
            "denials are not looked at" => question with
            {
                Identity = [.. question.Identity.Where(policy => !policy.Contains("\"Deny\"", StringComparison.Ordinal))],
            },
            "conditions are not looked at" => question with { Identity = [.. question.Identity.Select(policy => Without(policy, "Condition"))] },
            "another repository is asked for" => question with
            {
                Resource = question.Resource.Replace("upbound/", "other/", StringComparison.Ordinal),
            },
            _ => question with
            {
                Resource = question.Resource.Replace(RandomPolicies.Accounts[1], RandomPolicies.Accounts[0], StringComparison.Ordinal),
            },
        };

    private static string Without(string policy, string key)
    {
        var document = JsonNode.Parse(policy)!;
        document["Statement"]!.AsObject().Remove(key);
        return document.ToJsonString();
    }

    private static bool IsBetween(string narrowest, string answer, string widest) =>
        Array.IndexOf(Order, answer) is >= 0 and var at && Array.IndexOf(Order, narrowest) <= at && at <= Array.IndexOf(Order, widest);

    internal static string Answer(IamQuestion question, Reading reading) =>
        AccessEvaluator
            .Evaluate(
                new AccessRequest(new(PrincipalKind.Aws, question.Principal), question.Action, question.Resource, new(Keys(question.Context)))
                {
                    IsComplete = true,
                },
                question.Identity.Select(text => Policies.Read(PolicyKind.Identity, text)),
                question.Attached is { } attached ? Policies.Read(PolicyKind.Repository, attached) : null,
                reading
            )
            .ToString();

    private static IEnumerable<KeyValuePair<string, ImmutableArray<string>>> Keys(JsonObject? context) =>
        (context ?? []).Select(pair => KeyValuePair.Create<string, ImmutableArray<string>>(pair.Key, [.. Scenarios.Documents.Strings(pair.Value)]));
}
