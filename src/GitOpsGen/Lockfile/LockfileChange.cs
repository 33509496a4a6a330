using GitOpsGen.Yaml.Editing;

namespace GitOpsGen.Lockfile;

/// <summary>What an edit did to one entry.</summary>
/// <param name="Before">The entry as it was; <see langword="null"/> for a new one.</param>
/// <param name="After">The entry as it is; <see langword="null"/> for one that is gone.</param>
/// <param name="Text">The change in words, without a full stop.</param>
internal sealed record LockfileChange(LockEntry? Before, LockEntry? After, string Text)
{
    /// <summary>The keys that an entry of the file has with another value now.</summary>
    public ImmutableArray<string> Keys { get; init; } = [];

    /// <summary>The comments that went with what was removed; empty where there were none.</summary>
    public string Comments { get; init; } = "";
}

/// <summary>A lockfile after an edit.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Lock">The entries that the bytes contain, each with its place.</param>
/// <param name="Changes">The changes in the order of the file as it was, then the new entries.</param>
internal sealed record LockfileEdit(ReadOnlyMemory<byte> Content, PackageLock Lock, ImmutableArray<LockfileChange> Changes);

/// <summary>Describes what an edit did to each entry.</summary>
internal sealed class LockfileChanges(
    PackageLock original,
    ImmutableArray<LockEntry> placed,
    Dictionary<LockEntry, YamlMapping> nodes,
    YamlSequence list,
    YamlEditor editor
)
{
    public ImmutableArray<LockfileChange> Changes()
    {
        var kept = placed.Where(entry => entry.Index is not null).ToDictionary(entry => entry.Index!.Value);
        var changes = ImmutableArray.CreateBuilder<LockfileChange>();
        foreach (var before in original.Packages)
        {
            var node = (YamlMapping)list.Items[before.Index!.Value];
            if (!kept.TryGetValue(before.Index.Value, out var after))
            {
                var comments = Comments([node]);
                changes.Add(new(before, null, $"removed {Name(before)}{comments}") { Comments = comments });
            }
            else if (Fields(before, after) is { Length: > 0 } fields)
            {
                var comments = Comments(node.Entries.Select(entry => entry.Value));
                var text = $"changed {before.Package} {before.Version}: {string.Join(", ", fields.Select(field => field.Text))}{comments}";
                changes.Add(new(before, after, text) { Keys = [.. fields.Select(field => field.Key)], Comments = comments });
            }
        }

        changes.AddRange(placed.Where(entry => entry.Index is null).Select(entry => new LockfileChange(null, entry, $"added {Name(entry)}")));
        return changes.ToImmutable();
    }

    private static string Name(LockEntry entry)
    {
        var indirect = entry.IsIndirect ? ", indirect" : "";
        var environments = entry.Environments is { } patterns ? $", in {string.Join(", ", patterns)}" : "";
        return $"{entry.Kind} {entry.Package} {entry.Version}{indirect}{environments}";
    }

    private (string Key, string Text)[] Fields(LockEntry before, LockEntry after)
    {
        var (old, now) = (nodes[before], nodes[after]);
        return
        [
            .. now
                .Entries.Concat(old.Entries)
                .Select(entry => entry.Key.Text)
                .Distinct()
                .Where(key => !NodeValues.Same(old[key], now[key]))
                .Select(key => (key, Field(key, old[key], now[key]))),
        ];
    }

    // Digests and lists are too long to compare here by eye; the file shows them.
    private static string Field(string key, YamlNode? old, YamlNode? now) =>
        (key, old, now) switch
        {
            ("locked" or "attached" or "dependsOn" or "chart", not null, not null) => key,
            (_, null, _) => $"{key} is new",
            (_, _, null) => $"no {key}",
            _ => $"{key} {Short(old)} → {Short(now)}",
        };

    private static string Short(YamlNode node) => node is YamlSequence list ? string.Join(", ", list.Items.Select(Short)) : ((YamlScalar)node).Text;

    private string Comments(IEnumerable<YamlNode> nodes) =>
        nodes.SelectMany(node => editor.CommentsRemovedWith(node)).ToArray() is { Length: > 0 } comments
            ? $"; with it went '{string.Join(' ', comments)}'"
            : "";
}
