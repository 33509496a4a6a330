using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Iam.Access;
using Xunit;

namespace GitOpsGen.Tests.Iam;

public sealed class AccessComparisonTests
{
    private const string Base = "arn:aws:ecr:eu-west-2:111111111111:repository/";
    private const string Role = "arn:aws:iam::111111111111:role/puller";

    private static readonly AccessGrant[] Planned =
    [
        new() { Actions = [EcrActions.Authorize], Resources = ["*"] },
        new() { Actions = EcrActions.Pull, Resources = [Base + "upbound/provider-aws-s3", Base + "acme/function-*"] },
    ];

    private static readonly AccessGrant[] ToPuller = [.. AccessGrant.Of([RepositoryPolicy.Pull([new(Role, [])])])];

    private static readonly AccessGrant[] Trust =
    [
        .. AccessGrant.Of([
            TrustPolicy.Of(
                new("aws", new("111111111111"), "pull"),
                new(new("oidc.example/id/1"), SourceSpan.StartOf("settings")),
                "crossplane-system",
                new ServiceAccount("crossplane", Origin.Of("crossplane/values/nameOverride"))
            ),
        ]),
    ];

    private const string Token = """ "Sid":"T","Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*" """;

    private const string Pull =
        $$""" "Sid":"P","Effect":"Allow","Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],"Resource":["{{Base}}upbound/provider-aws-s3","{{Base}}acme/function-*"] """;

    [Fact]
    public void The_plans_own_documents_differ_in_nothing() => Assert.Equal("", Codes(PolicyKind.Identity, Planned, Policies.Of(Token, Pull)));

    [Fact]
    public void Documents_are_taken_together_for_what_is_lost()
    {
        Assert.Equal("", Codes(PolicyKind.Identity, Planned, Policies.Of(Token), Policies.Of(Pull)));
        Assert.Equal("GOG3209", Codes(PolicyKind.Identity, Planned, Policies.Of(Pull)));
    }

    [Theory]
    [InlineData("ecr:BatchGetImage", "acme/function-x", true)]
    [InlineData("ECR:batchgetimage", "acme/function-x/deeper", true)]
    [InlineData("ecr:BatchGetImag?", "acme/function-x", false)]
    [InlineData("ecr:*", "acme/function-x", false)]
    [InlineData("*", "acme/function-x", false)]
    [InlineData("s3:GetObject", "acme/function-x", false)]
    [InlineData("ecr:PutImage", "acme/function-x", false)]
    [InlineData("ecr:BatchGetImage", "upbound/provider-aws-s3*", false)]
    [InlineData("ecr:BatchGetImage", "upbound/provider-aws-s?", false)]
    [InlineData("ecr:BatchGetImage", "upbound/provider-aws-s3control", false)]
    [InlineData("ecr:BatchGetImage", "acme/function*", false)]
    [InlineData("ecr:BatchGetImage", "acme/function-*-x", true)]
    [InlineData("ecr:BatchGetImage", "acme/function-${aws:PrincipalTag/team}", true)]
    [InlineData("ecr:BatchGetImage", "${aws:PrincipalTag/team}/function-x", false)]
    [InlineData("ecr:BatchGetImage", "Acme/function-x", false)]
    [InlineData("ecr:GetAuthorizationToken", "anything", true)]
    public void An_identity_policy_is_within_the_plan_or_not(string action, string repository, bool isWithin) =>
        Assert.Equal(
            isWithin,
            Within(PolicyKind.Identity, Planned, $$""" "Effect":"Allow","Action":"{{action}}","Resource":"{{Base}}{{repository}}" """)
        );

    [Theory]
    [InlineData("\"Action\":\"ecr:BatchGetImage\",\"Resource\":\"*\"")]
    [InlineData("\"Action\":\"ecr:BatchGetImage\",\"Resource\":\"arn:aws:ecr:*:111111111111:repository/acme/function-x\"")]
    [InlineData("\"Action\":\"ecr:BatchGetImage\",\"Resource\":\"arn:aws:ecr:eu-west-2\"")]
    [InlineData("\"Action\":\"ecr:BatchGetImage\",\"Resource\":\"arn:*\"")]
    [InlineData("\"Action\":\"ecr:BatchGetImage\",\"NotResource\":\"arn:aws:ecr:eu-west-2:111111111111:repository/x\"")]
    [InlineData("\"NotAction\":\"iam:*\",\"Resource\":\"arn:aws:ecr:eu-west-2:111111111111:repository/acme/function-x\"")]
    [InlineData("\"Action\":\"s3:*\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:PrincipalTag/never\":\"so\"}}")]
    public void No_form_hides_what_is_more(string elements) => Assert.False(Within(PolicyKind.Identity, Planned, "\"Effect\":\"Allow\"," + elements));

