namespace GitOpsGen.Cli.Tests;

/// <summary>The program without a process of its own: the same arguments, streams and exit codes, at a fraction of the time.</summary>
internal static class InProcess
{
    /// <summary>Runs on a root to the end.</summary>
    public static Finished Run(string root, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = new CommandLine(new(output, error), CancellationToken.None).Run([.. arguments, "-C", root]);
        return new(exitCode, output.ToString(), error.ToString());
    }
}
