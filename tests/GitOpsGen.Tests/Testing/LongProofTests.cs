using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Testing;

public sealed class LongProofTests
{
    /// <summary>Skipped where laws look at every fourth scenario, so that the output says it.</summary>
    [Fact]
    public void The_laws_look_at_every_scenario()
    {
        LongProof.Require();

        Assert.Equal(Enumerable.Range(0, 9), LongProof.Of(Enumerable.Range(0, 9)));
    }
}
