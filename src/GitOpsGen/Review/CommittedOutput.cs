using GitOpsGen.Output;

namespace GitOpsGen.Review;

/// <summary>The output that is committed at base.</summary>
/// <param name="Tree">Its files, ledgers left out.</param>
/// <param name="Changes">How head's files differ, ledgers included.</param>
internal sealed record CommittedOutput(FileTree Tree, ImmutableArray<FileChange> Changes)
{
    /// <summary>
    /// What a commit has where head has a file, and where the commit's own ledgers list one. Nobody writes there, so nothing is in the way: a link is
    /// a file that holds where it leads, a pointer of Git LFS is what it is, and of a damaged ledger the good lines count.
    /// </summary>
    /// <param name="there">The output at base.</param>
    /// <param name="after">Head's files.</param>
    /// <param name="jobs">How many files are compared at a time.</param>
    /// <param name="cancellation">Ends the comparison.</param>
    public static CommittedOutput In(IOutputFiles there, ShardedTree after, int jobs, CancellationToken cancellation)
    {
        var shards = after.ShardsWith(there);
        there.Load(shards.Select(shard => shard.Scope.Ledger).Where(IsThere).Select(path => (path.Value, (ReadOnlyMemory<byte>?)null)));
        var questions = new List<Question>[shards.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation };
        Parallel.For(0, shards.Length, options, i => questions[i] = [.. QuestionsOf(shards[i])]);
        there.Load(questions.SelectMany(asked => asked).Where(asked => asked.IsThere).Select(asked => (asked.Path.Value, asked.Expected)));
        var answers = new Answer[shards.Length][];
        Parallel.For(0, shards.Length, options, i => answers[i] = [.. questions[i].Select(AnswerTo)]);
        return new(
            new(answers.SelectMany(found => found).Select(found => found.Before).OfType<OutputFile>()),
            [.. answers.SelectMany(found => found).Select(found => found.Change).OfType<FileChange>().OrderBy(c => c.Path, StringComparer.Ordinal)]
        );

        bool IsThere(RelativePath path) =>
            there.Look(path.Value) is { Kind: DiskEntryKind.File or DiskEntryKind.Link } entry && entry.At == path.Value;

        IEnumerable<Question> QuestionsOf(Shard shard)
        {
            var path = shard.Scope.Ledger;
            var ledger = IsThere(path) ? there.ReadUnless(path.Value, null)?.Content ?? default : default;
            yield return new(path, shard.Ledger.IsEmpty ? null : new(path, shard.Ledger.ToBytes()), IsThere(path));
            var listed = new HashSet<RelativePath>();
            foreach (var file in shard.Files)
            {
                listed.Add(file.Path);
                yield return new(file.Path, file, IsThere(file.Path));
            }

            foreach (var line in LedgerReader.Read(ledger.Span, shard.Scope, path.Value).Value!.Lines.Where(line => listed.Add(line.Path)))
                yield return new(line.Path, null, IsThere(line.Path));
        }

        Answer AnswerTo(Question asked)
        {
            if (!asked.IsThere)
                return new(null, asked.After is null ? null : new(asked.Path.Value, ChangeKind.Added));
            var before = there.ReadUnless(asked.Path.Value, asked.Expected) is { } other
                ? new OutputFile(asked.Path, other.Content ?? default)
                : null;
            var change = asked.After is null ? ChangeKind.Removed : ChangeKind.Changed;
            return new(asked.Path.Name == LedgerScope.FileName ? null : before ?? asked.After, before is null ? null : new(asked.Path.Value, change));
        }
    }

    /// <summary>What was where a run wrote, from head's files and how they differ.</summary>
    public static CommittedOutput Of(FileTree after, ChangeSet changes)
    {
        var differing = changes.Changes.ToDictionary(change => change.Path.Value, StringComparer.Ordinal);
        var equal = after.Files.Where(file => !differing.ContainsKey(file.Path.Value));
        var others = changes
            .Changes.Where(change => change is { IsLedger: false, OldLength: > 0 })
            .Select(change => new OutputFile(change.Path, change.Old ?? default));
        return new(new(equal.Concat(others)), [.. changes.Changes.Select(change => new FileChange(change.Path.Value, KindOf(change)))]);
    }

    private static ChangeKind KindOf(Change change) =>
        change.New is null ? ChangeKind.Removed
        : change.OldHash is null ? ChangeKind.Added
        : ChangeKind.Changed;

    /// <summary>A path, and what head has there.</summary>
    private sealed record Question(RelativePath Path, OutputFile? After, bool IsThere)
    {
        public ReadOnlyMemory<byte>? Expected => After?.Content;
    }

    /// <summary>What base has at a path, and how head differs.</summary>
    private readonly record struct Answer(OutputFile? Before, FileChange? Change);
}
