using GitOpsGen.Cli.Reporting;
using GitOpsGen.Diagnostics;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>Commands in messages begin as the user called the program.</summary>
public sealed class CalledAsTests : IDisposable
{
    private readonly WorkFolder folder = new();

    public CalledAsTests()
    {
        folder.Write(
            WorkFolder.Settings,
            "settingsVersion: 1\nenvironments:\n  dev: { registry: { host: harbor.example.com }, gitops: { engine: none } }\n"
        );
        folder.Write(
            WorkFolder.Lockfile,
            "lockfileVersion: 1\npackages:\n  - { package: x.io/acme/gitopsgen, kind: Provider, version: v1.0.0, dependsOn: [] }\n"
        );
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("/home/me/.nuget/packages/gitopsgen.linux-x64/1.2.3/tools/any/linux-x64/", "dotnet gitopsgen")]
    [InlineData("/home/me/.nuget/packages/gitopsgen.any/1.2.3-rc.1/tools/net10.0/any/", "dotnet gitopsgen")]
    [InlineData(@"C:\Users\me\.nuget\packages\gitopsgen.win-x64\1.2.3\tools\any\win-x64\", "dotnet gitopsgen")]
    [InlineData("/home/me/.dotnet/tools/.store/gitopsgen/1.2.3/gitopsgen.linux-x64/1.2.3/tools/any/linux-x64/", "gitopsgen")]
    [InlineData("/home/me/.dotnet/tools/", "gitopsgen")]
    [InlineData("/usr/local/bin/", "gitopsgen")]
    [InlineData("/src/gitopsgen/artifacts/bin/", "gitopsgen")]
    public void Where_the_program_lies_tells_how_it_was_called(string path, string expected) => Assert.Equal(expected, CalledAs.From(path).Words);

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("github")]
    [InlineData("sarif")]
    public void A_local_tool_is_named_as_one_in_every_form(string form)
    {
        var (local, direct) = (Run(CalledAs.LocalTool, "lint", "--format", form), Run(CalledAs.Directly, "lint", "--format", form));

        Assert.Contains("'dotnet gitopsgen lock'", local.Output + local.Error, StringComparison.Ordinal);
        Assert.Contains("x.io/acme/gitopsgen", local.Output + local.Error, StringComparison.Ordinal);
        Assert.Contains("'gitopsgen lock'", direct.Output + direct.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_out_of_date_and_wrong_usage_name_it_too()
    {
        Assert.Contains(
            "'dotnet gitopsgen render'",
            Run(CalledAs.LocalTool, "check", "--format", "github").Exits(2).Output,
            StringComparison.Ordinal
        );
        Assert.Contains("run 'dotnet gitopsgen render'", Run(CalledAs.LocalTool, "check").Exits(2).Output, StringComparison.Ordinal);
        Assert.Contains("Run 'dotnet gitopsgen check --help'", Run(CalledAs.LocalTool, "check", "--no").Exits(64).Error, StringComparison.Ordinal);
        Assert.Contains("Run 'gitopsgen check --help'", Run(CalledAs.Directly, "check", "--no").Exits(64).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lint")]
    [InlineData("render")]
    [InlineData("check")]
    [InlineData("validate")]
    [InlineData("status")]
    [InlineData("graph")]
    [InlineData("lock")]
    [InlineData("outdated")]
    [InlineData("mirror plan")]
    [InlineData("template list")]
    public void Another_version_than_the_settings_ask_for_ends_every_command_and_says_what_to_do(string command)
    {
        folder.Edit(WorkFolder.Settings, "settingsVersion: 1\n", "settingsVersion: 1\ngitopsgen: \">=99\"\n");

        var direct = Run(CalledAs.Directly, command.Split(' ')).Exits(1).Error;
        var local = Run(CalledAs.LocalTool, command.Split(' ')).Exits(1).Error;

        Assert.StartsWith(".config/gitopsgen.yaml(2,12): error GOG1121: ", direct, StringComparison.Ordinal);
        Assert.Contains("Run 'dotnet tool restore' and call 'dotnet gitopsgen'", direct, StringComparison.Ordinal);
        Assert.Contains(".config/dotnet-tools.json and run 'dotnet tool restore'", local, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v2.3.4", "v2.3.4")]
    [InlineData(">=2.3 <3", "\">=2.3 <3\"")]
    [InlineData("[2.1,3.0)", "\"[2.1,3.0)\"")]
    [InlineData("!=2.3", "'!=2.3'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("", "\"\"")]
    public void A_value_in_a_command_is_one_word(string value, string expected) => Assert.Equal(expected, ShellWord.InMessage(value));

    private Finished Run(CalledAs calledAs, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = new CommandLine(new(output, error), CancellationToken.None) { CalledAs = calledAs }.Run([.. arguments, "-C", folder.Path]);
        return new(exitCode, output.ToString(), error.ToString());
    }
}
