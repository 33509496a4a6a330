using System.Text.Json.Nodes;
using GitOpsGen.Iam;
using GitOpsGen.Iam.Access;
using Xunit;

namespace GitOpsGen.Tests.Iam;

/// <summary>Documents against documents: what one side allows and the other does not.</summary>
public sealed class AccessInclusionTests
{
    private const string Repositories = "arn:aws:ecr:eu-west-2:111111111111:repository/";

    [Theory]
    [InlineData("a", "a", "")]
    [InlineData("a", "a b", "")]
    [InlineData("a b", "a", "ecr:BatchGetImage on b")]
    [InlineData("a*", "a b", "ecr:BatchGetImage on a*")]
    [InlineData("ab", "a*", "")]
    [InlineData("a?", "a*", "")]
    public void A_pattern_is_wider_than_what_it_matches_whatever_is_locked(string after, string before, string expected)
    {
        var wider = AccessInclusion.Beyond([Pull(after)], [Pull(before)]);

        Assert.Equal(expected, string.Join("; ", wider).Replace(Repositories, "", StringComparison.Ordinal));
    }

    [Fact]
    public void Statements_that_are_cut_ordered_or_named_otherwise_are_no_change()
    {
        AccessPolicy[] one = [Pull("a b c")];
        AccessPolicy[] cut = [Pull("c"), Pull("b", "Sid"), Pull("a")];

        Assert.Empty(AccessInclusion.Beyond(one, cut));
        Assert.Empty(AccessInclusion.Beyond(cut, one));
    }

    [Fact]
    public void A_condition_that_leaves_widens_and_one_that_comes_does_not()
    {
        var free = Pull("a");
        var bound = Policies.Read(PolicyKind.Identity, Policies.Of(Statement("a", ""","Condition":{"StringEquals":{"aws:SourceVpc":"vpc-1"}}""")));
        var wider = Policies.Read(
            PolicyKind.Identity,
            Policies.Of(Statement("a", ""","Condition":{"StringEquals":{"aws:SourceVpc":["vpc-1","vpc-2"]}}"""))
        );

        Assert.NotEmpty(AccessInclusion.Beyond([free], [bound]));
        Assert.Empty(AccessInclusion.Beyond([bound], [free]));
        Assert.Empty(AccessInclusion.Beyond([bound], [wider]));
        Assert.NotEmpty(AccessInclusion.Beyond([wider], [bound]));
    }

    [Fact]
    public void A_denial_that_leaves_widens()
    {
        var denied = Policies.Read(
            PolicyKind.Identity,
            Policies.Of(Statement("a*", ""), $$""" "Effect":"Deny","Action":"ecr:*","Resource":"{{Repositories}}ab" """)
        );
        var difference = Assert.Single(AccessInclusion.Beyond([Pull("a*")], [denied]));

        Assert.Equal($"ecr:* on {Repositories}ab", difference.ToString());
        Assert.Empty(AccessInclusion.Beyond([denied], [denied]));
        Assert.Empty(AccessInclusion.Beyond([denied], [Pull("a*")]));
    }

    [Theory]
    [InlineData(""" "Action":"ecr:BatchGetImage" """, """ "NotAction":"iam:*" """, false)]
    [InlineData(""" "Action":"iam:PassRole" """, """ "NotAction":"iam:*" """, true)]
    [InlineData(""" "Action":"i*:Pass*" """, """ "NotAction":"iam:*" """, true)]
    [InlineData(""" "NotAction":"iam:*" """, """ "Action":"*" """, false)]
    [InlineData(""" "NotAction":"iam:*" """, """ "Action":"ecr:*" """, true)]
    [InlineData(""" "NotAction":["iam:*","s3:*"] """, """ "NotAction":"iam:PassRole" """, false)]
    [InlineData(""" "NotAction":"iam:*" """, """ "NotAction":["iam:*","s3:*"] """, true)]
    public void All_but_some_actions_are_compared_by_what_is_left_out(string after, string before, bool isWider) =>
        Assert.Equal(isWider, IsWider(PolicyKind.Identity, after + ",\"Resource\":\"*\"", before + ",\"Resource\":\"*\""));

    [Theory]
    [InlineData(""" "Resource":"arn:aws:s3:::a" """, """ "NotResource":"arn:aws:s3:::b*" """, false)]
    [InlineData(""" "Resource":"arn:aws:s3:::b" """, """ "NotResource":"arn:aws:s3:::b*" """, true)]
    [InlineData(""" "NotResource":"arn:aws:s3:::b*" """, """ "Resource":"*" """, false)]
    [InlineData(""" "NotResource":"arn:aws:s3:::b*" """, """ "Resource":"arn:aws:s3:::*" """, true)]
    [InlineData(""" "NotResource":"arn:aws:s3:::b*" """, """ "NotResource":"arn:aws:s3:::b" """, false)]
    [InlineData(""" "NotResource":"arn:aws:s3:::b" """, """ "NotResource":"arn:aws:s3:::b*" """, true)]
    public void All_but_some_resources_are_compared_by_what_is_left_out(string after, string before, bool isWider) =>
        Assert.Equal(isWider, IsWider(PolicyKind.Identity, after + ",\"Action\":\"s3:GetObject\"", before + ",\"Action\":\"s3:GetObject\""));

