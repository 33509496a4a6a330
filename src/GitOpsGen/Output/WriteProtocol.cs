namespace GitOpsGen.Output;

/// <summary>
/// The write as a list of steps. A crash between or inside any of them leaves every file old or new, and ledgers that know both. So
/// the next run, whatever it renders, finds nothing edited and nothing foreign.
/// </summary>
internal sealed class WriteProtocol
{
    private readonly List<WriteStep> stagingFolders = [];
    private readonly List<WriteStep> staged = [];
    private int names;

    private WriteProtocol(ChangeSet changes)
    {
        List<WriteStep> transitionalLedgers = [],
            finalLedgers = [];
        foreach (var state in changes.States)
            AddLedgers(state, transitionalLedgers, finalLedgers);
        var files = changes.States.SelectMany(s => s.Files).ToList();
        var arrivals = new NewFolders(changes.IsMissing, transitionalLedgers.Select(ledger => RelativePath.Parse(ledger.Path)));
        var moves = files
            .Where(f => f.New is not null)
            .GroupBy(f => arrivals.Above(f.Path))
            .SelectMany(group => group.Key is { } folder ? [StageFolder(folder, group)] : group.Select(f => StageFile(f.Path, f.New!.Value)))
            .ToList();
        var gone = files.Where(f => f.New is null).Select(f => f.Path.Value).Where(path => !changes.Obstacles.Files.Contains(path));

        var tidy = Step(WriteStepKind.RemoveStaging, OutputFolder.Staging);
        Preparation =
        [
            new(false, staged.Count == 0 ? [tidy] : [tidy, Step(WriteStepKind.CreateFolder, OutputFolder.Staging), .. stagingFolders]),
            new(true, [.. staged]),
        ];
        Completion =
        [
            // Only what is in the way of a ledger is deleted before the ledgers list the new files. It is stale, so it has to go anyway.
            .. Clear(changes.Obstacles, BlocksLedger),
            new(false, FoldersFor(transitionalLedgers)),
            new(true, [.. transitionalLedgers]),
            .. Clear(changes.Obstacles, path => !BlocksLedger(path)),
            new(false, FoldersFor(moves)),
            new(true, [.. moves]),
            new(true, [.. gone.Select(path => Step(WriteStepKind.Delete, path))]),
            new(false, Emptied(changes.States.SelectMany(s => s.Stale))),
            new(false, FoldersFor(finalLedgers)),
            new(true, [.. finalLedgers]),
            new(false, Emptied(finalLedgers.Where(s => s.Kind == WriteStepKind.Delete).Select(s => RelativePath.Parse(s.Path)))),
            new(false, [tidy]),
        ];

        bool BlocksLedger(string path) =>
            transitionalLedgers.Exists(ledger =>
                $"{ledger.Path}/".StartsWith($"{path}/", StringComparison.Ordinal) || path.StartsWith($"{ledger.Path}/", StringComparison.Ordinal)
            );
    }

    /// <summary>Touches only the staging folder, so it can fail or be cancelled without a trace.</summary>
    public ImmutableArray<WritePhase> Preparation { get; }

    /// <summary>What has to be finished once it has begun.</summary>
    public ImmutableArray<WritePhase> Completion { get; }

    /// <summary>The steps that turn the disk into the rendered output, edited files included.</summary>
    public static WriteProtocol For(ChangeSet changes) => new(changes);

    private void AddLedgers(ShardState state, List<WriteStep> transitional, List<WriteStep> final)
    {
        if (!state.Files.IsEmpty)
        {
            // An edited file gets here only with --force, and the next run must not need --force again.
            var edited = state.Files.Where(f => f.Kind == ChangeKind.Edited).Select(f => new LedgerLine(f.Path, f.OldHash!.Value));
            var both = state.Old.With(state.Final, edited);
            // No file is deleted or replaced, so the final ledger lists all of them: one write is enough.
            if (both.Lines.Length == state.Final.Lines.Length && state.LedgerChange is { New: { } only })
            {
                transitional.Add(StageFile(state.LedgerPath, only));
                return;
            }

            if (both.Lines.Length != state.Old.Lines.Length)
                transitional.Add(StageFile(state.LedgerPath, both.ToBytes()));
            if (both.Lines.Length != state.Old.Lines.Length && state.LedgerChange is null)
                final.Add(StageFile(state.LedgerPath, state.Final.ToBytes()));
        }

        if (state.LedgerChange is { } change)
            final.Add(change.New is { } text ? StageFile(state.LedgerPath, text) : Step(WriteStepKind.Delete, state.LedgerPath.Value));
    }

