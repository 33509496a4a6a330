using System.Globalization;
using Xunit;

namespace GitOpsGen.Cli.Tests.Faults;

/// <summary>When a run is disturbed. The seed is printed with the test, and <c>GITOPSGEN_SEED</c> sets it; the machine decides the rest.</summary>
internal static class Instants
{
    public static Random Random()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("GITOPSGEN_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : System.Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"GITOPSGEN_SEED={seed}");
        return new(seed);
    }
}
