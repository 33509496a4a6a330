using System.Collections.Immutable;
using CsCheck;
using GitOpsGen.Packages.Updating;
using GitOpsGen.Tests.Packages.Locking;
using Xunit;

namespace GitOpsGen.Tests.Packages.Updating;

/// <summary>What holds for every sequence of update, promote, add and remove, whatever is published and locked.</summary>
public sealed class UpdatingLawTests
{
    private const int Iterations = 300;

    private static readonly string[] Environments = RandomWorld.Environments.Split(' ');
    private static readonly string[] Patterns = ["e0", "e1", "e2", "e3", "e?", "*", "e0", "e3"];

    private static readonly Gen<Edit[]> Edits = Gen.Select(
        Gen.Int[0, 3],
        Gen.Int[0, Patterns.Length - 1],
        Gen.Int[0, 3],
        Gen.Int[0, 9],
        Gen.Int[0, 3],
        (kind, pattern, from, package, named) => new Edit(kind, Patterns[pattern], Environments[from], RandomWorld.Path(package), named == 0)
    ).Array[1, 8];

    [Fact]
    public void After_every_command_all_is_locked_and_only_what_it_is_about_has_changed() =>
        Gen.Select(RandomWorld.Any, Edits)
            .Sample(
                (random, edits) =>
                {
                    var bench = new Workbench(random);
                    foreach (var edit in bench.IsLocked ? edits : [])
                    {
                        var (text, before) = (bench.Text, bench.Lockfile);
                        var isDone = edit.Run(bench);

                        Assert.All(bench.Lockfile.Packages, entry => Assert.True(entry is { IsStale: false, Locked: not null, DependsOn: not null }));
                        if (!isDone)
                            Assert.Equal(text, bench.Text);

                        // Bytes outside of the changed entries, in their order.
                        var (changed, at) = (bench.Changes.Select(change => change.Before?.Index).ToHashSet(), 0);
                        Assert.StartsWith("# Ours.\nlockfileVersion: 1\npackages:", bench.Text, StringComparison.Ordinal);
                        foreach (var entry in before.Packages.Where(entry => !changed.Contains(entry.Index)))
                        {
                            var lines = Workbench.LinesOf(text, entry);
                            var found = bench.Text.IndexOf(lines, at, StringComparison.Ordinal);
                            Assert.True(found >= 0, $"{lines}\nis not in\n{bench.Text}\nbehind {at}");
                            at = found + lines.Length;
                        }

                        // Environments that the command is not about.
                        foreach (var environment in Environments.Where(name => !edit.IsAbout(name)))
                        {
                            Assert.Equal(
                                Workbench.In(before, environment).Values.Select(Workbench.Content).Order(StringComparer.Ordinal),
                                bench.In(environment).Values.Select(Workbench.Content).Order(StringComparer.Ordinal)
                            );
                        }
                    }
                },
                iter: Iterations
            );

    [Fact]
    public void Promote_makes_the_one_what_the_other_is_and_a_second_time_changes_nothing()
    {
        var promotions = 0;
        Gen.Select(RandomWorld.Any, Edits)
            .Sample(
                (random, edits) =>
                {
                    var bench = new Workbench(random);
                    foreach (var edit in bench.IsLocked ? edits : [])
                    {
                        if (!edit.Run(bench) || !edit.IsPromotion)
                            continue;

                        Interlocked.Increment(ref promotions);
                        var source = bench.In(edit.From);
                        foreach (var environment in Environments.Where(edit.IsAbout))
                        {
                            var target = bench.In(environment);
                            foreach (var entry in source.Values.Where(entry => edit.Names.IsEmpty || edit.Names.Contains(entry.Package.Value.Path)))
                            {
                                // What nothing needs does not stay: only a package that is indirect can be missing.
                                if (target.TryGetValue(entry.Package.Value, out var same))
                                    Assert.Equal(Workbench.Content(entry), Workbench.Content(same));
                                else
                                    Assert.True(entry.IsIndirect, $"{environment} lacks {entry.Package}");
                            }
                        }

                        var after = bench.Text;
                        Assert.True(edit.Run(bench));
                        Assert.Equal(after, bench.Text);
                        Assert.True(bench.Lock());
                        Assert.Equal(after, bench.Text);
                    }
                },
                iter: Iterations
            );
        Assert.True(promotions > Iterations / 10, $"only {promotions} promotions");
    }

    [Fact]
    public void When_all_have_followed_what_update_and_promote_split_is_one_entry() =>
        Gen.Select(RandomWorld.Any, Edits, Gen.Int[0, 3])
            .Sample(
                (random, edits, from) =>
                {
                    var bench = new Workbench(random);
                    foreach (var edit in bench.IsLocked ? edits.Where(edit => edit.Kind != 1) : [])
                        edit.Run(bench);
                    if (!bench.IsLocked || !bench.Promote(Environments[from], "*", []))
                        return;

                    foreach (
                        var package in bench
                            .In(Environments[from])
                            .Keys.Where(package => Environments.All(name => bench.In(name).ContainsKey(package)))
                    )
                    {
                        // Two, where one environment declares what another has only because something needs it.
                        var left = bench.Lockfile.Packages.Where(entry =>
                            entry.Package.Value == package && Environments.Any(name => bench.In(name).ContainsValue(entry))
                        );
                        Assert.Distinct(left.Select(entry => entry.IsIndirect));
                    }
                },
                iter: Iterations
            );

    [Fact]
    public void Joins_undo_splits_byte_for_byte()
    {
        var splits = 0;
        RandomWorld.Any.Sample(
            random =>
            {
                var bench = new Workbench(random, hasLists: false);
                var before = bench.Text;
                if (!bench.IsLocked || !bench.Update("e0", [], new() { Step = UpdateStep.Any }) || bench.Text == before)
                    return;

                Interlocked.Increment(ref splits);
                Assert.True(bench.Promote("e1", "e0", []));
                Assert.Equal(before, bench.Text);
            },
            iter: Iterations * 4
        );
        Assert.True(splits > 20, $"only {splits} splits");
    }

    private sealed record Edit(int Kind, string Pattern, string From, string Path, bool IsNamed)
    {
        public bool IsPromotion => Kind >= 2;

        public ImmutableArray<string> Names => IsNamed ? [Path] : [];

        public bool IsAbout(string environment) =>
            new GitOpsGen.Model.NamePattern(Pattern).Matches(environment) && !(IsPromotion && environment == From);

        public bool Run(Workbench bench) =>
            Kind switch
            {
                0 => bench.Update(Pattern, Names, new() { Step = IsNamed ? UpdateStep.Any : UpdateStep.Compatible }),
                1 => IsNamed ? bench.Remove(Pattern, Path) : bench.Add(Pattern, Path),
                _ => bench.Promote(From, Pattern, Names),
            };
    }
}
