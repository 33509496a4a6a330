using Xunit;

namespace GitOpsGen.Cli.Tests;

public sealed class SignalTests
{
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
}
