using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GitOpsGen.Iam;
using GitOpsGen.Iam.Access;
using GitOpsGen.Tests.Iam;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Access;

/// <summary>
/// IRSA trust by structure: no simulator evaluates its conditions (facts/reference-output.md, section 2). Pod Identity trust by its answers.
/// </summary>
public sealed class TrustTests
{
    public static TheoryData<string> Scenarios => Scenario.RenderingNames;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Exactly_the_charts_service_account_may_take_the_role(string name)
    {
        var scenario = new Scenario(name);
        foreach (var environment in ExpectedPlan.Of(scenario).Environments.Where(e => e.PackageManager?["oidcIssuer"] is not null))
        {
            var issuer = environment.PackageManager!["oidcIssuer"]!.GetValue<string>();
            var role = environment.RoleArn(environment.PackageManager["role"]!.GetValue<string>());
            var account = role.Split(':')[4];
            var expected = new JsonObject
            {
                ["Version"] = "2012-10-17",
                ["Statement"] = new JsonArray(
                    new JsonObject
                    {
                        ["Sid"] = "AssumeRoleWithServiceAccount",
                        ["Effect"] = "Allow",
                        ["Principal"] = new JsonObject
                        {
                            ["Federated"] = $"arn:{environment.Registry.Partition}:iam::{account}:oidc-provider/{issuer}",
                        },
                        ["Action"] = "sts:AssumeRoleWithWebIdentity",
                        ["Condition"] = new JsonObject
                        {
                            ["StringEquals"] = new JsonObject
                            {
                                [$"{issuer}:aud"] = "sts.amazonaws.com",
                                [$"{issuer}:sub"] = $"system:serviceaccount:{environment.Namespace}:{environment.ServiceAccount}",
                            },
                        },
                    }
                ),
            };

            var path = Path.Combine(scenario.Output, "iam", environment.Name, "package-manager-trust-policy.json");
            Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(File.ReadAllText(path))), $"{path} is not\n{expected}");
            Assert.DoesNotContain("https://", issuer, StringComparison.Ordinal);
        }
    }

    /// <summary>Every scenario's service account against the tags of every other, another service, another action and no tags at all.</summary>
    [Fact]
    public void Pod_Identity_gives_the_role_to_exactly_the_charts_service_account()
    {
        var environments = Scenario
            .Rendering()
            .SelectMany(scenario =>
                ExpectedPlan.Of(scenario).Environments.Where(e => e.PackageManager is { } m && m["oidcIssuer"] is null).Select(e => (scenario, e))
            )
            .ToList();
        Assert.InRange(environments.Count, 5, int.MaxValue);
        var accounts = environments
            .Select(pair => (pair.e.Namespace, pair.e.ServiceAccount))
            .Append(("default", "crossplane"))
            .Append(("crossplane-system", "default"))
            .Distinct()
            .ToList();
        Assert.InRange(accounts.Count, 4, int.MaxValue);
        var cells = environments.SelectMany(pair => TrustCells(pair.scenario, pair.e, accounts)).ToList();
        Assert.InRange(cells.Count(cell => cell.IsAllowed), 2 * environments.Count, int.MaxValue);

        Assert.Equal([], cells.Where(cell => cell.IsAllowed != IsAllowed(cell.Question)).Select(cell => cell.Question.ToString()));

        var answers = IamSimulator.Answer([.. cells.Select(cell => cell.Question)]);
        Assert.Equal(
            [],
            cells
                .Zip(answers)
                .Where(pair => pair.First.IsAllowed != (pair.Second == "Allowed"))
                .Select(pair => $"{pair.First.Question} is {pair.Second}")
        );
    }

    [Fact]
    public void Packages_that_share_a_role_have_their_service_accounts_in_one_document_and_nobody_else()
    {
        var scenario = new Scenario("roles-for-provider-pods");
        var document = Path.Combine(scenario.Output, "iam", "associated", "upbound-provider-aws-iam-trust-policy.json");
        var trust = File.ReadAllText(document);
        string[] accounts = ["s3", "upbound-provider-aws-iam", "upbound-provider-aws-s3", "crossplane", "s3,upbound-provider-aws-iam"];

        IamQuestion[] questions =
        [
            .. accounts.Select(account => new IamQuestion(
                [],
                trust,
                "pods.eks.amazonaws.com",
                "sts:AssumeRole",
                "arn:aws:iam::123456789012:role/s3-manager",
                Tags("crossplane-system", account)
            )),
        ];

        bool[] expected = [true, true, false, false, false];
        Assert.Equal(expected, questions.Select(IsAllowed));
        Assert.Equal(expected, IamSimulator.Answer(questions).Select(answer => answer == "Allowed"));
        Assert.False(File.Exists(document.Replace("aws-iam", "aws-s3", StringComparison.Ordinal)));
    }

    private static IEnumerable<(IamQuestion Question, bool IsAllowed)> TrustCells(
        Scenario scenario,
        ExpectedEnvironment environment,
        IReadOnlyCollection<(string Namespace, string Name)> accounts
    )
    {
        var trust = File.ReadAllText(Path.Combine(scenario.Output, "iam", environment.Name, "package-manager-trust-policy.json"));
        var role = environment.RoleArn(environment.PackageManager!["role"]!.GetValue<string>());
        foreach (var service in new[] { "pods.eks.amazonaws.com", "ec2.amazonaws.com" })
        {
            foreach (var action in new[] { "sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity" })
            {
                foreach (var account in accounts)
                {
                    var isAllowed =
                        service[0] == 'p'
                        && !action.EndsWith("Identity", StringComparison.Ordinal)
                        && account == (environment.Namespace, environment.ServiceAccount);
                    yield return (new([], trust, service, action, role, Tags(account.Namespace, account.Name)), isAllowed);
                }

                yield return (new([], trust, service, action, role, new JsonObject()), false);
                yield return (
                    new([], trust, service, action, role, new JsonObject { ["aws:RequestTag/kubernetes-namespace"] = environment.Namespace }),
                    false
                );
            }
        }
    }

    private static JsonObject Tags(string @namespace, string name) =>
        new() { ["aws:RequestTag/kubernetes-namespace"] = @namespace, ["aws:RequestTag/kubernetes-service-account"] = name };

    private static bool IsAllowed(IamQuestion question)
    {
        var context = question.Context!.Select(pair =>
            KeyValuePair.Create<string, ImmutableArray<string>>(pair.Key, [pair.Value!.GetValue<string>()])
        );
        var request = new AccessRequest(new(PrincipalKind.Service, question.Principal), question.Action, question.Resource, new(context))
        {
            IsComplete = true,
        };
        return AccessEvaluator.Evaluate(request, [], Policies.Read(PolicyKind.Trust, question.Attached!)) == AccessAnswer.Allowed;
    }
}