    private WriteStep StageFile(RelativePath path, ReadOnlyMemory<byte> content)
    {
        var name = NextName();
        staged.Add(Step(WriteStepKind.Write, name) with { Content = content });
        return Step(WriteStepKind.Move, path.Value) with { From = name };
    }

    /// <summary>A folder that does not exist yet is moved as a whole: one rename instead of one for each file.</summary>
    private WriteStep StageFolder(string folder, IEnumerable<Change> files)
    {
        var name = NextName();
        var writes = files
            .Select(file => Step(WriteStepKind.Write, name + file.Path.Value[folder.Length..]) with { Content = file.New!.Value })
            .ToList();
        stagingFolders.AddRange(FoldersOf(writes));
        staged.AddRange(writes);
        return Step(WriteStepKind.MoveFolder, folder) with { From = name };
    }

    private string NextName() => FormattableString.Invariant($"{OutputFolder.Staging}/{names++}");

    private static IEnumerable<WritePhase> Clear(Obstacles obstacles, Func<string, bool> wanted) =>
        [
            new(false, [.. obstacles.Files.Where(wanted).Select(f => Step(WriteStepKind.Delete, f))]),
            new(false, [.. obstacles.Folders.Where(wanted).Select(f => Step(WriteStepKind.RemoveEmptyFolder, f))]),
        ];

    private static WriteStep Step(WriteStepKind kind, string path) => new(kind, path);

    private static ImmutableArray<WriteStep> FoldersFor(IEnumerable<WriteStep> moves) =>
        [.. FoldersOf(moves.Where(s => s.Kind != WriteStepKind.Delete))];

    private static IEnumerable<WriteStep> FoldersOf(IEnumerable<WriteStep> steps) =>
        steps
            .Select(s => RelativePath.FolderOf(s.Path))
            .Where(f => f.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Select(f => Step(WriteStepKind.CreateFolder, f));

    // In reverse ordinal order every folder comes after those inside it.
    private static ImmutableArray<WriteStep> Emptied(IEnumerable<RelativePath> gone)
    {
        var folders = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in gone)
        {
            for (var folder = path.Parent; folder is not null && folders.Add(folder.Value); folder = folder.Parent) { }
        }

        return [.. folders.Reverse().Select(f => Step(WriteStepKind.RemoveEmptyFolder, f))];
    }
}

/// <summary>Folders that are not there yet, each with all that is to be in it.</summary>
/// <param name="isMissing">Whether nothing is at a path on disk.</param>
/// <param name="before">The files that are put in place earlier, with their folders.</param>
internal sealed class NewFolders(Func<string, bool> isMissing, IEnumerable<RelativePath> before)
{
    private readonly HashSet<string> present = [.. before.SelectMany(file => file.Ancestors).Select(folder => folder.Value)];
    private readonly Dictionary<string, string?> known = new(StringComparer.Ordinal);

    /// <summary>The topmost folder above a file that is not there; <see langword="null"/> where all are.</summary>
    public string? Above(RelativePath file) => file.Parent is { } parent ? Topmost(parent) : null;

    private string? Topmost(RelativePath folder)
    {
        if (!known.TryGetValue(folder.Value, out var topmost))
        {
            topmost = Above(folder) ?? (!present.Contains(folder.Value) && isMissing(folder.Value) ? folder.Value : null);
            known.Add(folder.Value, topmost);
        }

        return topmost;
    }
}
