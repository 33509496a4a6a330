namespace GitOpsGen.Output;

/// <summary>
/// Compares one shard with the files that are there. A file is ours if its bytes match a line of its path;
/// edited if they match neither a line nor the new content; foreign, and never touched, if its path is in no line at all.
/// </summary>
internal sealed class ShardComparison(OutputFolder folder, IOutputFiles there, Shard shard)
{
    private readonly RelativePath ledgerPath = shard.Scope.Ledger;
    private readonly Ledger final = shard.Ledger;
    private readonly List<Change> files = [];
    private readonly List<RelativePath> stale = [];
    private readonly List<Clash> clashes = [];
    private readonly List<Diagnostic> findings = [];
    private Ledger old = Ledger.Empty;
    private Change? ledgerChange;

    /// <summary>The first step: reads the ledger that is there.</summary>
    public void CompareLedger() => ledgerChange = DifferenceOfLedger();

    /// <summary>What <see cref="Run"/> will read.</summary>
    public IEnumerable<(string Path, ReadOnlyMemory<byte>? Expected)> Questions() =>
        findings.Count > 0
            ? []
            : shard
                .Files.Select(file => (file.Path.Value, (ReadOnlyMemory<byte>?)file.Content))
                .Concat(Stale().Select(path => (path.Value, (ReadOnlyMemory<byte>?)null)));

    /// <summary>The second step: compares the files.</summary>
    public ShardState Run(CancellationToken cancellation)
    {
        // With a bad line the ledger does not tell what is ours, so a comparison could report nonsense.
        if (findings.Count > 0)
            return new(ledgerPath) { Findings = [.. findings] };
        foreach (var file in shard.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            Reading(file.Path, () => CompareFile(file));
        }

        CompareStale(cancellation);
        return new(ledgerPath)
        {
            Old = old,
            Final = final,
            LedgerChange = ledgerChange,
            Files = [.. files],
            Stale = [.. stale],
            Clashes = [.. clashes],
            Findings = [.. findings],
        };
    }

    private Change? DifferenceOfLedger()
    {
        DiskFile? present = null;
        Reading(
            ledgerPath,
            () =>
            {
                if (Stands(ledgerPath, isNeeded: !final.IsEmpty))
                    present = there.ReadUnless(ledgerPath.Value, null);
            }
        );
        // Not a conditional expression: a null array would become an empty memory.
        ReadOnlyMemory<byte>? text = null;
        if (!final.IsEmpty)
            text = final.ToBytes();
        if (present is null)
            return text is null ? null : new(ledgerPath, ChangeKind.Added, text);
        if (text is { } same && present.Content is { } held && held.Span.SequenceEqual(same.Span))
        {
            old = final;
            return null;
        }

        if (present.Content is { } content)
        {
            var read = LedgerReader.Read(content.Span, shard.Scope, folder.Display(ledgerPath.Value));
            old = read.Value!;
            findings.AddRange(read.Diagnostics);
        }
        else
        {
            findings.Add(OutputFindings.LedgerTooLarge(folder, ledgerPath.Value));
        }

        return Differing(ledgerPath, text is null ? ChangeKind.Removed : ChangeKind.Changed, text, present);
    }

    private void CompareFile(OutputFile file)
    {
        if (!Stands(file.Path, isNeeded: true))
        {
            files.Add(new(file.Path, ChangeKind.Added, file.Content));
            return;
        }

        if (there.ReadUnless(file.Path.Value, file.Content) is not { } present)
            return;
        if (old.LinesOf(file.Path).IsEmpty)
            findings.Add(OutputFindings.Foreign(folder, file.Path.Value));
        else
            AddExisting(file.Path, ChangeKind.Changed, file.Content, present);
    }

    private void CompareStale(CancellationToken cancellation)
    {
        foreach (var path in Stale())
        {
            cancellation.ThrowIfCancellationRequested();
            stale.Add(path);
            Reading(
                path,
                () =>
                {
                    if (Stands(path, isNeeded: false))
                        AddExisting(path, ChangeKind.Removed, null, there.ReadUnless(path.Value, null)!);
                }
            );
        }
    }

    private IEnumerable<RelativePath> Stale()
    {
        if (old == final)
            return [];
        var listed = shard.Files.Select(f => f.Path).ToHashSet();
        return old.Lines.Select(line => line.Path).Where(listed.Add);
    }

    /// <summary>Whether there is a file. An obstacle is noted if the file is needed; a link is always noted.</summary>
    private bool Stands(RelativePath path, bool isNeeded)
    {
        var entry = there.Look(path.Value);
        if (entry.Kind == DiskEntryKind.Link)
            findings.Add(OutputFindings.Link(folder.Display(entry.At)));
        else if (isNeeded && entry.Kind is DiskEntryKind.Folder or DiskEntryKind.BelowFile)
            clashes.Add(new(path, entry));
        return entry.Kind == DiskEntryKind.File;
    }

    private void AddExisting(RelativePath path, ChangeKind kind, ReadOnlyMemory<byte>? content, DiskFile present)
    {
        var isOurs = false;
        foreach (var line in old.LinesOf(path))
            isOurs |= line.Hash == present.Hash;
        files.Add(Differing(path, isOurs ? kind : ChangeKind.Edited, content, present));
        if (!isOurs)
            findings.Add(
                present.Content is { } bytes && LfsPointer.Is(bytes.Span) ? OutputFindings.LfsPointer(folder, path.Value)
                : HasCarriageReturns(present, content) ? OutputFindings.LineEndings(folder, path.Value)
                : OutputFindings.Edited(folder, path.Value, isStale: content is null)
            );
    }

    private static bool HasCarriageReturns(DiskFile present, ReadOnlyMemory<byte>? content) =>
        present.Content is { } bytes
        && content is { } expected
        && bytes.Length > expected.Length
        && bytes.ToArray().Where(b => b != '\r').SequenceEqual(expected.ToArray());

    private void Reading(RelativePath path, Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            findings.Add(OutputFindings.NotReadable(folder, path.Value, exception));
        }
    }

    private static Change Differing(RelativePath path, ChangeKind kind, ReadOnlyMemory<byte>? content, DiskFile present) =>
        new(path, kind, content)
        {
            Old = present.Content,
            OldLength = present.Length,
            OldHash = present.Hash,
        };
}

/// <summary>One shard compared with the disk.</summary>
internal sealed record ShardState(RelativePath LedgerPath)
{
    /// <summary>The ledger on disk, without conflict markers; empty if there is none.</summary>
    public Ledger Old { get; init; } = Ledger.Empty;

    /// <summary>The ledger of the rendered files.</summary>
    public Ledger Final { get; init; } = Ledger.Empty;

    /// <summary>How the ledger's own text differs, or <see langword="null"/>.</summary>
    public Change? LedgerChange { get; init; }

    /// <summary>How the files differ, the ledger apart.</summary>
    public ImmutableArray<Change> Files { get; init; } = [];

    /// <summary>The paths that the ledger lists but that are no longer generated, whether a file is still there or not.</summary>
    public ImmutableArray<RelativePath> Stale { get; init; } = [];

    /// <summary>What has to be cleared away first, if it is ours.</summary>
    public ImmutableArray<Clash> Clashes { get; init; } = [];

    public ImmutableArray<Diagnostic> Findings { get; init; } = [];
}
