using System.Text.Json.Nodes;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Planning;

/// <summary>What Crossplane pulls through the rendered ImageConfigs.</summary>
public sealed class PullTests
{
    public static TheoryData<string> Scenarios => Scenario.RenderingNames;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Each_locked_reference_is_pulled_from_the_mirror_and_no_other_one(string name)
    {
        var scenario = new Scenario(name);
        var matrix = new PullMatrix(ExpectedPlan.Of(scenario), scenario.Output);

        Assert.Equal([], matrix.Mismatches());
        Assert.True(matrix.Cells > 0 || ExpectedPlan.Of(scenario).Environments.All(environment => environment.Packages.Count == 0));
    }

    [Fact]
    public void ImageConfigs_do_the_same_after_Kustomize()
    {
        var kustomize = Kustomize.Require();
        var compared = 0;
        foreach (var scenario in Scenario.Rendering().Where(scenario => HasImageConfigs(scenario.Output)))
        {
            var matrix = new PullMatrix(ExpectedPlan.Of(scenario), scenario.Output);
            Assert.Equal(
                [],
                matrix.Mismatches(environment =>
                {
                    if (!HasImageConfigs(Path.Combine(scenario.Output, "overlays", environment.Name)))
                        return [];
                    compared++;
                    var folder = Path.Combine(scenario.Output, "overlays", environment.Name, "packages");
                    return kustomize.Build(folder).Where(o => o.Kind == "ImageConfig").Select(o => o.Content);
                })
            );
        }

        Assert.InRange(compared, 8, int.MaxValue);
    }

    [Theory]
    [InlineData("several-organisations-rewritten", "a prefix without its boundary")]
    [InlineData("several-organisations-rewritten", "a rewrite that lost its prefix")]
    [InlineData("several-organisations-rewritten", "one ImageConfig less")]
    [InlineData("several-organisations-rewritten", "one ImageConfig twice")]
    [InlineData("a-repository-without-organisation", "a prefix without its boundary")]
    [InlineData("a-pull-secret", "one ImageConfig less")]
    [InlineData("a-pull-secret", "a secret for the upstream")]
    public void A_damaged_ImageConfig_is_noticed(string name, string damage)
    {
        var scenario = new Scenario(name);
        var matrix = new PullMatrix(ExpectedPlan.Of(scenario), scenario.Output);

        var found = matrix.Mismatches(environment => Damaged([.. matrix.Rendered(environment)], damage));

        Assert.NotEmpty(found);
    }

    private static List<JsonNode> Damaged(List<JsonNode> configs, string damage)
    {
        foreach (var config in configs)
        {
            foreach (var match in config["spec"]!["matchImages"]!.AsArray())
                match!["prefix"] = Cut(match["prefix"]!, damage == "a prefix without its boundary");
            if (config["spec"]!["rewriteImage"] is { } rewrite)
                rewrite["prefix"] = Cut(rewrite["prefix"]!, damage is "a prefix without its boundary" or "a rewrite that lost its prefix");
            if (damage == "a secret for the upstream" && config["spec"]!["registry"] is not null)
                config["spec"]!["matchImages"]![0]!["prefix"] = "xpkg.upbound.io/";
        }

        return damage switch
        {
            "one ImageConfig less" => [.. configs.SkipLast(1)],
            "one ImageConfig twice" => [.. configs, .. configs.Take(1)],
            _ => configs,
        };
    }

    private static string Cut(JsonNode prefix, bool isCut) => isCut ? prefix.GetValue<string>()[..^1] : prefix.GetValue<string>();

    private static bool HasImageConfigs(string folder) =>
        Directory.Exists(folder) && Directory.GetFiles(folder, "imageconfig-*", SearchOption.AllDirectories).Length > 0;
}
