using System.Text.RegularExpressions;
using GitOpsGen.Cli.Completing;
using GitOpsGen.Diagnostics;
using Xunit;

namespace GitOpsGen.Cli.Tests.Completing;

/// <summary>What the scripts of the shells get to ask for; <see cref="ShellTests"/> has the shells themselves.</summary>
public sealed partial class CompletionTests : IDisposable
{
    private readonly WorkFolder folder = new();

    public CompletionTests() => InProcess.Run(folder.Path, "init").Exits(0);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("ren", "render")]
    [InlineData("mirror ", "plan", "verify")]
    [InlineData("help mirror ", "plan", "verify")]
    [InlineData("render --for", "--force", "--format")]
    [InlineData("render --format json --for", "--force")]
    [InlineData("lint --format ", "text", "json", "github", "sarif")]
    [InlineData("graph --format m", "mermaid")]
    [InlineData("graph --format=m", "--format=mermaid")]
    [InlineData("render --report i", "inputs=")]
    [InlineData("lint --report i")]
    [InlineData("diff --fail-on re", "removed")]
    [InlineData("schema ", "lockfile", "settings")]
    [InlineData("completion ", "bash", "fish", "pwsh", "zsh")]
    [InlineData("explain GOG62", "GOG6201", "GOG6202", "GOG6203", "GOG6204", "GOG6205")]
    [InlineData("explain man", ":files")]
    [InlineData("lint -C ", ":folders")]
    [InlineData("render --lockfile=", ":files")]
    [InlineData("lint --env ", "dev")]
    [InlineData("init --engine ", "argocd", "flux", "none")]
    [InlineData("lint --env x --env d", "dev")]
    [InlineData("promote ", "dev")]
    [InlineData("promote a ", "dev")]
    [InlineData("promote a b provider-aws", "provider-aws-s3")]
    [InlineData("why cross", "crossplane")]
    [InlineData("mirror plan --from ", "dev")]
    [InlineData("update provider-aws-s3 --ma", "--major")]
    [InlineData("template show base/{object}/p", "base/{object}/package.yaml")]
    [InlineData("render --jobs ")]
    [InlineData("render nothing")]
    [InlineData("bogus ren")]
    public void What_may_come_next_is_offered(string line, params string[] expected) =>
        Assert.Equal(expected.Order(StringComparer.Ordinal), Ask(line).Select(Word).Order(StringComparer.Ordinal));

    [Fact]
    public void A_word_comes_with_what_it_is_about()
    {
        Assert.Equal("provider-aws-s3\tv2.2.0", Assert.Single(Ask("why provider-aws")));
        Assert.Equal($"GOG8201\t{Rules.ByCode["GOG8201"].Summary.TrimEnd('.')}", Assert.Single(Ask("explain GOG82")));
    }

    [Theory]
    [InlineData("settingsVersion: [")]
    [InlineData("settingsVersion: 1\nenvironments: 7\n")]
    public void Files_that_cannot_be_read_offer_nothing_and_say_nothing(string settings)
    {
        folder.Write(WorkFolder.Settings, settings);

        Assert.Empty(Ask("lint --env "));
    }

    [Fact]
    public void A_root_that_is_named_is_the_one_that_is_read()
    {
        folder.Write(
            "elsewhere/.config/gitopsgen.yaml",
            File.ReadAllText(folder[WorkFolder.Settings]).Replace("  dev:", "  other:", StringComparison.Ordinal)
        );
        folder.Write("elsewhere/packages.lock.yaml", File.ReadAllText(folder[WorkFolder.Lockfile]));

        Assert.Equal(["other"], Ask($"lint -C {folder["elsewhere"]} --env "));
        Assert.Empty(Ask("lint -C /nowhere --env "));
    }

    /// <summary>So that a new option is not forgotten: it offers values, or is one of those that cannot.</summary>
    [Fact]
    public void Every_value_of_an_option_is_offered_or_is_free_text()
    {
        string[] free =
        [
            "--jobs",
            "--wait",
            "--limit",
            "--today",
            "--to",
            "--base",
            "--head",
            "--max-length",
            "--link",
            "--skopeo-flag",
            "--account",
            "--region",
            "--repository",
            "--branch",
            "--source-repository",
            "--upstream",
            "--set",
            "--core",
            "--oidc-issuer",
            "--pull-role",
            "--node-role",
        ];
        var commands = Ask("").Select(Word).ToArray();
        var nested = commands.SelectMany(command => Ask($"help {command} ").Select(sub => $"{command} {Word(sub)}"));

        Assert.All(
            commands.Concat(nested),
            command =>
            {
                var help = InProcess.Run(folder.Path, [.. command.Split(' '), "--help"]).Output;
                var options = WithValue().Matches(help).Select(match => match.Value).Except(free).ToList();
                Assert.Contains("--format", options);
                Assert.All(options, option => Assert.True(Ask($"{command} {option} ").Length > 0, $"{command} {option}"));
            }
        );
    }

    private static string Word(string answer) => answer.Split('\t')[0];

    [GeneratedRegex("(?<=^  (?:-[^ ]+, )*)--[a-z-]+(?= <)", RegexOptions.Multiline)]
    private static partial Regex WithValue();

    private string[] Ask(string line)
    {
        string[] words = line.Split(' ');
        string[] root = words[0].Length > 0 && words.Length > 1 && !words.Contains("-C") ? ["-C", folder.Path] : [];
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter();
        Assert.Equal(0, new CommandLine(new(output, error), CancellationToken.None).Run([Completion.Question, .. root, .. words]));
        Assert.Empty(error.ToString());
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
