using System.Text.Json;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Recipes;

/// <summary>The workflow of a release, as far as it runs without a feed, and the Dockerfile.</summary>
public sealed class ReleaseTests
{
    private static readonly string[] Platforms = ["linux-x64", "linux-arm64", "linux-musl-x64", "osx-arm64", "win-x64"];

    [Fact]
    public void Every_platform_of_the_pointer_is_packed_and_pushed()
    {
        var project = File.ReadAllText(RepositoryRoot.Combine("src", "GitOpsGen.Cli", "GitOpsGen.Cli.csproj"));
        var release = Recipe.Of(".github/workflows/release.yml");

        Assert.Contains($">{string.Join(';', Platforms)};any<", project, StringComparison.Ordinal);
        Assert.Equal(Platforms, release.Values("rid"));
        Assert.Contains(
            $"platforms=\"{string.Join(' ', Platforms)} any\"",
            release.Script("Push, those that are pointed to first"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_pointer_is_pushed_when_the_feed_serves_all_that_it_points_to()
    {
        using var stubs = new Stubs();
        // The feed serves the portable package when it is asked for the second time.
        stubs
            .Program("dotnet", "", logs: true)
            .Program("sleep", "", logs: true)
            .Program("curl", $"[[ $* != *gitopsgen.any/* || -f {stubs["asked"]} ]] || {{ touch {stubs["asked"]}; exit 22; }}", logs: true);
        var script = Recipe.Of(".github/workflows/release.yml").Script("Push, those that are pointed to first");

        stubs.Run(script, null, ("KEY", "secret"), ("TAG", "v1.2.3"), ("FEED", "https://feed.example.com/v3")).RequireSuccess();

        string[] all = [.. Platforms, "any"];
        Assert.Equal(
            [
                .. all.Select(platform => $"push GitOpsGen.{platform}.1.2.3.nupkg"),
                .. Platforms.Select(platform => $"see gitopsgen.{platform}.1.2.3.nupkg"),
                "see gitopsgen.any.1.2.3.nupkg",
                "wait",
                "see gitopsgen.any.1.2.3.nupkg",
                "push GitOpsGen.1.2.3.nupkg",
                "push GitOpsGen.MSBuild.1.2.3.nupkg",
            ],
            stubs.Calls.Select(Told)
        );
        Assert.All(
            stubs.Calls.Where(call => call.StartsWith("dotnet", StringComparison.Ordinal)),
            call => Assert.Contains("--skip-duplicate", call, StringComparison.Ordinal)
        );

        static string Told(string call) =>
            call.Split(' ') switch
            {
                ["dotnet", "nuget", "push", var file, ..] => $"push {Path.GetFileName(file)}",
                ["curl", .., var address] => $"see {Path.GetFileName(address)}",
                _ => "wait",
            };
    }

    [Theory]
    [InlineData("v0.1.0", true)]
    [InlineData("v9.9.9", false)]
    [InlineData("0.1.0", false)]
    public void A_tag_that_is_not_the_version_stops_the_release(string tag, bool passes)
    {
        using var stubs = new Stubs();
        stubs.Program("dotnet", "echo 0.1.0").Program("git", "");

        var run = stubs.Run(Recipe.Of(".github/workflows/release.yml").Script("The tag is the version"), null, ("TAG", tag));

        Assert.Equal(passes ? 0 : 1, run.ExitCode);
    }

    /// <summary>No Docker is needed to know that: the base has no shell, so nothing may run in it, and what starts is in the archive.</summary>
    [Fact]
    public void The_image_has_the_archive_on_a_distroless_base_and_runs_without_a_shell_or_root()
    {
        var lines = File.ReadAllLines(RepositoryRoot.Combine("src", "GitOpsGen.Cli", "Dockerfile"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .ToArray();

        Assert.Equal(["FROM", "ARG", "ADD", "USER", "WORKDIR", "ENTRYPOINT", "CMD"], lines.Select(line => line.Split(' ')[0]));
        Assert.Matches("^FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-[a-z]+-chiseled$", lines[0]);
        Assert.Equal("ADD ${ARCHIVE} /opt/gitopsgen/", lines[2]);
        Assert.Equal("USER $APP_UID", lines[3]);
        // An exec form is JSON; another one would need a shell.
        Assert.Equal("/opt/gitopsgen/gitopsgen", Assert.Single(JsonSerializer.Deserialize<string[]>(lines[5]["ENTRYPOINT ".Length..])!));
        Assert.Equal("check", Assert.Single(JsonSerializer.Deserialize<string[]>(lines[6]["CMD ".Length..])!));
        Assert.Contains(
            "--file src/GitOpsGen.Cli/Dockerfile --build-arg ARCHIVE=",
            File.ReadAllText(RepositoryRoot.Combine("docs", "install.md")),
            StringComparison.Ordinal
        );
    }
}
