using CsCheck;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages.Locking;
using Xunit;

namespace GitOpsGen.Tests.Packages.Locking;

/// <summary>What is true for every registry and every lockfile.</summary>
public sealed class ResolutionLawTests
{
    private const int Iterations = 300;

    private static readonly string[] Environments = RandomWorld.Environments.Split(' ');

    [Fact]
    public void Every_environment_has_all_that_is_needed_there_and_nothing_else() =>
        RandomWorld.Any.Sample(
            random =>
            {
                var before = random.Lockfile();
                var step = random.Publish().Lock(before, RandomWorld.Environments);

                Assert.True(step.IsComplete);
                foreach (var environment in Environments)
                    CheckClosure(step, environment);
                CheckKept(before, step.Lockfile);
            },
            iter: Iterations
        );

    [Fact]
    public void A_second_time_nothing_changes_and_only_tags_are_looked_at() =>
        RandomWorld.Any.Sample(
            random =>
            {
                var world = random.Publish();
                var first = world.Lock(random.Lockfile(), RandomWorld.Environments);
                if (first.Diagnostics.Any(d => d.Rule == Rules.NoCommonVersion))
                    return; // nothing is written

                world.Asked.Clear();
                var second = world.Lock(LockLines.Written(first), RandomWorld.Environments);

                Assert.Equal(LockLines.Text(first), LockLines.Text(second));
                Assert.All(world.Asked, lookup => Assert.StartsWith("digest", lookup, StringComparison.Ordinal));
                Assert.Equal(world.Asked.Count, world.Asked.Distinct().Count());
            },
            iter: Iterations
        );

    [Fact]
    public void The_order_of_answers_changes_nothing() =>
        Gen.Select(RandomWorld.Any, Gen.Int)
            .Sample(
                (random, seed) =>
                {
                    var (world, scope, order) = (random.Publish(), World.Scope(RandomWorld.Environments), new Random(seed));
                    var lockfile = random.Lockfile();

                    var some = world.Lock(lockfile, scope, missing => missing.OrderBy(_ => order.Next()).Take(1 + order.Next(missing.Count)));

                    Assert.Equal(LockLines.Text(world.Lock(lockfile, scope, missing => missing)), LockLines.Text(some));
                },
                iter: Iterations
            );

    [Fact]
    public void Environments_that_are_not_selected_never_change() =>
        RandomWorld.Any.Sample(
            random =>
            {
                var before = random.Lockfile();
                var step = random.Publish().Lock(before, RandomWorld.Environments, selected: "e0 e3");

                foreach (var environment in Environments[1..3])
                    Assert.Equal(Applying(before, environment).Select(Id), Applying(step.Lockfile, environment).Select(Id));
                CheckClosure(step, "e0");
                CheckClosure(step, "e3");
            },
            iter: Iterations
        );

    /// <summary>From the declared entries through what each says it needs: all of it is there, and the rest is not.</summary>
    private static void CheckClosure(ResolutionStep step, string environment)
    {
        var present = Applying(step.Lockfile, environment).ToDictionary(e => e.Package.Value);
        var unmet = step.Diagnostics.Where(d => d.Rule == Rules.NoCommonVersion).Select(d => d.Message).ToList();
        var declared = step.Lockfile.Packages.Where(e => !e.IsIndirect && e.Environments is null).Select(e => e.Package.Value).ToHashSet();
        var reached = new Stack<LockEntry>(present.Values.Where(e => !e.IsIndirect || declared.Contains(e.Package.Value)));
        var seen = new HashSet<Repository>();
        while (reached.TryPop(out var entry))
        {
            if (!seen.Add(entry.Package.Value))
                continue;
            foreach (var need in entry.DependsOn!.Value)
            {
                if (present.TryGetValue(need.Package.Value, out var target))
                {
                    reached.Push(target);
                    CheckVersion(step, entry, need, target);
                }
                else
                {
                    Assert.Contains(
                        unmet,
                        message =>
                            message.Contains($"{need.Package} ", StringComparison.Ordinal)
                            && message.Contains("environment", StringComparison.Ordinal)
                    );
                }
            }
        }

        Assert.Equal(present.Keys.Order(), seen.Order());
    }

    // Only what was locked before can be at a version that a dependent refuses, and then that is said.
    private static void CheckVersion(ResolutionStep step, LockEntry entry, Dependency need, LockEntry target)
    {
        if (need.Constraint.Value is DependencyConstraint.Range range && !range.Constraint.Accepts(target.Version.Value))
        {
            Assert.NotNull(target.Index);
            Assert.Contains(
                step.Diagnostics,
                d =>
                    d.Rule == Rules.ConstraintNotMet
                    && d.Message.Contains($"{target.ObjectName} is locked at {target.Version}, but {entry.ObjectName}", StringComparison.Ordinal)
            );
        }
    }

    /// <summary>What was there keeps its version, its order and, where it is declared, its environments.</summary>
    private static void CheckKept(PackageLock before, PackageLock after)
    {
        var kept = after.Packages.Where(e => e.Index is not null).ToList();
        Assert.Equal(kept.Select(e => e.Index), kept.Select(e => e.Index).Order());
        foreach (var entry in kept)
            Assert.Equal((before.Packages[entry.Index!.Value].Package, before.Packages[entry.Index.Value].Version), (entry.Package, entry.Version));
        Assert.Equal(before.Packages.Where(e => !e.IsIndirect).Select(LockLines.Of), kept.Where(e => !e.IsIndirect).Select(LockLines.Of));
    }

    private static string Id(LockEntry entry) => $"{entry.Package} {entry.Version}";

    private static IEnumerable<LockEntry> Applying(PackageLock lockfile, string environment) =>
        lockfile
            .Packages.GroupBy(e => e.Package.Value)
            .Select(package =>
                package.FirstOrDefault(e => e.Environments is { } list && list.Any(p => p.Value.Matches(environment)))
                ?? package.FirstOrDefault(e => e.Environments is null)
            )
            .OfType<LockEntry>();
}
