namespace GitOpsGen.Output;

/// <summary>
/// What must be removed before files can be put in place: our own stale files where a folder must be, and folders where a file
/// must be, if they hold only our stale files. Paths are relative to the output; folders come deepest first.
/// </summary>
internal sealed record Obstacles(ImmutableSortedSet<string> Files, ImmutableArray<string> Folders, ImmutableArray<Diagnostic> Findings)
{
    public static Obstacles Of(OutputFolder folder, IOutputFiles there, IReadOnlyCollection<ShardState> states)
    {
        var clashes = states.SelectMany(s => s.Clashes).ToList();
        if (clashes.Count == 0)
            return new([], [], []);
        var search = new Search(folder, there, [.. states.SelectMany(s => s.Files).Where(c => c.New is null).Select(c => c.Path.Value)]);
        clashes.ForEach(search.Add);
        return new(search.Files.ToImmutableSortedSet(StringComparer.Ordinal), [.. search.Folders], [.. search.Findings.Distinct()]);
    }

    private sealed class Search(OutputFolder folder, IOutputFiles there, HashSet<string> going)
    {
        public HashSet<string> Files { get; } = new(StringComparer.Ordinal);

        public List<string> Folders { get; } = [];

        public List<Diagnostic> Findings { get; } = [];

        public void Add(Clash clash)
        {
            if (clash.Entry.Kind == DiskEntryKind.BelowFile)
            {
                Files.Add(clash.Entry.At);
                if (!going.Contains(clash.Entry.At))
                    Findings.Add(OutputFindings.NotFolder(folder.Display(clash.Entry.At)));
                return;
            }

            try
            {
                if (!Clear(clash.Path.Value))
                    Findings.Add(OutputFindings.NotFile(folder, clash.Path.Value));
            }
            catch (Exception exception) when (IoReason.IsIo(exception))
            {
                Findings.Add(OutputFindings.NotReadable(folder, clash.Path.Value, exception));
            }
        }

        // A folder without files counts as ours: a crash leaves such folders behind, and Git does not track them.
        private bool Clear(string path)
        {
            foreach (var name in there.NamesIn(path))
            {
                var inner = $"{path}/{name}";
                var isFolder = there.Look(inner).Kind == DiskEntryKind.Folder;
                if (isFolder ? !Clear(inner) : !going.Contains(inner))
                    return false;
                if (!isFolder)
                    Files.Add(inner);
            }

            Folders.Add(path);
            return true;
        }
    }
}

/// <summary>A path to be written where there is a folder, or below a file.</summary>
internal readonly record struct Clash(RelativePath Path, DiskEntry Entry);
