using GitOpsGen.Diagnostics;
using GitOpsGen.Guards;
using GitOpsGen.Rendering;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Tracing;
using GitOpsGen.Tests.Access;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Guards;

/// <summary>A changed template cannot widen access, whatever it writes.</summary>
public sealed class AccessGuardTests
{
    public static TheoryData<string> Scenarios => Scenario.RenderingNames;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_built_in_templates_grant_what_the_plan_grants(string name) => Assert.Empty(Check(name));

    [Theory]
    [InlineData("_policy.json", "\"Effect\": \"Allow\"", "\"Effect\": \"allow\"", "GOG3201")]
    [InlineData("_policy.json", "2012-10-17", "2008-10-17", "GOG3202")]
    [InlineData("_policy.json", "{{ json statement.sid }}", "\"a-b\"", "GOG3203")]
    [InlineData("_policy.json", "\"Action\": ", "\"Action\": \"ecr:*\", \"Comment\": ", "GOG3201")]
    [InlineData(
        "iam/{environment}/node-policy{part}.json",
        "{{ include",
        "{{ include '_policy.json' policy: environment.access.registry.package_manager.policies[0] }}{{ # ",
        "GOG3208 GOG3209"
    )]
    [InlineData(
        "iam/{environment}/chart-policy.json",
        "environment.access.chart.policy",
        "(environment.access.registry ? environment.access.registry.nodes.policies[0] : environment.access.chart.policy)",
        "GOG3208 GOG3209"
    )]
    [InlineData("iam/{environment}/package-manager-trust-policy.json", "manager.trust", "manager.policies[0]", "GOG3201 GOG3204")]
    [InlineData("iam/registries/{registry}/repository-policy-core.json", "registry.core_policy ~", "registry.core_policy ~", "")]
    [InlineData(
        "iam/registries/{registry}/repository-policy-configuration.json",
        "policy: registry.configuration_policy",
        "policy: registry.core_policy",
        "GOG3208 GOG3209"
    )]
    [InlineData("iam/registries/{registry}/mirror-policy{part}.json", "part <=", "false && part <=", "")] // who keeps access elsewhere renders no document
    public void A_changed_template_is_found(string template, string old, string @new, string expected)
    {
        var scenario = template.Contains("chart", StringComparison.Ordinal) ? "charts-in-ecr" : "roles-in-another-account";
        var found = Check(scenario, template, text => text.Replace(old, @new, StringComparison.Ordinal));

        var codes = string.Join(' ', found.Select(d => d.Rule.Code).Distinct().Order(StringComparer.Ordinal));
        Assert.True(expected == codes, string.Join('\n', found.Select(d => $"{d.Rule.Code} {d.Message}")));
        Assert.All(found, d => Assert.Matches(@"^iam/.+\.json\([0-9]+,[0-9]+\): ", d.Message));
        Assert.All(found, d => Assert.Contains(d.Span!.Value.File, new[] { "templates/_policy.json.scriban", $"templates/{template}.scriban" }));
    }

    [Fact]
    public void A_document_that_the_plan_does_not_have_may_grant_nothing() =>
        Assert.Contains(
            "GOG3208",
            Check(
                    "roles-in-another-account",
                    "iam/{environment}/chart-policy.json",
                    _ =>
                        """
                            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"arn:aws:ecr:eu-west-2:123456789012:repository/a"}]}
                            """
                )
                .Select(d => d.Rule.Code)
        );

    [Fact]
    public void A_continuation_that_is_missing_is_access_that_is_lost() =>
        Assert.Equal(
            ["GOG3209"],
            Check(
                    "policies-over-quota",
                    "iam/{environment}/node-policy{part}.json",
                    text => text.Replace("part <=", "part < 2 && part <=", StringComparison.Ordinal)
                )
                .Select(d => d.Rule.Code)
                .Distinct()
        );

    [Fact]
    public void A_document_is_measured_as_it_was_rendered() =>
        Assert.Equal(
            ["GOG3207"],
            Check(
                    "policies-over-quota",
                    "_policy.json",
                    text => text.Replace("{{ json statement.sid }}", $"\"{{{{ statement.sid }}}}{new string('x', 200)}\"", StringComparison.Ordinal)
                )
                .Select(d => d.Rule.Code)
                .Distinct()
        );

    [Fact]
    public void Files_of_the_users_own_are_left_alone() =>
        Assert.Empty(Check("roles-in-another-account", "iam/{environment}/own.json", _ => """{ "anything": [] }"""));

    [Fact]
    public void Equal_documents_of_a_fleet_are_looked_at_once()
    {
        var plan = Plans.PlanOf(new("roles-in-another-account"));
        var (tree, _) = new TreeRenderer(TemplateSet.BuiltIn, plan, TestContext.Current.CancellationToken).Render(1, () => { });
        var groups = new AccessGuard(plan, tree).Groups;

        // Five environments pull the same packages, two have nodes that run the same images.
        Assert.Single(groups, group => group.Planned.Stem.EndsWith("/package-manager-policy", StringComparison.Ordinal));
        Assert.Single(groups, group => group.Planned.Stem.EndsWith("/node-policy", StringComparison.Ordinal));
    }

    private static List<Diagnostic> Check(string scenario, string template = "", Func<string, string>? change = null)
    {
        var sources = TemplateSet.BuiltInSources().ToList();
        if (change is not null)
        {
            var text = sources.SingleOrDefault(source => source.Name == template)?.Text ?? "";
            sources.Add(new(template, $"templates/{template}.scriban", change(text)));
        }

        var plan = Plans.PlanOf(new(scenario));
        var templates = TemplateSet.Parse(sources).Value!;
        var (tree, failures) = new TreeRenderer(templates, plan, TestContext.Current.CancellationToken).Render(1, () => { });
        Assert.Empty(failures);
        var places = new TemplatePlaces(new(templates, plan, TestContext.Current.CancellationToken));
        return [.. new AccessGuard(plan, tree).Groups.SelectMany(group => AccessGuard.Check(group)).Select(places.AtTemplate)];
    }
}
