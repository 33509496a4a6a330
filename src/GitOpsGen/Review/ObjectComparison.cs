using System.Collections.Concurrent;
using GitOpsGen.Output;
using GitOpsGen.Validation.Builds;

namespace GitOpsGen.Review;

/// <summary>
/// The objects of two outputs, as an engine applies them. Only folders that a differing file can reach are built: of a fleet, most are
/// equal.
/// </summary>
internal sealed class ObjectComparison
{
    private const string KustomizationFile = "kustomization.yaml";

    private readonly Side before;
    private readonly Side after;
    private readonly ILookup<string, string> reached;

    /// <param name="before">The output that was.</param>
    /// <param name="after">The output that is to be. Equal files have the same bytes in memory, or are compared.</param>
    /// <param name="output">The output folder.</param>
    public ObjectComparison(FileTree before, FileTree after, RelativePath output)
    {
        var shared = new SharedContents();
        var (old, current) = (new OutputBuild(before, output, shared), new OutputBuild(after, output, shared));
        var applied = AppliedPaths.Of(old, current);
        this.before = new(old, applied.Before);
        this.after = new(current, applied.After);
        reached = Reached([.. FileComparison.Of(before, after).Select(change => change.Path)], applied.Mentioning)
            .ToLookup(EnvironmentOf, StringComparer.Ordinal);
    }

    /// <summary>What differs, by environment.</summary>
    public ObjectChanges Compare(int jobs, CancellationToken cancellation)
    {
        var changes = new ConcurrentDictionary<string, EnvironmentObjects>(StringComparer.Ordinal);
        var shared = new ConcurrentDictionary<string, EnvironmentObjects>(StringComparer.Ordinal);
        Parallel.ForEach(
            reached,
            new() { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation },
            folders =>
            {
                var found = ContentsOf(folders) is { } contents ? shared.GetOrAdd(contents, _ => Compare(folders)) : Compare(folders);
                ImmutableArray<string> environments = folders.Key.Length > 0 ? [folders.Key] : [];
                changes[folders.Key] = found with { Changes = [.. found.Changes.Select(change => change with { Environments = environments })] };
            }
        );
        return new(changes);
    }

    private EnvironmentObjects Compare(IEnumerable<string> folders)
    {
        var (old, current) = (Objects(before, folders), Objects(after, folders));
        return new([.. Changes(old, current)], old.Values.ToDictionary(there => there.Key, there => there.Node));
    }

