using System.Runtime.InteropServices;

namespace GitOpsGen.Output;

/// <summary>Where disk and rendered output differ, the ledgers included: what <c>check</c> reports and <c>render</c> writes.</summary>
public sealed class ChangeSet
{
    private ChangeSet(ShardedTree tree, ImmutableArray<ShardState> states, Obstacles obstacles, ImmutableArray<Diagnostic> findings)
    {
        Tree = tree;
        States = states;
        Obstacles = obstacles;
        Changes =
        [
            .. states
                .SelectMany(s => s.LedgerChange is { } ledger ? s.Files.Append(ledger) : s.Files)
                .Order(Comparer<Change>.Create((a, b) => a.Path.CompareTo(b.Path))),
        ];
        Diagnostics = [.. findings.Concat(states.SelectMany(s => s.Findings)).Concat(obstacles.Findings).Distinct()];
    }

    /// <summary>Every difference, by path in ordinal order.</summary>
    public ImmutableArray<Change> Changes { get; }

    /// <summary>Problems on disk that forbid writing. Edited files (GOG5001) are among them, and <c>--force</c> overrules those.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Whether a writer died and left files behind, which must be removed even if nothing differs.</summary>
    internal bool HasLeftovers { get; private init; }

    /// <summary>Whether nothing was at a path, relative to the output.</summary>
    internal Func<string, bool> IsMissing { get; private init; } = _ => false;

    /// <summary>What was compared with the disk.</summary>
    internal ShardedTree Tree { get; }

    internal ImmutableArray<ShardState> States { get; }

    internal Obstacles Obstacles { get; }

    /// <summary>What forbids writing.</summary>
    public ImmutableArray<Diagnostic> Blocking(bool force) => force ? Diagnostics.RemoveAll(d => d.Rule == Rules.EditedFile) : Diagnostics;

    /// <summary>Whether <paramref name="other"/> has every file that these differences would write.</summary>
    internal bool IsWithin(ChangeSet other)
    {
        var known = other.Changes.Where(change => change.New is not null).Select(change => change.Path).ToHashSet();
        return Changes.All(change => change.New is null || change.IsLedger || known.Contains(change.Path));
    }

    /// <summary>Compares the rendered files with those that are there, and changes nothing. The result does not depend on <paramref name="jobs"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static ChangeSet Compute(OutputFolder folder, IOutputFiles there, ShardedTree tree, int jobs, CancellationToken cancellation)
    {
        var inTheWay = there.InTheWay();
        if (inTheWay.Length > 0)
            return new(tree, [], new([], [], []), inTheWay);
        try
        {
            var shards = tree.ShardsWith(there);
            var comparisons = shards.Select(shard => new ShardComparison(folder, there, shard)).ToArray();
            var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation };
            there.Load(shards.Select(shard => (shard.Scope.Ledger.Value, (ReadOnlyMemory<byte>?)null)));
            Parallel.ForEach(comparisons, options, comparison => comparison.CompareLedger());
            there.Load(comparisons.SelectMany(comparison => comparison.Questions()));
            var states = new ShardState[shards.Length];
            Parallel.For(0, shards.Length, options, i => states[i] = comparisons[i].Run(cancellation));
            return new(tree, ImmutableCollectionsMarshal.AsImmutableArray(states), Obstacles.Of(folder, there, states), [])
            {
                IsMissing = path => there.Look(path).Kind == DiskEntryKind.Missing,
                HasLeftovers =
                    there.Look(OutputFolder.Staging).Kind == DiskEntryKind.Folder || there.Look(OutputFolder.Lock).Kind == DiskEntryKind.File,
            };
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            return new(tree, [], new([], [], []), [OutputFindings.NotReadable(folder, "", exception)]);
        }
    }
}
