using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Packaging;

/// <summary>
/// Each <c>sh install</c> block of docs/install.md, run in a folder with a lockfile and settings, an empty home, an empty cache of packages
/// and no feed but one with what was packed.
/// </summary>
public sealed partial class InstallTests(ToolPackages packages)
{
    private static readonly string[] Blocks =
    [
        .. Block().Matches(File.ReadAllText(RepositoryRoot.Combine("docs", "install.md"))).Select(match => match.Groups["script"].Value),
    ];

    public static TheoryData<string> FirstLines => [.. Blocks.Select(FirstLine)];

    [Fact]
    public void The_page_shows_five_ways_and_each_renders_and_checks()
    {
        Assert.Equal(5, Blocks.Length);
        Assert.All(Blocks, block => Assert.Matches(@" render\n.* check\n\z", block));
    }

    [Theory]
    [MemberData(nameof(FirstLines))]
    public void What_the_page_says_installs_a_native_program_that_renders_and_checks(string firstLine)
    {
        ToolPackages.Require();

        InstallAndRun(packages.Feed, Blocks.Single(block => FirstLine(block) == firstLine));
    }

    [Fact]
    public void What_the_readme_says_under_try_it_installs_the_tool_and_starts_a_repository()
    {
        ToolPackages.Require();
        var readme = File.ReadAllText(RepositoryRoot.Combine("README.md"));

        InstallAndRun(packages.Feed, ReadmeBlock().Match(readme).Groups["script"].Value);
    }

    [Fact]
    public void What_a_plain_pack_made_installs_by_one_command()
    {
        LongProof.Require();

        InstallAndRun(packages.PlainFeed, Blocks.Single(block => block.Contains("--tool-path", StringComparison.Ordinal)));
    }

    private void InstallAndRun(string feed, string script)
    {
        using var folder = new TempFolder();
        using var home = new TempFolder();
        if (!script.Contains(" init\n", StringComparison.Ordinal))
            Gitopsgen.Built.On(folder.Path, "init").Exits(0);
        folder.Write(
            "nuget.config",
            $"""<configuration><packageSources><clear /><add key="feed" value="{feed}" /></packageSources></configuration>"""
        );
        // A release is downloaded from a folder, and what `dnx` is beside `dotnet` is on the search path.
        home.Write("bin/curl", "for file; do case $file in https:*) cp \"$ARCHIVES/${file##*/}\" .;; esac; done\n");
        home.Write("bin/dnx", "exec dotnet dnx \"$@\"\n");
        foreach (var program in (string[])["curl", "dnx"])
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(home[$"bin/{program}"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        var environment = new Dictionary<string, string?>
        {
            ["HOME"] = home.Path,
            ["DOTNET_CLI_HOME"] = home.Path,
            ["NUGET_PACKAGES"] = home["packages"],
            ["ARCHIVES"] = script.Contains("curl", StringComparison.Ordinal) ? packages.Archives : null,
            ["PATH"] = $"{home["bin"]}:{Environment.GetEnvironmentVariable("PATH")}",
        };

        var run = Tool.Require("bash").Run(["-euo", "pipefail", "-c", script], folder: folder.Path, environment: environment).RequireSuccess();

        Assert.Contains("manifests/ was written", run, StringComparison.Ordinal);
        Assert.Matches(@"manifests/ is up to date: \d+ files, 1 environment\.\n\z", run);
        Assert.True(File.Exists(folder["manifests/overlays/dev/kustomization.yaml"]));
    }

    private static string FirstLine(string script) => script[..script.IndexOf('\n', StringComparison.Ordinal)];

    [GeneratedRegex("^```sh\n(?<script>dotnet new tool-manifest\n(?:.*\n)*?)^```$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ReadmeBlock();

    [GeneratedRegex("^```sh install\n(?<script>(?:.*\n)*?)^```$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
