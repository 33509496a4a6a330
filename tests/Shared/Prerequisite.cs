using System.Diagnostics;
using Xunit;

namespace GitOpsGen.Testing;

/// <summary>What a test needs from its machine. A person's machine may lack it; the build that decides may not.</summary>
internal static class Prerequisite
{
    private static readonly string[] Collectors =
    [
        "System.Threading.Tasks.Parallel",
        "System.Linq.Parallel",
        "CsCheck.",
        "Xunit.Assert",
        "Xunit.Record",
    ];

    private const string Runner = "Xunit.v3.";

    /// <summary>
    /// Skips the running test, or in CI fails it: there, nothing is left out silently. A skip is an exception, so whatever collects
    /// exceptions turns it into a failure on machines that lack the tool, and only there. That is why asking inside such a loop fails
    /// on every machine: ask before the loop.
    /// </summary>
    /// <param name="isMet">Whether the machine has it.</param>
    /// <param name="otherwise">One sentence: what is missing, and how to get it.</param>
    public static void Require(bool isMet, string otherwise)
    {
        Assert.False(
            IsInsideOfWhatCollectsExceptions(),
            "Ask for tools and data before Parallel, PLINQ, CsCheck's Sample or Assert.All, not inside."
        );
        if (isMet)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"CI must have every prerequisite. {otherwise}");
        Assert.Skip(otherwise);
    }

    private static bool IsInsideOfWhatCollectsExceptions() =>
        new StackTrace()
            .GetFrames()
            .Select(frame => frame.GetMethod()?.DeclaringType?.FullName ?? "")
            // Below the runner are tests that ended before: this one may have begun as the continuation of an Assert.ThrowsAsync.
            .TakeWhile(type => !type.StartsWith(Runner, StringComparison.Ordinal))
            .Any(type => Collectors.Any(collector => type.StartsWith(collector, StringComparison.Ordinal)));
}
