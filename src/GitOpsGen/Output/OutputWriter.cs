namespace GitOpsGen.Output;

/// <summary>What becomes of a rendered tree: <c>check</c> compares it with the disk, <c>render</c> writes it.</summary>
/// <param name="folder">The output.</param>
/// <param name="jobs">How many files are read or written at a time.</param>
internal sealed class OutputWriter(OutputFolder folder, int jobs)
{
    /// <summary>Where it writes.</summary>
    public OutputFolder Folder => folder;

    /// <summary>The output folder, below the root.</summary>
    public RelativePath Path => folder.Path;

    /// <summary>Whether nothing was written because of another writer, so that a later attempt may succeed.</summary>
    public static bool IsBusy(ImmutableArray<Diagnostic> findings) => findings.Any(found => found.Rule == Rules.AnotherWriter);

    /// <summary>The differences. Takes no lock and writes nothing.</summary>
    /// <param name="tree">The rendered files.</param>
    /// <param name="scope">Which part of the output they are.</param>
    /// <param name="cancellation">Ends the comparison.</param>
    /// <param name="there">What they are compared with; the disk, unless it is given.</param>
    public ChangeSet Compare(FileTree tree, OutputScope scope, CancellationToken cancellation, IOutputFiles? there = null) =>
        ChangeSet.Compute(folder, there ?? new DiskView(folder), ShardedTree.Of(tree, scope), jobs, cancellation);

    /// <summary>A finding for each file that differs. Edited ones have another one already.</summary>
    public IEnumerable<Diagnostic> OutOfDate(ChangeSet changes) =>
        changes.Changes.Where(change => change.Kind != ChangeKind.Edited).Select(change => OutputFindings.OutOfDate(folder, change));

    /// <summary>
    /// Makes the disk equal to the rendered files that were compared. The value is what differed, <see langword="null"/> without the
    /// lock. With any finding it was not written or, where GOG5007 says so, not completely: the next run finishes it.
    /// </summary>
    /// <param name="compared">What <see cref="Compare"/> found, and the caller has verified.</param>
    /// <param name="force">Whether edited files are replaced and deleted too.</param>
    /// <param name="patience">Waits while another writer has the lock.</param>
    /// <param name="cancellation">Honoured until the first ledger is touched.</param>
    /// <exception cref="OperationCanceledException">Cancelled before anything was changed.</exception>
    public Result<ChangeSet> Write(ChangeSet compared, bool force, Patience patience, CancellationToken cancellation)
    {
        var blocking = compared.Blocking(force);
        // A correct output is not touched, not even by a lock: it may be on a read-only disk.
        if (blocking.Length > 0 || (compared.Changes.IsEmpty && !compared.HasLeftovers))
            return new(compared, blocking);
        var (session, refused) = OutputSession.Open(folder);
        while (IsBusy(refused) && patience.Wait(cancellation))
            (session, refused) = OutputSession.Open(folder);
        if (session is null)
            return new(null, refused);
        using (session)
        {
            var changes = session.Compute(compared.Tree, jobs, cancellation);
            // Somebody may have written since. A file that was equal then was not verified, so it must not be written now.
            return changes.Blocking(force).IsEmpty && !changes.IsWithin(compared)
                ? new(null, [OutputFindings.ChangedMeanwhile(folder)])
                : new(changes, session.Commit(changes, force, jobs, cancellation));
        }
    }
}
