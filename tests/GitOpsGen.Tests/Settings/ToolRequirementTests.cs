using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Settings;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Settings;

public sealed class ToolRequirementTests
{
    [Theory]
    [InlineData("0.4.0", ">=0.4.0 <0.5.0")]
    [InlineData("0.4.9", ">=0.4.0 <0.5.0")]
    [InlineData("0.5.0-rc.1", ">=0.5.0-rc.1 <0.6.0")]
    [InlineData("1.0.0", "^1.0")]
    [InlineData("2.0.0", "<1 || >=2")]
    public void A_version_that_the_settings_ask_for_runs(string tool, string constraint) => Assert.Empty(Read(constraint, tool).Diagnostics);

    [Theory]
    [InlineData("0.3.1", ">=0.4.0 <0.5.0")]
    [InlineData("0.5.0", ">=0.4.0 <0.5.0")]
    [InlineData("0.4.1-rc.1", ">=0.4.0 <0.5.0")]
    [InlineData("1.0.0", "<1")]
    public void Any_other_is_an_error_at_that_line_and_names_both(string tool, string constraint)
    {
        var found = Assert.Single(Read(constraint, tool).Diagnostics);

        Assert.Equal((Rules.OtherTool, new SourcePosition(2, 12)), (found.Rule, found.Span!.Value.Start));
        Assert.Contains($"gitopsgen {tool}", found.Message, StringComparison.Ordinal);
        Assert.Contains(constraint, found.Message, StringComparison.Ordinal);
        Assert.Contains("'dotnet tool restore'", found.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0")]
    [InlineData("0.0.0-dev")]
    [InlineData("unknown")]
    public void A_build_without_a_version_runs_with_a_notice(string tool)
    {
        var (settings, found) = Read(">=0.4.0 <0.5.0", tool);

        Assert.NotNull(settings);
        Assert.Equal((Rules.ToolUnversioned, Severity.Info), (Assert.Single(found).Rule, found[0].Severity));
        Assert.Null(ToolVersion.Constraint(tool));
    }

    /// <summary>What a later version writes there may have another shape; only the version is told.</summary>
    [Fact]
    public void Nothing_else_is_said_about_settings_for_another_version()
    {
        const string Later = "settingsVersion: 7\ngitopsgen: '>=7'\nsomethingNew: [\"a\"]\nenvironments: 3\n";

        Assert.Equal([Rules.OtherTool], SettingsReader.Read("s.yaml", Encoding.UTF8.GetBytes(Later), "0.4.0").Diagnostics.Select(d => d.Rule));
    }

    [Theory]
    [InlineData("''", "GOG1013")]
    [InlineData("' '", "GOG1122")]
    [InlineData("0.4", "GOG1012")]
    [InlineData("[ '>=0.4' ]", "GOG1012")]
    [InlineData("'0.4.0 or so'", "GOG1122")]
    public void What_is_not_a_constraint_is_an_error(string value, string code) =>
        Assert.Equal(
            [code],
            SettingsReader.Read("s.yaml", Encoding.UTF8.GetBytes(Text(value)), "0.4.0").Diagnostics.Select(found => found.Rule.Code)
        );

    [Theory]
    [InlineData("0.4.2", ">=0.4.2 <0.5.0")]
    [InlineData("1.12.0-rc.1", ">=1.12.0-rc.1 <1.13.0")]
    public void The_constraint_of_a_version_accepts_it_and_its_patches(string tool, string expected)
    {
        Assert.Equal(expected, ToolVersion.Constraint(tool));
        Assert.Empty(Read(expected, tool).Diagnostics);
    }

    [Fact]
    public void What_is_built_here_runs_on_this_repository()
    {
        var settings = File.ReadAllBytes(RepositoryRoot.Combine(".config", "gitopsgen.yaml"));

        Assert.Contains("gitopsgen: ", Encoding.UTF8.GetString(settings), StringComparison.Ordinal);
        Assert.Empty(SettingsReader.Read("s.yaml", settings).Diagnostics);
    }

    private static Result<ProjectSettings> Read(string constraint, string tool) =>
        SettingsReader.Read("s.yaml", Encoding.UTF8.GetBytes(Text($"\"{constraint}\"")), tool);

    private static string Text(string value) =>
        $"settingsVersion: 1\ngitopsgen: {value}\nenvironments:\n  dev: {{ install: direct, {SettingsText.Ecr} }}\n";
}
