using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>What README.md shows is what the program prints. The two commands under "Try it" are run by .ci/run itself.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Every_console_block_prints_what_it_shows()
    {
        using var clone = new WorkFolder();
        foreach (var file in (string[])["packages.lock.yaml", ".config/gitopsgen.yaml"])
        {
            clone.Write(file, File.ReadAllText(RepositoryRoot.Combine(file)));
        }

        Gitopsgen.Shell(clone.Path, $"cp -r '{RepositoryRoot.Combine("manifests")}' manifests").Exits(0);
        var commands = Blocks(File.ReadAllText(RepositoryRoot.Combine("README.md"))).SelectMany(Commands).ToList();
        Assert.NotEmpty(commands);
        foreach (var (command, expected) in commands)
        {
            var script = command.StartsWith("gitopsgen ", StringComparison.Ordinal)
                ? Gitopsgen.Of("portable").ShellWords(command.Split(' ')[1..])
                : command;
            var shown = Gitopsgen.Shell(clone.Path, $"{script} 2>&1").Output;
            Assert.True(Matches(shown, expected), $"$ {command}\nprints\n{shown}\nand README.md shows\n{expected}");
        }
    }

    private static IEnumerable<string> Blocks(string markdown) =>
        Regex.Matches(markdown, "^```console\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline).Select(block => block.Groups[1].Value);

    private static IEnumerable<(string Command, string Output)> Commands(string block) =>
        Regex.Matches(block, @"^\$ (.*)\n((?:(?!\$ ).*\n)*)", RegexOptions.Multiline).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    // A line "…" stands for any lines.
    private static bool Matches(string shown, string expected) =>
        Regex.IsMatch(shown, $@"\A{Regex.Escape(expected).Replace("…\\n", "(?:.*\\n)*?", StringComparison.Ordinal)}\z");
}