    [Theory]
    [InlineData("{\"AWS\":\"arn:aws:iam::111111111111:role/puller\"}", "ecr:BatchGetImage", true)]
    [InlineData("{\"AWS\":\"arn:aws:iam::111111111111:role/puller\"}", "ecr:PutImage", false)]
    [InlineData("{\"AWS\":\"arn:aws:iam::111111111111:role/*\"}", "ecr:BatchGetImage", false)]
    [InlineData("{\"AWS\":\"111111111111\"}", "ecr:BatchGetImage", false)]
    [InlineData("{\"AWS\":\"arn:aws:iam::111111111111:root\"}", "ecr:BatchGetImage", false)]
    [InlineData("{\"AWS\":\"*\"}", "ecr:BatchGetImage", false)]
    [InlineData("\"*\"", "ecr:BatchGetImage", false)]
    [InlineData("{\"Service\":\"arn:aws:iam::111111111111:role/puller\"}", "ecr:BatchGetImage", false)]
    [InlineData("{\"AWS\":[\"arn:aws:iam::111111111111:role/puller\",\"arn:aws:iam::222222222222:role/puller\"]}", "ecr:BatchGetImage", false)]
    public void A_repository_policy_is_within_the_plan_or_not(string principal, string action, bool isWithin)
    {
        Assert.Equal(isWithin, Within(PolicyKind.Repository, ToPuller, $$""" "Effect":"Allow","Principal":{{principal}},"Action":"{{action}}" """));
        Assert.False(Within(PolicyKind.Repository, ToPuller, $$""" "Effect":"Allow","NotPrincipal":{{principal}},"Action":"{{action}}" """));
    }

    [Theory]
    [InlineData("StringEquals", "crossplane", "sts.amazonaws.com", "")]
    [InlineData("StringLike", "crossplane", "sts.amazonaws.com", "")]
    [InlineData("StringLike", "cross*", "sts.amazonaws.com", "GOG3208")]
    [InlineData("StringEquals", "other", "sts.amazonaws.com", "GOG3208 GOG3209")]
    [InlineData("StringEquals", "crossplane", "other", "GOG3208 GOG3209")]
    [InlineData("StringEqualsIfExists", "crossplane", "sts.amazonaws.com", "GOG3208")]
    [InlineData("ForAllValues:StringEquals", "crossplane", "sts.amazonaws.com", "GOG3208")]
    [InlineData("StringEqualsIgnoreCase", "crossplane", "sts.amazonaws.com", "GOG3208")]
    [InlineData("StringNotEquals", "crossplane", "sts.amazonaws.com", "GOG3208 GOG3209")]
    public void A_trust_policy_must_ask_for_the_service_account(string operation, string account, string audience, string expected) =>
        Assert.Equal(
            expected,
            Codes(
                PolicyKind.Trust,
                Trust,
                Policies.Of(
                    TrustStatement(
                        $$$"""
                        {"{{{operation}}}":{"oidc.example/id/1:sub":"system:serviceaccount:crossplane-system:{{{account}}}","oidc.example/id/1:aud":"{{{audience}}}"}}
                        """
                    )
                )
            )
        );

    [Fact]
    public void A_trust_policy_without_a_condition_is_more() =>
        Assert.Equal("GOG3208", Codes(PolicyKind.Trust, Trust, Policies.Of(TrustStatement("{}"))));

