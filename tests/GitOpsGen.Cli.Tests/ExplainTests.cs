using GitOpsGen.Diagnostics;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary><c>gitopsgen explain</c> on the files of <c>init</c>.</summary>
public sealed class ExplainTests
{
    private const string Provider = "manifests/overlays/dev/packages/wave-0/upbound-provider-family-aws.yaml";

    [Fact]
    public void A_line_is_told_with_its_template_and_the_places_of_its_values()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        var before = folder.Snapshot();
        var all = gitopsgen.On(folder.Path, "explain", Provider, "--quiet").Exits(0);
        var number = 1 + Array.FindIndex(LinesOf(all.Output), line => line.Contains(" |   package: ", StringComparison.Ordinal));
        Assert.True(number > 1);
        var line = LinesOf(all.Output)[number - 1].Split('|')[0].Trim();

        var run = gitopsgen.On(folder.Path, "explain", $"{Provider}:{line}").Exits(0);

        Assert.Empty(run.Error);
        Assert.Equal(Provider, LinesOf(run.Output)[0]);
        Assert.Contains(
            "  template   templates/overlays/{environment}/packages/wave-{wave}/{object}.yaml.scriban:",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("  printed    package.reference\n", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n +packages\.lock\.yaml:[0-9]+:[0-9]+  packages\[[0-9]\]\.version: v", run.Output);
        Assert.Matches(@"\n +(\.config/gitopsgen\.yaml:[0-9]+:[0-9]+  .*\.install: |default of install\n)", run.Output);
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void The_same_as_json()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        var explained = gitopsgen.On(folder.Path, "explain", $"{Provider}:3", "--format", "json").Exits(0).Json.GetProperty("explain");
        Assert.Equal(Provider, explained.GetProperty("path").GetString());
        var line = Assert.Single(explained.GetProperty("lines").EnumerateArray());
        Assert.Equal((3, "kind: Provider"), (line.GetProperty("line").GetInt32(), line.GetProperty("text").GetString()));
        Assert.Equal(3, line.GetProperty("templates")[0].GetProperty("line").GetInt32());
        var origin = line.GetProperty("printed")[0].GetProperty("origins")[0];
        Assert.Equal("packages.lock.yaml", origin.GetProperty("file").GetString());
        Assert.Equal("Provider", origin.GetProperty("written").GetString());
    }

    [Fact]
    public void What_is_not_rendered_is_an_error_with_what_to_name_instead()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        Assert.Contains("GOG4201", gitopsgen.On(folder.Path, "explain", "nothing/here").Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("GOG4202", gitopsgen.On(folder.Path, "explain", $"{Provider}:1000").Exits(1).Error, StringComparison.Ordinal);
        gitopsgen.On(folder.Path, "explain").Exits(64);
        gitopsgen.On(folder.Path, "explain", "").Exits(64);
    }

    [Fact]
    public void A_rule_is_shown_without_any_root()
    {
        using var folder = new WorkFolder();
        foreach (var rule in Rules.ByCode.Values)
        {
            var text = InProcess.Run(folder.Path, "explain", rule.Code).Exits(0).Output;
            Assert.StartsWith($"{rule.Code}: {rule.Summary}\n", text, StringComparison.Ordinal);
            Assert.Equal(rule.CanChange, text.Contains("can be changed  yes", StringComparison.Ordinal));
            Assert.Equal(text, InProcess.Run(folder.Path, "explain", rule.Code.ToLowerInvariant()).Output);
        }
    }

    [Fact]
    public void A_rule_as_json()
    {
        using var folder = new WorkFolder();
        var rule = Gitopsgen.Built.On(folder.Path, "explain", "GOG2107", "--format", "json").Exits(0).Json.GetProperty("explain");
        Assert.Equal(
            ("GOG2107", "error", true, Rules.ByCode["GOG2107"].Summary),
            (
                rule.GetProperty("code").GetString(),
                rule.GetProperty("severity").GetString(),
                rule.GetProperty("canChange").GetBoolean(),
                rule.GetProperty("summary").GetString()
            )
        );
    }

    [Theory]
    [InlineData("GOG6299", "GOG6201")]
    [InlineData("GOG6021", "GOG6201")]
    [InlineData("gog620", "GOG6201")]
    [InlineData("GOG", "GOG1001")]
    [InlineData("GOG99999999999999999999", "GOG9001")]
    public void A_code_of_no_rule_is_an_error_that_names_near_ones(string code, string near)
    {
        using var folder = new WorkFolder();
        var run = InProcess.Run(folder.Path, "explain", code, "--format", "json").Exits(1);
        Assert.Equal(["GOG4204"], run.Codes);
        Assert.Contains(near, run.Output, StringComparison.Ordinal);
    }

    private static string[] LinesOf(string text) => text.Split('\n');
}
