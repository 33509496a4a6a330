using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Docs;

/// <summary>The recipes of the page about templates, as they stand there.</summary>
public sealed partial class TemplateRecipeTests
{
    public static TheoryData<string> Recipes => [.. Read().Keys];

    [Theory]
    [MemberData(nameof(Recipes), DisableDiscoveryEnumeration = true)]
    public void A_recipe_renders_without_findings_in_every_project(string path)
    {
        foreach (var name in new[] { "a-package-leaves", "package-options", "roles-in-another-account", "engine-none" })
        {
            using var run = Run(name, path);

            var outcome = run.Render();

            Assert.Empty(outcome.Diagnostics.Where(found => found.Rule.Code.StartsWith("GOG4", StringComparison.Ordinal) || found.Rule.Code.StartsWith("GOG32", StringComparison.Ordinal)));
            Assert.False(outcome.HasErrors);
        }
    }

    [Fact]
    public void The_recipes_write_what_they_promise()
    {
        Assert.Equal(3, Read().Count);
        Assert.Contains("example.com/team: platform", Rendered("wave-{wave}", "overlays/argo/packages/wave-0/upbound-provider-family-aws.yaml"), StringComparison.Ordinal);
        Assert.Contains("- providerconfig-aws.yaml", Rendered("extras", "overlays/flux/packages/extras/kustomization.yaml"), StringComparison.Ordinal);
        Assert.Contains("crossplane-wave-1", Rendered("extras", "overlays/flux/flux/crossplane-extras.yaml"), StringComparison.Ordinal);

        using var run = Run("roles-in-another-account", Read().Keys.Single(path => path.Contains("tf.json", StringComparison.Ordinal)));
        var files = run.Output(run.Render()).Files.Where(file => file.Key.EndsWith(".tf.json", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Contains("ecr:BatchGetImage", System.Text.Encoding.UTF8.GetString(file.Value), StringComparison.Ordinal));
    }

    private static string Rendered(string recipe, string path)
    {
        using var run = Run("a-package-leaves", Read().Keys.Single(key => key.Contains(recipe, StringComparison.Ordinal)));
        return System.Text.Encoding.UTF8.GetString(run.Output(run.Render()).Files[path]);
    }

    private static ScenarioRun Run(string scenario, string recipe) => new(new(scenario), root =>
    {
        var full = Path.Combine(root, recipe);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, Read()[recipe]);
    });

    private static Dictionary<string, string> Read() =>
        Recipe().Matches(File.ReadAllText(RepositoryRoot.Combine("docs", "templates.md")).ReplaceLineEndings("\n"))
            .ToDictionary(match => match.Groups["path"].Value, match => match.Groups["text"].Value);

    [GeneratedRegex(@"^`(?<path>templates/\S+)`\n```scriban\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Recipe();
}
