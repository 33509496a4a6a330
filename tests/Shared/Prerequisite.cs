using Xunit;

namespace GitOpsGen.Testing;

/// <summary>What a test needs from its machine. A person's machine may lack it; the build that decides may not.</summary>
internal static class Prerequisite
{
    /// <summary>Skips the running test, or in CI fails it: there, nothing is left out silently.</summary>
    /// <param name="isMet">Whether the machine has it.</param>
    /// <param name="otherwise">One sentence: what is missing, and how to get it.</param>
    public static void Require(bool isMet, string otherwise)
    {
        if (isMet)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"CI must have every prerequisite. {otherwise}");
        Assert.Skip(otherwise);
    }
}