    // Equal for environments whose folders are built from the same on both sides; nothing where a folder is only like itself.
    private string? ContentsOf(IGrouping<string, string> folders)
    {
        var text = new StringBuilder();
        foreach (var folder in folders)
        {
            foreach (var (build, applied) in new[] { before, after })
            {
                if (build.FreeFilesOf(folder).Any() || (build.HasKustomization(folder) && build.ContentOf(folder) is null))
                    return null;

                text.Append(CultureInfo.InvariantCulture, $"{(applied.Has(folder) ? build.ContentOf(folder) : 0)} ");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<ObjectChange> Changes(
        Dictionary<ObjectKey, (ObjectKey Key, YamlNode Node)> old,
        Dictionary<ObjectKey, (ObjectKey Key, YamlNode Node)> current
    )
    {
        foreach (var (identity, (key, node)) in old)
        {
            if (!current.TryGetValue(identity, out var other))
                yield return new(key, ChangeKind.Removed, []) { Before = node };
            else if (NodeDifference.Of(node, other.Node) is { IsEmpty: false } fields)
                yield return new(other.Key, ChangeKind.Changed, fields) { Before = node, After = other.Node };
        }

        foreach (var (_, (key, node)) in current.Where(pair => !old.ContainsKey(pair.Key)))
            yield return new(key, ChangeKind.Added, []) { After = node };
    }

    // To a cluster, the versions of a kind are forms of one object.
    private static Dictionary<ObjectKey, (ObjectKey Key, YamlNode Node)> Objects(Side side, IEnumerable<string> folders)
    {
        var objects = new Dictionary<ObjectKey, (ObjectKey, YamlNode)>();
        foreach (var node in folders.Where(side.Applied.Has).SelectMany(folder => side.Build.BuildApplied(folder, side.Applied.Has).Objects))
        {
            if (ObjectKey.Of(node) is { } key)
            {
                var group = key.ApiVersion.Contains('/', StringComparison.Ordinal) ? key.ApiVersion.Split('/')[0] : "";
                objects.TryAdd(key with { ApiVersion = group }, (key, node));
            }
        }

        return objects;
    }

    // From a file to the kustomizations that mention it, and on to those that mention their folders; and what is not applied any more, or only now.
    private HashSet<string> Reached(ImmutableArray<string> changed, ILookup<string, string> mentioning)
    {
        var folders = changed.Select(RelativePath.FolderOf).ToHashSet(StringComparer.Ordinal);
        // Only the kustomization of a folder with a changed file is another.
        var mentioned = folders.SelectMany(folder => before.Build.MentionedBy(folder).Union(after.Build.MentionedBy(folder))).ToList();
        string[] moved = [.. before.Applied.OnlyElsewhere(mentioned), .. after.Applied.OnlyElsewhere(mentioned)];
        var open = new Queue<string>([
            .. folders,
            .. changed.Concat(moved).SelectMany(path => mentioning[path]),
            .. moved,
            .. moved.Select(RelativePath.FolderOf),
        ]);
        var found = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryDequeue(out var folder))
        {
            if (found.Add(folder))
            {
                foreach (var next in mentioning[folder])
                    open.Enqueue(next);
            }
        }

        return found;
    }

    private static string EnvironmentOf(string folder) =>
        LedgerScope.Of(RelativePath.Parse(folder.Length == 0 ? KustomizationFile : $"{folder}/{KustomizationFile}")).Environment ?? "";

    private sealed record Side(OutputBuild Build, AppliedPaths Applied);
}

/// <summary>What differs between the objects of two outputs.</summary>
/// <param name="byEnvironment">By environment; the empty name has what belongs to none.</param>
internal sealed class ObjectChanges(IReadOnlyDictionary<string, EnvironmentObjects> byEnvironment)
{
    /// <summary>The environments in which anything was compared, and the empty name for what belongs to none.</summary>
    public IEnumerable<string> Environments => byEnvironment.Keys;

    /// <summary>What differs in one of them.</summary>
    public EnvironmentObjects Of(string environment) => byEnvironment.GetValueOrDefault(environment) ?? EnvironmentObjects.None;
}

/// <summary>The objects of one environment, in the folders that a differing file reaches.</summary>
/// <param name="Changes">What differs.</param>
/// <param name="Before">The objects that were there.</param>
internal sealed record EnvironmentObjects(ImmutableArray<ObjectChange> Changes, IReadOnlyDictionary<ObjectKey, YamlNode> Before)
{
    public static EnvironmentObjects None { get; } = new([], new Dictionary<ObjectKey, YamlNode>());
}

/// <summary>The files of two outputs.</summary>
internal static class FileComparison
{
    /// <summary>Those that differ, by path.</summary>
    public static ImmutableArray<FileChange> Of(FileTree before, FileTree after) =>
        [
            .. before
                .Files.Select(file =>
                    !after.TryGet(file.Path, out var other) ? new FileChange(file.Path.Value, ChangeKind.Removed)
                    : IsSame(file.Content, other.Content) ? null
                    : new(file.Path.Value, ChangeKind.Changed)
                )
                .Concat(after.Files.Where(file => !before.TryGet(file.Path, out _)).Select(file => new FileChange(file.Path.Value, ChangeKind.Added)))
                .OfType<FileChange>()
                .OrderBy(change => change.Path, StringComparer.Ordinal),
        ];

    /// <summary>Whether two contents are equal; those that are one in memory are not read.</summary>
    public static bool IsSame(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) => one.Equals(other) || one.Span.SequenceEqual(other.Span);
}
