using CsCheck;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Testing;

public sealed class PrerequisiteTests
{
    [Fact]
    public void Asking_inside_of_a_loop_that_collects_exceptions_fails_on_every_machine()
    {
        Action ask = () => Prerequisite.Require(isMet: true, "It is there.");

        ask();
        foreach (
            var loop in new Action[]
            {
                () => Parallel.For(0, 2, _ => ask()),
                () => Parallel.ForEach([1], _ => ask()),
                () => Enumerable.Range(0, 1).AsParallel().ForAll(_ => ask()),
                () => Gen.Int.Sample(_ => ask(), iter: 1),
                () => Assert.All([1], _ => ask()),
            }
        )
            Assert.Contains("Ask for tools and data before", Caught(loop).ToString(), StringComparison.Ordinal);
    }

    private static Exception Caught(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            return exception;
        }

        throw new InvalidOperationException("Nothing was thrown.");
    }
}
