using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>
/// What README.md and the pages of docs/ show is what the program prints: every block with the info string <c>console</c> is run, in the
/// order of its page. Blocks that need a registry are <c>console registry</c> and run by RegistryPagesTests; the two commands under
/// "Try it" of README.md are run by .ci/run itself.
/// </summary>
public sealed class DocsTests
{
    private const string Blocks = "console";

    // A line that no command of a page prints.
    private const string EndOfCommand = "--- end of command ---";

    // The portable program starts too slowly for all of them, unless somebody asks.
    public static TheoryData<string> Pages => [.. Gitopsgen.IsNative ? EveryPage() : LongProof.Of(EveryPage())];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_console_block_prints_what_it_shows(string page)
    {
        var commands = Read(page).ToArray();
        using var folder = new WorkFolder();
        if (!commands[0].Command.StartsWith("mkdir ", StringComparison.Ordinal))
        {
            CopyThisRepositorysOwnUse(folder);
        }

        // One shell for a page, so that `cd` stays.
        var script = string.Concat(commands.Select(c => $"{c.Command}\necho '{EndOfCommand}'\n"));
        var program = Gitopsgen.Built.ShellWords();
        var shown = Gitopsgen.Shell(folder.Path, $"exec 2>&1\ngitopsgen() {{ {program} \"$@\"; }}\n{script}").Output.Split($"{EndOfCommand}\n");

        Assert.Equal(commands.Length + 1, shown.Length);
        Assert.All(
            commands.Zip(shown),
            pair =>
                Assert.True(
                    Transcript.Matches(pair.Second, pair.First.Output),
                    $"$ {pair.First.Command}\nprints\n{pair.Second}\nand {page} shows\n{pair.First.Output}"
                )
        );
    }

    private static IEnumerable<string> EveryPage() =>
        Directory
            .EnumerateFiles(RepositoryRoot.Combine("docs"), "*.md")
            .Select(page => $"docs/{Path.GetFileName(page)}")
            .Append("README.md")
            .Where(page => Read(page).Any())
            .Order(StringComparer.Ordinal);

    private static IEnumerable<(string Command, string Output)> Read(string page) =>
        Transcript.Read(File.ReadAllText(RepositoryRoot.Combine(page)), Blocks);

    private static void CopyThisRepositorysOwnUse(WorkFolder folder)
    {
        foreach (var file in (string[])[WorkFolder.Lockfile, WorkFolder.Settings])
        {
            folder.Write(file, File.ReadAllText(RepositoryRoot.Combine(file)));
        }

        Gitopsgen.Shell(folder.Path, $"cp -r '{RepositoryRoot.Combine("manifests")}' manifests").Exits(0);
    }
}
