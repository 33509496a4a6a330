using System.Collections.Concurrent;

namespace GitOpsGen.Output;

/// <summary>
/// The output held by one writer. What is committed is computed inside the session, so that nobody else writes in between:
/// <c>Open</c>, <c>Compute</c>, <c>Commit</c>, <c>Dispose</c>.
/// </summary>
internal sealed class OutputSession : IDisposable
{
    private readonly OutputFolder folder;
    private readonly HeldFolder output;
    private readonly OutputLock held;
    private readonly ImmutableArray<string> created;
    private ChangeSet? computed;

    private OutputSession(OutputFolder folder, HeldFolder output, OutputLock held, ImmutableArray<string> created)
    {
        this.folder = folder;
        this.output = output;
        this.held = held;
        this.created = created;
    }

    /// <summary>Takes the lock, and creates the folder if it does not exist. GOG5006 if another writer has the lock.</summary>
    public static Result<OutputSession> Open(OutputFolder folder)
    {
        var inTheWay = new DiskView(folder).InTheWay();
        if (inTheWay.Length > 0)
            return new(null, inTheWay);
        ImmutableArray<string> created = [];
        HeldFolder? output = null;
        try
        {
            created = [.. folder.Components().Where(component => !Directory.Exists(component.Full)).Select(component => component.Display)];
            output = folder.Hold();
            if (OutputLock.TryTake(output) is { } held)
                return new(new(folder, output, held, created), []);
            output.Dispose();
            return new(null, [OutputFindings.AnotherWriter(folder)]);
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            output?.Dispose();
            RemoveEmpty(folder, created);
            return new(null, [OutputFindings.NotWritable(folder, "", exception)]);
        }
    }

    /// <summary>The differences, which stay true until the session ends.</summary>
    public ChangeSet Compute(ShardedTree tree, int jobs, CancellationToken cancellation) =>
        computed = ChangeSet.Compute(folder, new DiskView(folder), tree, jobs, cancellation);

    /// <summary>Writes the differences. Returns what forbids it, and then nothing has changed, or what failed.</summary>
    /// <param name="changes">What this session computed last.</param>
    /// <param name="force">Whether edited files are replaced and deleted too.</param>
    /// <param name="jobs">How many files at a time.</param>
    /// <param name="cancellation">Honoured until the first ledger is touched; after that the write runs to its end.</param>
    /// <exception cref="OperationCanceledException">Cancelled in time: nothing has changed.</exception>
    public ImmutableArray<Diagnostic> Commit(ChangeSet changes, bool force, int jobs, CancellationToken cancellation)
    {
        if (changes != computed)
            throw new InvalidOperationException("Only what this session computed last can be committed.");
        computed = null;
        if (changes.Blocking(force) is { Length: > 0 } blocking)
            return blocking;
        if (changes.Changes.IsEmpty && !Directory.Exists(folder.Full(OutputFolder.Staging)))
            return [];
        var protocol = WriteProtocol.For(changes);
        try
        {
            var failed = Run(protocol.Preparation, jobs, cancellation);
            cancellation.ThrowIfCancellationRequested();
            return failed.IsEmpty ? Run(protocol.Completion, jobs, CancellationToken.None) : failed;
        }
        finally
        {
            RemoveStaging();
        }
    }

    /// <summary>Gives the lock back, and removes the folder if it was created for nothing.</summary>
    public void Dispose()
    {
        held.Dispose();
        output.Dispose();
        RemoveEmpty(folder, created);
    }

    private ImmutableArray<Diagnostic> Run(ImmutableArray<WritePhase> phases, int jobs, CancellationToken cancellation)
    {
        var failed = new ConcurrentQueue<Diagnostic>();
        foreach (var phase in phases)
        {
            if (phase.SideBySide)
                Parallel.ForEach(
                    phase.Steps,
                    new() { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation },
                    () => new LastFolder(output),
                    Attempt,
                    last => last.Dispose()
                );
            else
                _ = phase.Steps.All(step => TryRun(step, () => step.Run(output), failed));
            if (!failed.IsEmpty)
                break;
        }

        return [.. failed];

        LastFolder Attempt(WriteStep step, ParallelLoopState loop, LastFolder last)
        {
            if (!TryRun(step, () => step.Run(output, last), failed))
                loop.Stop();
            return last;
        }
    }

    private bool TryRun(WriteStep step, Action run, ConcurrentQueue<Diagnostic> failed)
    {
        try
        {
            run();
            return true;
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            failed.Enqueue(OutputFindings.NotWritable(folder, step.Path, exception));
            return false;
        }
    }

    private void RemoveStaging()
    {
        try
        {
            new WriteStep(WriteStepKind.RemoveStaging, OutputFolder.Staging).Run(output);
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            // The cause was reported, or the next run reports it: it removes the folder first.
        }
    }

    private static void RemoveEmpty(OutputFolder folder, ImmutableArray<string> created)
    {
        try
        {
            using var root = folder.HoldRoot();
            foreach (var path in created.Reverse())
                new WriteStep(WriteStepKind.RemoveEmptyFolder, path).Run(root);
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            // An empty folder is not a reason to fail: Git does not track it.
        }
    }
}