    [Theory]
    [InlineData("\"Effect\":\"Deny\",\"Action\":\"ecr:*\",\"Resource\":\"*\"", true)]
    [InlineData("\"Effect\":\"Deny\",\"Action\":\"ecr:Batch*\",\"Resource\":\"*/function-a\"", true)]
    [InlineData("\"Effect\":\"Deny\",\"NotAction\":\"ecr:*\",\"Resource\":\"*\"", false)]
    [InlineData("\"Effect\":\"Deny\",\"Action\":\"ecr:Put*\",\"Resource\":\"*\"", false)]
    [InlineData("\"Effect\":\"Deny\",\"Action\":\"ecr:*\",\"Resource\":\"arn:aws:ecr:eu-west-2:111111111111:repository/other\"", false)]
    [InlineData(
        "\"Effect\":\"Deny\",\"Action\":\"ecr:*\",\"Resource\":\"arn:aws:ecr:eu-west-2:111111111111:repository/acme/${aws:PrincipalTag/team}\"",
        true
    )]
    [InlineData(
        "\"Effect\":\"Deny\",\"Action\":\"ecr:*\",\"Resource\":\"*\",\"Condition\":{\"DateGreaterThan\":{\"aws:CurrentTime\":\"2030-01-01T00:00:00Z\"}}",
        true
    )]
    public void What_is_denied_or_may_be_is_lost(string denial, bool isLost)
    {
        denial = denial.Replace("\"*/function-a\"", $"\"{Base}acme/function-a\"", StringComparison.Ordinal);
        Assert.Equal(isLost, Codes(PolicyKind.Identity, Planned, Policies.Of(Token, Pull, denial)).Contains("GOG3209", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"Principal\":\"*\"", true)]
    [InlineData("\"Principal\":{\"AWS\":\"111111111111\"}", true)]
    [InlineData("\"Principal\":{\"AWS\":\"222222222222\"}", false)]
    [InlineData("\"Principal\":{\"AWS\":[\"222222222222\",\"111111111111\"]}", true)]
    [InlineData("\"Principal\":{\"AWS\":\"arn:aws:iam::111111111111:role/other\"}", false)]
    [InlineData("\"Principal\":{\"AWS\":\"AROAEXAMPLE\"}", true)]
    [InlineData("\"Principal\":{\"Service\":\"ecr.amazonaws.com\"}", false)]
    [InlineData("\"NotPrincipal\":\"*\"", false)]
    [InlineData("\"NotPrincipal\":{\"AWS\":\"222222222222\"}", true)]
    [InlineData("\"NotPrincipal\":{\"AWS\":\"arn:aws:iam::111111111111:role/puller\"}", true)] // its account is not excluded
    [InlineData("\"NotPrincipal\":{\"AWS\":[\"arn:aws:iam::111111111111:role/puller\",\"111111111111\"]}", false)]
    public void A_denial_of_those_who_may_be_the_planned_one_loses_access(string principal, bool isLost)
    {
        var allowed = $$""" "Effect":"Allow","Principal":{"AWS":"{{Role}}"},"Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"] """;
        var denied = $$""" "Effect":"Deny",{{principal}},"Action":"ecr:*" """;

        Assert.Equal("", Codes(PolicyKind.Repository, ToPuller, Policies.Of(allowed)));
        Assert.Equal(isLost ? "GOG3209" : "", Codes(PolicyKind.Repository, ToPuller, Policies.Of(allowed, denied)));
    }

    [Fact]
    public void A_denial_is_never_more() =>
        Assert.Equal("", Codes(PolicyKind.Identity, Planned, Policies.Of(Token, Pull, """ "Effect":"Deny","Action":"s3:*","Resource":"*" """)));

    [Fact]
    public void A_wider_pattern_is_more_and_loses_nothing() =>
        Assert.Equal(
            "GOG3208",
            Codes(
                PolicyKind.Identity,
                Planned,
                Policies.Of(Token, Pull.Replace("upbound/provider-aws-s3", "upbound/provider-*", StringComparison.Ordinal))
            )
        );

    [Fact]
    public void Where_there_is_no_document_nothing_is_compared() => Assert.Equal("", Codes(PolicyKind.Identity, Planned));

    [Fact]
    public void A_difference_names_the_statement_and_what_is_more()
    {
        var document = Policies.Read(
            PolicyKind.Identity,
            Policies.Of(
                Token,
                $$""" "Sid":"X","Effect":"Allow","Action":["ecr:BatchGetImage","s3:*"],"Resource":["{{Base}}upbound/provider-aws-s3","{{Base}}b"] """
            )
        );

        var extra = AccessComparison.Extra(document, Planned);

        Assert.Equal(
            [$"ecr:BatchGetImage on {Base}b", $"s3:* on {Base}upbound/provider-aws-s3, {Base}b"],
            extra.Select(difference => difference.ToString())
        );
        Assert.All(extra, difference => Assert.Equal(("X", document.Statements[1].Span), (difference.Sid, difference.Span)));
    }

    [Fact]
    public void A_document_over_its_quota_is_measured_as_rendered()
    {
        string Sized(int length, string space) =>
            Policies.Of(Pull.Replace("\"P\"", $"\"{new string('P', length)}\"{space}", StringComparison.Ordinal), Token);
        var rest = PolicyQuota.SizeOf(Sized(0, ""));

        Assert.Equal("", Codes(PolicyKind.Identity, Planned, Sized(6144 - rest, "\n\n  \t")));
        Assert.Equal("GOG3207", Codes(PolicyKind.Identity, Planned, Sized(6145 - rest, "")));
    }

    /// <summary>The law that the check stands on: random policies and requests, every form.</summary>
    [Fact]
    public void What_no_difference_is_reported_about_is_neither_more_nor_less()
    {
        var random = new RandomPolicies(7);
        var (quiet, loud) = (0, 0);
        for (var round = 0; round < 4000; round++)
        {
            var question = random.Next();
            var identity = question.Identity.Select(text => Policies.Read(PolicyKind.Identity, text)).ToList();
            var grants = identity
                .SelectMany(policy => policy.Statements)
                .Where((s, at) => s is { Allows: true, Resources: not null } && (at + round) % 3 > 0)
                .Select(s => new AccessGrant
                {
                    Actions = [.. s.Actions.Items.Select(i => i.Value)],
                    Resources = [.. s.Resources!.Items.Select(i => i.Value)],
                })
                .ToList();
            var request = new AccessRequest(new(PrincipalKind.Aws, question.Principal), question.Action, question.Resource, new([]));
            var isPlanned = grants.Exists(grant =>
                Certain.Any(grant.Actions, a => StatementMatch.ActionMatches(a, request.Action)) != Certainty.No
                && Certain.Any(grant.Resources, r => PolicyText.ResourceMatches(r, request.Resource)) != Certainty.No
            );
            var isSurelyPlanned = grants.Exists(grant =>
                Certain.Any(grant.Actions, a => StatementMatch.ActionMatches(a, request.Action)) == Certainty.Yes
                && Certain.Any(grant.Resources, r => PolicyText.ResourceMatches(r, request.Resource)) == Certainty.Yes
            );
            var isMore = identity.Exists(policy => !AccessComparison.Extra(policy, grants).IsEmpty);
            var isLess = !AccessComparison.Lost(identity, grants).IsEmpty;
            var atHome = request with { Principal = new(PrincipalKind.Aws, $"arn:aws:iam::{request.ResourceAccount ?? "111111111111"}:role/x") };

            if (!isMore)
                Assert.False(
                    AccessEvaluator.Evaluate(atHome, identity) == AccessAnswer.Allowed && !isPlanned,
                    $"{atHome} by {string.Join(' ', question.Identity)}"
                );
            if (!isLess)
                Assert.False(
                    AccessEvaluator.Evaluate(atHome, identity, reading: Reading.Narrowest) != AccessAnswer.Allowed && isSurelyPlanned,
                    $"{atHome} by {string.Join(' ', question.Identity)}"
                );
            quiet += !isMore && grants.Count > 0 ? 1 : 0;
            loud += isMore ? 1 : 0;
        }

        Assert.InRange(quiet, 400, 4000);
        Assert.InRange(loud, 400, 4000);
    }

    private static string TrustStatement(string condition) =>
        $$""" "Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111111111111:oidc-provider/oidc.example/id/1"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{{condition}} """;

    private static bool Within(PolicyKind kind, AccessGrant[] grants, string statement) =>
        AccessComparison.Extra(Policies.Read(kind, Policies.Of(statement)), grants).IsEmpty;

    private static string Codes(PolicyKind kind, AccessGrant[] grants, params string[] documents) =>
        string.Join(
            ' ',
            AccessCheck
                .Check(kind, [.. documents.Select(text => (Policies.File, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text)))], grants)
                .Select(d => d.Rule.Code)
        );
}
