namespace GitOpsGen.Output;

/// <summary>One path where disk and rendered output differ.</summary>
/// <param name="Path">The path, relative to the output.</param>
/// <param name="Kind">What writing would do.</param>
/// <param name="New">The rendered content; <see langword="null"/> where the file has to be deleted.</param>
public sealed record Change(RelativePath Path, ChangeKind Kind, ReadOnlyMemory<byte>? New)
{
    /// <summary>The content on disk; <see langword="null"/> where there is no file, or it is too large to keep in memory.</summary>
    public ReadOnlyMemory<byte>? Old { get; init; }

    /// <summary>The length on disk in bytes; 0 where there is no file.</summary>
    public long OldLength { get; init; }

    /// <summary>Whether the path is a ledger. It changes with every file that it lists, so its changes tell a reader nothing new.</summary>
    public bool IsLedger => Path.Name == LedgerScope.FileName;

    /// <summary>The first line on disk that differs; the last one where the rendered file only goes on.</summary>
    internal int FirstLine => Old is { } old && New is { } rendered ? FirstDifference(old.Span, rendered.Span) : 1;

    /// <summary>The hash of the content on disk, where there is a file.</summary>
    internal ContentHash? OldHash { get; init; }

    /// <summary>The first line of a text that differs from another; its last one where the other only goes on.</summary>
    internal static int FirstDifference(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other)
    {
        var same = text[..text.CommonPrefixLength(other)];
        var line = same.Count((byte)'\n') + 1;
        return same.Length == text.Length && same is [.., (byte)'\n'] ? line - 1 : line;
    }
}

/// <summary>What writing would do to a path.</summary>
public enum ChangeKind
{
    /// <summary>No file is there yet.</summary>
    Added,

    /// <summary>GitOpsGen's own file gets new content.</summary>
    Changed,

    /// <summary>GitOpsGen's own file is no longer generated.</summary>
    Removed,

    /// <summary>The file is neither what GitOpsGen wrote nor what it would write: only <c>--force</c> replaces or deletes it.</summary>
    Edited,
}

/// <summary>The spelling of a kind of change.</summary>
public static class ChangeKinds
{
    /// <summary>As users read it, in every form: added, changed, removed, edited.</summary>
    public static string Word(this ChangeKind kind) =>
        kind switch
        {
            ChangeKind.Added => "added",
            ChangeKind.Changed => "changed",
            ChangeKind.Removed => "removed",
            _ => "edited",
        };
}
