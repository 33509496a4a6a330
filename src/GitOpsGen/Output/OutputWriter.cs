using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Output;

/// <summary>The three sinks of a rendered tree meet here: <c>check</c> and <c>diff</c> compare, <c>render</c> writes.</summary>
/// <param name="folder">Where the output stands.</param>
/// <param name="jobs">How many files are read or written at a time.</param>
internal sealed class OutputWriter(OutputFolder folder, int jobs)
{
    /// <summary>The output folder, below the root.</summary>
    public RelativePath Path => folder.Path;

    /// <summary>The differences. Takes no lock and writes nothing.</summary>
    public ChangeSet Compare(FileTree tree, OutputScope scope, CancellationToken cancellation) =>
        ChangeSet.Compute(folder, ShardedTree.Of(tree, scope), jobs, cancellation);

    /// <summary>
    /// Makes the disk equal to the tree. The value is what differed, <see langword="null"/> without the lock; any finding means that it
    /// was not written, or, where GOG5007 says so, not to the end, which the next run will reach.
    /// </summary>
    /// <param name="tree">What has to be there.</param>
    /// <param name="scope">Which part of the output the tree is about.</param>
    /// <param name="force">Whether edited files are replaced and deleted too.</param>
    /// <param name="cancellation">Honoured until the first ledger is touched.</param>
    /// <param name="verify">What else forbids writing these differences.</param>
    /// <exception cref="OperationCanceledException">Cancelled before anything was changed.</exception>
    public Result<ChangeSet> Write(
        FileTree tree,
        OutputScope scope,
        bool force,
        CancellationToken cancellation,
        Func<ChangeSet, ImmutableArray<Diagnostic>>? verify = null
    )
    {
        // The first look needs no lock: an output that is right is left without a trace, even on a read-only disk.
        var sharded = ShardedTree.Of(tree, scope);
        var seen = ChangeSet.Compute(folder, sharded, jobs, cancellation);
        var blocking = seen.Blocking(force).AddRange(verify?.Invoke(seen) ?? []);
        if (blocking.Length > 0 || (seen.Changes.IsEmpty && !seen.HasLeftovers))
            return new(seen, blocking);
        var (session, refused) = OutputSession.Open(folder);
        if (session is null)
            return new(null, refused);
        using (session)
        {
            var changes = session.Compute(sharded, jobs, cancellation);
            return new(changes, session.Commit(changes, force, jobs, cancellation));
        }
    }
}