    [Theory]
    [InlineData(""" "NotPrincipal":{"AWS":"111111111111"} """, """ "Principal":"*" """, false)]
    [InlineData(""" "NotPrincipal":{"AWS":"111111111111"} """, """ "Principal":{"AWS":"222222222222"} """, true)]
    [InlineData(""" "NotPrincipal":{"AWS":["111111111111","222222222222"]} """, """ "NotPrincipal":{"AWS":"111111111111"} """, false)]
    [InlineData(""" "NotPrincipal":{"AWS":"111111111111"} """, """ "NotPrincipal":{"AWS":["111111111111","222222222222"]} """, true)]
    [InlineData(""" "Principal":{"AWS":"222222222222"} """, """ "NotPrincipal":{"AWS":"111111111111"} """, true)] // perhaps it has a role there
    public void All_but_some_principals_are_compared_by_who_is_left_out(string after, string before, bool isWider) =>
        Assert.Equal(
            isWider,
            IsWider(PolicyKind.Repository, after + ",\"Action\":\"ecr:BatchGetImage\"", before + ",\"Action\":\"ecr:BatchGetImage\"")
        );

    [Fact]
    public void Of_a_repository_policy_the_principals_are_compared()
    {
        var before = ToRoles("arn:aws:iam::111111111111:role/a");
        var after = ToRoles("arn:aws:iam::111111111111:role/a", "arn:aws:iam::222222222222:role/b");

        Assert.Equal(["arn:aws:iam::222222222222:role/b"], Assert.Single(AccessInclusion.Beyond([after], [before])).Principals);
        Assert.Empty(AccessInclusion.Beyond([before], [after]));
        Assert.Equal(["*"], Assert.Single(AccessInclusion.Beyond([ToRoles("*")], [after])).Principals);
        Assert.Empty(AccessInclusion.Beyond([after], [ToRoles("*")]));
    }

    /// <summary>The law: random policies and requests of every form.</summary>
    [Fact]
    public void Where_nothing_is_wider_no_request_is_allowed_that_was_denied_and_equal_documents_are_never_wider()
    {
        var random = new RandomPolicies(11);
        var (quiet, loud, shown) = (0, 0, 0);
        var before = random.Next();
        for (var round = 0; round < 4000; round++)
        {
            var after = random.Next();
            // Unrelated policies are nearly always wider; those that share a document often are not.
            var old = Read(round % 2 == 0 ? before.Identity : [.. after.Identity.Take(1), .. before.Identity]);
            var current = Read(round % 4 == 3 ? after.Identity.Take(1) : after.Identity);
            var wider = AccessInclusion.Beyond(current, old);

            foreach (var reading in new[] { Reading.Widest, Reading.Narrowest })
            {
                foreach (var question in new[] { before, after })
                {
                    var request = new AccessRequest(
                        new(PrincipalKind.Aws, $"arn:aws:iam::{AccountOf(question.Resource)}:role/x"),
                        question.Action,
                        question.Resource,
                        new([])
                    );
                    if (IsAllowed(request, current, reading) && !IsAllowed(request, old, reading))
                    {
                        shown++;
                        Assert.True(!wider.IsEmpty, $"{request} by {string.Join(' ', after.Identity)} and not {string.Join(' ', before.Identity)}");
                    }
                }
            }

            Assert.Empty(AccessInclusion.Beyond(current, [.. current.Reverse()]));
            quiet += wider.IsEmpty && current.Length > 0 ? 1 : 0;
            loud += wider.IsEmpty ? 0 : 1;
            before = after;
        }

        Assert.InRange(quiet, 400, 4000);
        Assert.InRange(loud, 400, 4000);
        Assert.InRange(shown, 50, 16000);
    }

    private static bool IsAllowed(AccessRequest request, AccessPolicy[] policies, Reading reading) =>
        AccessEvaluator.Evaluate(request, policies, reading: reading) == AccessAnswer.Allowed;

    private static string AccountOf(string resource) => resource.Split(':') is [_, _, _, _, { Length: 12 } account, ..] ? account : "111111111111";

    private static AccessPolicy[] Read(IEnumerable<string> texts) => [.. texts.Select(text => Policies.Read(PolicyKind.Identity, text))];

    private static bool IsWider(PolicyKind kind, string after, string before) =>
        AccessInclusion
            .Beyond(
                [Policies.Read(kind, Policies.Of("\"Effect\":\"Allow\"," + after))],
                [Policies.Read(kind, Policies.Of("\"Effect\":\"Allow\"," + before))]
            )
            .Any();

    private static AccessPolicy Pull(string names, string? sid = null) =>
        Policies.Read(PolicyKind.Identity, Policies.Of(Statement(names, sid is null ? "" : $",\"Sid\":\"{sid}\"")));

    private static string Statement(string names, string more) =>
        $$""" "Effect":"Allow","Action":"ecr:BatchGetImage","Resource":{{new JsonArray([.. names.Split(' ').Select(name => JsonValue.Create(Repositories + name))]).ToJsonString()}}{{more}} """;

    private static AccessPolicy ToRoles(params string[] roles) =>
        Policies.Read(
            PolicyKind.Repository,
            Policies.Of(
                $$""" "Effect":"Allow","Action":"ecr:BatchGetImage","Principal":{"AWS":{{new JsonArray([.. roles.Select(role => JsonValue.Create(role))]).ToJsonString()}}} """
            )
        );
}
