using CsCheck;
using GitOpsGen.Diagnostics;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Packages.Locking;

/// <summary>The lock step against Crossplane's own resolver: where that one ends well, both have the same packages at the same versions.</summary>
public sealed class GreedyResolverTests
{
    [Fact]
    public void Where_Crossplane_alone_ends_healthy_the_lock_has_the_same_packages()
    {
        var (healthy, better) = (0, 0);
        GreedyWorld.Any.Sample(
            world =>
            {
                var expected = new GreedyResolver(world).Resolve();
                var step = world.Publish().Lock(LockLines.Read(world.Lines(world.Roots)));
                var isSound = step.IsComplete && step.Diagnostics.All(d => d.Severity != Severity.Error);
                if (expected is null)
                {
                    Interlocked.Add(ref better, isSound ? 1 : 0);
                    return;
                }

                Interlocked.Increment(ref healthy);
                Assert.True(isSound, string.Join('\n', step.Diagnostics.Select(d => d.Message)));
                Assert.Equal(
                    world.Lines(expected).Order(StringComparer.Ordinal),
                    LockLines.Of(step).Select(line => line.Replace(" indirect", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                );
            },
            iter: Iterations
        );

        // Both kinds of graphs are there: those that are compared, and those that only the lock solves.
        Assert.InRange(healthy, Iterations / 5, Iterations);
        Assert.InRange(better, 1, Iterations);
    }

    private static int Iterations => LongProof.Count(4_000, 400);

    [Fact]
    public void The_first_asker_does_not_decide_alone()
    {
        var any = new GreedyWorld.Limit("*", _ => true);
        var one = new GreedyWorld.Limit("<v2.0.0", version => version.Major < 2);
        GreedyWorld.Release Release(int major, params GreedyWorld.Need[] needs) => new(new(major, 0, 0), needs);
        var world = new GreedyWorld(
            [
                [Release(1, new(1, any), new(2, any))],
                [Release(1), Release(2)],
                [Release(1, new GreedyWorld.Need(1, one))],
            ],
            [(0, 0)]
        );

        var step = world.Publish().Lock(LockLines.Read(world.Lines(world.Roots)));

        Assert.Null(new GreedyResolver(world).Resolve());
        Assert.DoesNotContain(step.Diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal(
            ["Configuration:a/p0 v1.0.0", "Function:a/p2 v1.0.0 indirect", "a/p1 v1.0.0 indirect"],
            LockLines.Of(step).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Neither_of_them_looks_for_a_lower_version_of_an_asker()
    {
        var any = new GreedyWorld.Limit("*", _ => true);
        var none = new GreedyWorld.Limit(">v9.0.0", _ => false);
        var world = new GreedyWorld(
            [
                [new(new(1, 0, 0), [new(1, any)])],
                [new(new(1, 0, 0), []), new(new(2, 0, 0), [new(2, none)])], // without the second version all would be well
                [new(new(1, 0, 0), [])],
            ],
            [(0, 0)]
        );

        Assert.Null(new GreedyResolver(world).Resolve());
        Assert.Contains(world.Publish().Lock(LockLines.Read(world.Lines(world.Roots))).Diagnostics, d => d.Rule == Rules.NoCommonVersion);
    }
}
