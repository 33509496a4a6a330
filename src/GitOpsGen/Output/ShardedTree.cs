namespace GitOpsGen.Output;

/// <summary>What was rendered, by ledger: the part that belongs to no environment, and one part for each environment of the run.</summary>
internal sealed class ShardedTree
{
    private ShardedTree(OutputScope scope, ImmutableArray<Shard> shards) => (Scope, Shards) = (scope, shards);

    public OutputScope Scope { get; }

    /// <summary>The parts, with or without files.</summary>
    public ImmutableArray<Shard> Shards { get; }

    /// <summary>Every file of the tree in its shard.</summary>
    /// <exception cref="ArgumentException">A path that no template may have: rendering lets none through.</exception>
    public static ShardedTree Of(FileTree tree, OutputScope scope)
    {
        var shards = scope
            .Environments.Select(name => new LedgerScope(name))
            .Append(default)
            .ToDictionary(s => s, _ => ImmutableArray.CreateBuilder<OutputFile>());
        RelativePath? known = null;
        foreach (var file in tree.Files)
        {
            if (LedgerScope.IsReserved(file.Path) || !shards.TryGetValue(LedgerScope.Of(file.Path), out var files))
                throw new ArgumentException($"No ledger of this run can list '{file.Path}'.", nameof(tree));

            // The files of one folder follow each other.
            if (known is null || !file.Path.IsDirectlyIn(known))
                RefuseFiles(tree, known = file.Path.Parent);
            files.Add(file);
        }

        return new(scope, [.. shards.Select(s => new Shard(s.Key, s.Value.ToImmutable()))]);
    }

    /// <summary>The parts, and an empty one for each environment that has a ledger there and left the settings.</summary>
    public ImmutableArray<Shard> ShardsWith(IOutputFiles there) =>
        !Scope.IsComplete
            ? Shards
            :
            [
                .. Shards,
                .. from name in there.FoldersIn(LedgerScope.Overlays)
                where !Scope.Environments.Contains(name) && RelativePath.IsPortable(name)
                let gone = new LedgerScope(name)
                where there.Look(gone.Ledger.Value).Kind is DiskEntryKind.File or DiskEntryKind.Link
                select new Shard(gone, []),
            ];

    private static void RefuseFiles(FileTree tree, RelativePath? folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            if (tree.TryGet(folder, out _))
                throw new ArgumentException($"'{folder}' is a file and a folder.", nameof(tree));
        }
    }
}

/// <summary>The part of the rendered output that one ledger lists; without files where an environment left the settings.</summary>
internal sealed class Shard(LedgerScope scope, ImmutableArray<OutputFile> files)
{
    // Hashing is most of the work of a shard: once, and where shards are compared side by side.
    private readonly Lazy<Ledger> ledger = new(() => Ledger.Of(files));

    public LedgerScope Scope => scope;

    public ImmutableArray<OutputFile> Files => files;

    /// <summary>The ledger of exactly these files.</summary>
    public Ledger Ledger => ledger.Value;
}

/// <summary>Which part of the output a run is about.</summary>
/// <param name="Environments">The environments that this run renders.</param>
/// <param name="IsComplete">
/// Whether these are all environments of the settings (no <c>--env</c>). Only then can a ledger on disk be known to belong to an
/// environment that left the settings.
/// </param>
internal sealed record OutputScope(IReadOnlySet<string> Environments, bool IsComplete);
