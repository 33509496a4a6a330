using Xunit;

namespace GitOpsGen.Testing;

/// <summary>A proof that takes longer than a person waits for: whole in CI and with <c>GITOPSGEN_LONG=1</c>, elsewhere a sample.</summary>
internal static class LongProof
{
    private const string HowToAsk = "GITOPSGEN_LONG=1 or CI=true runs all of it.";

    public static bool IsWhole { get; } =
        Environment.GetEnvironmentVariable("CI") == "true" || Environment.GetEnvironmentVariable("GITOPSGEN_LONG") == "1";

    /// <summary>Skips the running test where nobody asked for what takes long.</summary>
    public static void Require() => Assert.SkipUnless(IsWhole, $"A long proof. {HowToAsk}");

    /// <summary>How often the running test tries, or how many it demands.</summary>
    public static int Count(int whole, int sample)
    {
        if (IsWhole)
            return whole;
        TestContext.Current.TestOutputHelper?.WriteLine($"A sample: {sample} in place of {whole}. {HowToAsk}");
        return sample;
    }

    /// <summary>All, or every fourth.</summary>
    public static IEnumerable<T> Of<T>(IEnumerable<T> all) => all.Where((_, number) => IsWhole || number % 4 == 0);
}
