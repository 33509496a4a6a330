using Xunit;

namespace GitOpsGen.Testing;

/// <summary>How a program ended.</summary>
internal sealed record ToolRun(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>The standard output; the test fails with all that was printed if the program did.</summary>
    public string RequireSuccess()
    {
        Assert.True(ExitCode == 0, $"{Command} ended with {ExitCode}.\n{Output}\n{Error}");
        return Output;
    }
}
