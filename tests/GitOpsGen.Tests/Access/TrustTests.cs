using System.Text.Json.Nodes;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Access;

/// <summary>IRSA trust by structure: no simulator evaluates its conditions (facts/reference-output.md, section 2).</summary>
public sealed class TrustTests
{
    public static TheoryData<string> Scenarios => Scenario.RenderingNames;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Exactly_the_charts_service_account_may_take_the_role(string name)
    {
        var scenario = new Scenario(name);
        foreach (var environment in ExpectedPlan.Of(scenario).Environments.Where(e => e.PackageManager is not null))
        {
            var issuer = environment.PackageManager!["oidcIssuer"]!.GetValue<string>();
            var role = environment.RoleArn(environment.PackageManager["role"]!.GetValue<string>());
            var account = role.Split(':')[4];
            var expected = new JsonObject
            {
                ["Version"] = "2012-10-17",
                ["Statement"] = new JsonArray(new JsonObject
                {
                    ["Sid"] = "AssumeRoleWithServiceAccount",
                    ["Effect"] = "Allow",
                    ["Principal"] = new JsonObject { ["Federated"] = $"arn:{environment.Registry.Partition}:iam::{account}:oidc-provider/{issuer}" },
                    ["Action"] = "sts:AssumeRoleWithWebIdentity",
                    ["Condition"] = new JsonObject
                    {
                        ["StringEquals"] = new JsonObject
                        {
                            [$"{issuer}:aud"] = "sts.amazonaws.com",
                            [$"{issuer}:sub"] = $"system:serviceaccount:{environment.Namespace}:{environment.ServiceAccount}",
                        },
                    },
                }),
            };

            var path = Path.Combine(scenario.Expected, "iam", environment.Name, "package-manager-trust-policy.json");
            Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(File.ReadAllText(path))), $"{path} is not\n{expected}");
            Assert.DoesNotContain("https://", issuer, StringComparison.Ordinal);
        }
    }
}
