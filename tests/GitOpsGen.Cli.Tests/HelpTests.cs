using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

public sealed partial class HelpTests
{
    private static readonly string[] Commands =
    [
        "init",
        "import",
        "render",
        "check",
        "diff",
        "publish",
        "lint",
        "lock",
        "add",
        "remove",
        "update",
        "promote",
        "outdated",
        "status",
        "validate",
        "why",
        "graph",
        "explain",
        "template",
        "template list",
        "template show",
        "template eject",
        "mirror",
        "mirror plan",
        "mirror verify",
        "schema",
        "completion",
        "version",
        "help",
    ];

    public static TheoryData<string> EveryCommand => [.. Commands];

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public void Every_command_has_help_with_an_example(string command)
    {
        using var folder = new WorkFolder();
        var run = Gitopsgen.Built.On(folder.Path, [.. command.Split(' '), "--help"]).Exits(0);
        Assert.Contains("--format <form>", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Examples:\n  gitopsgen {command}", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    /// <summary>DocsTests compares what the page shows; here it shows all, and leaves out no more than what every command has.</summary>
    [Fact]
    public void The_page_of_commands_shows_every_command_with_its_own_options()
    {
        using var folder = new WorkFolder();
        var shown = Transcript
            .Read(File.ReadAllText(RepositoryRoot.Combine("docs", "commands.md")), "console")
            .Where(block => block.Command.EndsWith("--help", StringComparison.Ordinal))
            .ToDictionary(block => block.Command, block => block.Output);
        var common = Options(InProcess.Run(folder.Path, "--help").Output);

        Assert.Equal(
            Commands.Select(command => $"gitopsgen {command} --help").Append("gitopsgen --help").Order(StringComparer.Ordinal),
            shown.Keys.Order(StringComparer.Ordinal)
        );
        Assert.All(
            Commands,
            command =>
                Assert.Equal(
                    Options(InProcess.Run(folder.Path, [.. command.Split(' '), "--help"]).Output).Except(common),
                    Options(shown[$"gitopsgen {command} --help"])
                )
        );
    }

    [Fact]
    public void Without_a_command_it_prints_help_that_names_every_command()
    {
        using var folder = new WorkFolder();
        var run = Gitopsgen.Built.Run(folder.Path).Exits(0);
        Assert.All(
            Commands.Where(command => !command.Contains(' ', StringComparison.Ordinal)),
            command => Assert.Contains($"\n  {command} ", run.Output, StringComparison.Ordinal)
        );
        Assert.Equal(run.Output, Gitopsgen.Built.Run(folder.Path, "--help").Exits(0).Output);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void The_version_is_one_semantic_version_without_metadata()
    {
        using var folder = new WorkFolder();
        var version = Gitopsgen.Built.Run(folder.Path, "--version").Exits(0).Output;
        Assert.Matches(@"\A[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?\n\z", version);
        Assert.Equal(version, Gitopsgen.Built.Run(folder.Path, "check", "--version").Exits(0).Output);
    }

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public void Help_of_a_command_is_its_own_help(string command)
    {
        using var folder = new WorkFolder();
        string[] words = command.Split(' ');
        Assert.Equal(InProcess.Run(folder.Path, [.. words, "--help"]).Output, InProcess.Run(folder.Path, ["help", .. words]).Exits(0).Output);
    }

    [Fact]
    public void Version_says_the_same_and_more_as_json()
    {
        using var folder = new WorkFolder();
        var version = InProcess.Run(folder.Path, "--version").Output;
        Assert.Equal(version, InProcess.Run(folder.Path, "version").Exits(0).Output);

        var json = Gitopsgen.Built.Run(folder.Path, "version", "--format", "json").Exits(0).Json.GetProperty("version");
        Assert.Equal(version, $"{json.GetProperty("version").GetString()}\n");
        Assert.Equal(Gitopsgen.IsNative, json.GetProperty("native").GetBoolean());
    }

    private static IEnumerable<string> Options(string help) => Option().Matches(help).Select(match => match.Value);

    [GeneratedRegex("(?<=^  (?:-[^ ]+, )*)--[a-z-]+", RegexOptions.Multiline)]
    private static partial Regex Option();
}
