using System.Collections.Immutable;
using GitOpsGen.Model;
using GitOpsGen.Output;
using Xunit;

namespace GitOpsGen.Tests.Output;

/// <summary>The writer dies after every step in turn: what is on disk then, and what the next run, with whatever input, makes of it.</summary>
public sealed class CrashTests
{
    // Between any two: files added, changed and removed, an environment that comes and goes, files that become folders and back, base/ that empties.
    internal static readonly ImmutableArray<FileTree> Versions =
    [
        Sandbox.Tree(
            ("overlays/dev/a", "a1"),
            ("overlays/dev/shape", "file"),
            ("overlays/dev/deep/x/y", "y1"),
            ("iam/dev/p.json", "p1"),
            ("overlays/old/a", "o1"),
            ("iam/old/p.json", "o1")
        ),
        Sandbox.Tree(
            ("overlays/dev/a", "a2"),
            ("overlays/dev/shape/inner/b", "folder"),
            ("overlays/dev/deep", "file"),
            ("iam/dev/p.json", "p1"),
            ("base/x/package.yaml", "x2"),
            ("argocd-cm.yaml", "c")
        ),
        Sandbox.Tree(
            ("overlays/dev/a", "a1"),
            ("overlays/dev/shape/inner", "file again"),
            ("overlays/dev/new", "n3"),
            ("overlays/old/a", "o3"),
            ("base/x/package.yaml", "x3"),
            ("base/y", "y3")
        ),
    ];

    public static TheoryData<int, int, int> Orders =>
        new(
            from first in Enumerable.Range(0, Versions.Length)
            from second in Enumerable.Range(0, Versions.Length)
            from third in Enumerable.Range(0, Versions.Length)
            where first != second
            select (first, second, third)
        );

    [Theory]
    [MemberData(nameof(Orders))]
    public void Dying_after_any_step_leaves_each_file_old_or_new_and_the_next_run_finishes(int first, int second, int third)
    {
        for (var (count, steps) = (0, int.MaxValue); count <= steps; count++)
        {
            using var sandbox = new Sandbox();
            sandbox.Render(Versions[first]);
            steps = Die(sandbox, Versions[second], count, force: false);
            AssertOldOrNew(sandbox, Versions[first], Versions[second]);
            sandbox.Render(Versions[third]);
            AssertIs(sandbox, Versions[third]);
        }
    }

    [Fact]
    public void Dying_several_times_with_different_inputs_still_needs_no_force()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            using var sandbox = new Sandbox();
            for (var death = 0; death < 4; death++)
                Die(sandbox, Versions[(seed + (death * (1 + (seed % 2)))) % 3], 3 + ((seed * 7) + (death * 5)) % 25, force: false);
            sandbox.Render(Versions[seed % 3]);
            AssertIs(sandbox, Versions[seed % 3]);
        }
    }

    [Fact]
    public void Dying_in_a_forced_run_does_not_ask_for_force_again()
    {
        for (var (count, steps) = (0, int.MaxValue); count <= steps; count++)
        {
            using var sandbox = new Sandbox();
            sandbox.Render(Versions[0]);
            string[] edited = ["overlays/dev/a", "overlays/dev/deep/x/y", "overlays/old/a"];
            foreach (var path in edited)
                sandbox.Put(path, "by hand");
            var before = sandbox.Generated();
            steps = Die(sandbox, Versions[2], count, force: true);
            // Until the ledgers know the edits, the forced run has not happened.
            var asksAgain = edited.Any(path =>
                sandbox.Exists(path)
                && sandbox.Read(path) == "by hand"
                && !sandbox
                    .Read($"{LedgerScope.Of(RelativePath.Parse(path)).Ledger}")
                    .Contains(Sandbox.Line(path, "by hand"), StringComparison.Ordinal)
            );
            Assert.True(!asksAgain || sandbox.Generated().Where(f => !f.Key.StartsWith('.')).SequenceEqual(before));
            sandbox.Render(Versions[1], force: asksAgain);
            AssertIs(sandbox, Versions[1]);
        }
    }

    [Fact]
    public void Dying_with_a_filter_is_finished_by_a_run_without()
    {
        for (var (count, steps) = (0, int.MaxValue); count <= steps; count++)
        {
            using var sandbox = new Sandbox();
            sandbox.Render(Versions[0]);
            var dev = new FileTree(Versions[1].Files.Where(f => LedgerScope.Of(f.Path).Environment is null or "dev"));
            steps = Die(sandbox, dev, count, force: false, Sandbox.Only("dev"));
            Assert.Equal("o1", sandbox.Read("overlays/old/a"));
            sandbox.Render(Versions[2]);
            AssertIs(sandbox, Versions[2]);
        }
    }

    /// <summary>Does that many steps and half of the next one; returns how many there are.</summary>
    private static int Die(Sandbox sandbox, FileTree tree, int count, bool force, OutputScope? scope = null)
    {
        using var session = OutputSession.Open(sandbox.Folder).Value!;
        var changes = session.Compute(ShardedTree.Of(tree, scope ?? Sandbox.Complete(tree)), 1, Sandbox.Cancellation);
        Assert.Empty(changes.Blocking(force));
        var protocol = WriteProtocol.For(changes);
        var steps = protocol.Preparation.Concat(protocol.Completion).SelectMany(p => p.Steps).ToList();
        using var output = sandbox.Folder.Hold();
        foreach (var step in steps.Take(count))
            step.Run(output);
        if (count < steps.Count && steps[count] is { Kind: WriteStepKind.Write } torn)
            (torn with { Content = torn.Content[..(torn.Content.Length / 2)] }).Run(output);
        return steps.Count;
    }

    private static void AssertOldOrNew(Sandbox sandbox, FileTree before, FileTree after)
    {
        var (old, next) = (Sandbox.Contents(before), Sandbox.Contents(after));
        var present = sandbox.Generated();
        foreach (var path in old.Keys.Union(next.Keys))
            Assert.Contains(present.GetValueOrDefault(path), (IEnumerable<string?>)[old.GetValueOrDefault(path), next.GetValueOrDefault(path)]);
        Assert.All(
            present.Keys,
            path => Assert.True(old.ContainsKey(path) || next.ContainsKey(path) || path.StartsWith(OutputFolder.Staging, StringComparison.Ordinal))
        );
        Assert.Equal("the user's", File.ReadAllText(Path.Combine(sandbox.Root, "outside.txt")));
    }

    private static void AssertIs(Sandbox sandbox, FileTree tree)
    {
        Assert.Equal(Sandbox.Contents(tree), sandbox.Generated());
        sandbox.AssertHolds(tree);
        var ledgers = tree.Files.Select(f => $"manifests/{LedgerScope.Of(f.Path).Ledger}").Distinct();
        Assert.Equal(
            [.. tree.Files.Select(f => $"manifests/{f.Path}").Concat(ledgers).Append("outside.txt").Order(StringComparer.Ordinal)],
            sandbox.Files().Keys.ToArray()
        );
    }
}
