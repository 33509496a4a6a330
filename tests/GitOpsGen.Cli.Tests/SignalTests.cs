using Xunit;

namespace GitOpsGen.Cli.Tests;

public sealed class SignalTests
{
    [Fact]
    public void A_file_beyond_the_limit_of_the_process_is_a_finding_and_nothing_is_changed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no such limit.");
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        var before = folder.Snapshot();

        // The variable: the portable runtime maps a file larger than that for its own code.
        var run = Gitopsgen.Shell(folder.Path, $"export DOTNET_EnableWriteXorExecute=0; ulimit -f 1; {gitopsgen.ShellWords("render")}");

        Assert.Contains("GOG5007", run.Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("File too large", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, folder.Snapshot());
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_signal_while_rendering_cancels_and_leaves_the_output_untouched(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        var gitopsgen = Gitopsgen.Built;
        using var folder = Fleet.Create(environments: 400, packages: 60);
        var before = folder.Snapshot();
        using var process = gitopsgen.StartInterruptible(folder.Path, "render", "--verbose", "--format", "json");

        // The first line of --verbose: from here on signals are handled, and the work begins.
        Assert.StartsWith("gitopsgen ", process.StandardError.ReadLine(), StringComparison.Ordinal);
        Gitopsgen.Shell(folder.Path, $"kill -{signal} {process.Id}").Exits(0);
        var run = Gitopsgen.Finish(process).Exits(130);
        Assert.Equal("gitopsgen: cancelled.\n", run.Error);
        Assert.Equal(130, run.Json.GetProperty("exitCode").GetInt32());
        Assert.Equal(before, folder.Snapshot());
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_signal_while_writing_leaves_an_output_that_the_next_render_completes(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        var gitopsgen = Gitopsgen.Built;
        using var folder = Fleet.Create(environments: Gitopsgen.IsNative ? 60 : 15, packages: 60);
        using var process = gitopsgen.StartInterruptible(folder.Path, "render", "--quiet");
        while (!Directory.Exists(folder["manifests/.gitopsgen-staging"]) && !process.HasExited)
        {
            Thread.Sleep(1);
        }

        Gitopsgen.Shell(folder.Path, $"kill -{signal} {process.Id}").Exits(0);
        var exitCode = Gitopsgen.Finish(process).ExitCode;
        Assert.True(exitCode is 0 or 130, $"exit code {exitCode}");
        gitopsgen.Run(folder.Path, "check", "--quiet").Exits(exitCode == 0 ? 0 : 2);
        gitopsgen.Run(folder.Path, "render", "--quiet").Exits(0);
        gitopsgen.Run(folder.Path, "check", "--quiet").Exits(0);
        Assert.False(Directory.Exists(folder["manifests/.gitopsgen-staging"]));
    }
}
