using GitOpsGen.Yaml.Editing;

namespace GitOpsGen.Lockfile;

/// <summary>Edits <c>packages.lock.yaml</c> in place. A person may have written any line of it, so what need not change keeps its bytes.</summary>
internal static class LockfileEditor
{
    private const string List = "packages";

    /// <summary>Edits the file so that it contains the wanted entries.</summary>
    /// <param name="file">The path as it is printed.</param>
    /// <param name="content">The file's bytes, which <see cref="LockfileReader"/> reads without an error.</param>
    /// <param name="original">The entries that the bytes contain.</param>
    /// <param name="wanted">
    /// The entries that the file shall contain: with the <see cref="LockEntry.Index"/> of the entry that they change, new ones without. Their
    /// order has no meaning; a missing entry is removed.
    /// </param>
    /// <exception cref="InvalidOperationException">The edited file would not contain what is wanted: a bug. A wrong file is never returned.</exception>
    public static LockfileEdit Edit(string file, ReadOnlySpan<byte> content, PackageLock original, PackageLock wanted)
    {
        var placed = EntryOrder.Of(wanted.Packages);
        // Most entries do not change, and those are the same objects.
        var nodes = original.Packages.Concat(placed).Distinct().ToDictionary(entry => entry, LockEntryNodes.Of);
        if (
            placed.Length == original.Packages.Length
            && placed.All(entry => entry.Index is { } index && NodeValues.Same(nodes[original.Packages[index]], nodes[entry]))
        )
        {
            return new(content.ToArray(), original, []);
        }

        var bag = new DiagnosticBag();
        var source = SourceText.Decode(file, content, bag);
        if (source is null || YamlReader.Read(file, content).Value is not YamlMapping root)
            throw new InvalidOperationException($"{file} cannot be edited: it was not read before.");

        var text = new EditedText(source);
        var editor = new YamlEditor(text, root, List);
        var packages = root.Entries.First(entry => entry.Key.Text == List);
        var isFlow = text[text.OffsetOf(root.Span.Start)] == '{';
        editor.EditList(
            packages,
            [.. original.Packages.Select(entry => nodes[entry])],
            [.. placed.Select(entry => new ListItem(entry.Index, nodes[entry]))],
            isFlow
        );
        var edited = Encode(content, text.Apply());
        var written = ReadBack(file, edited, [.. placed.Select(entry => nodes[entry])]);
        return new(edited, written, new LockfileChanges(original, placed, nodes, (YamlSequence)packages.Value, editor).Changes());
    }

    /// <summary>Whether two entries say the same, whatever their places.</summary>
    public static bool IsSame(LockEntry left, LockEntry right) =>
        left.Version.Value == right.Version.Value && NodeValues.Same(LockEntryNodes.Of(left), LockEntryNodes.Of(right));

    private static byte[] Encode(ReadOnlySpan<byte> content, string text) =>
        [.. content.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble : default, .. Encoding.UTF8.GetBytes(text)];

    private static PackageLock ReadBack(string file, byte[] edited, ImmutableArray<YamlMapping> wanted)
    {
        var (value, found) = LockfileReader.Read(file, edited);
        if (
            value is null
            || value.Packages.Length != wanted.Length
            || !value.Packages.Zip(wanted).All(pair => NodeValues.Same(LockEntryNodes.Of(pair.First), pair.Second))
        )
        {
            throw new InvalidOperationException(
                $"{file} is left as it is: it is written in a way that cannot be edited, and the result would not say what it should"
                    + (found.IsEmpty ? "." : $" ({found[0].Message})")
            );
        }

        return value;
    }
}
