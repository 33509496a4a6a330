using System.CommandLine;
using System.CommandLine.Invocation;

namespace GitOpsGen.Cli;

/// <summary><c>--version</c>, on every command; the library's own is only on the root and prints build metadata.</summary>
internal static class VersionFlag
{
    public static Option Create() =>
        new Option<bool>("--version")
        {
            Description = "Print the version.",
            Arity = ArgumentArity.Zero,
            Recursive = true,
            Action = new PrintVersion(),
        };

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(ToolVersion.Text);
            return ExitCode.Done;
        }
    }
}
