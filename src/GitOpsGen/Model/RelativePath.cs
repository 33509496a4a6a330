using System.Buffers;

namespace GitOpsGen.Model;

/// <summary>
/// A path below some folder: segments joined by <c>/</c>, none of them <c>.</c> or <c>..</c>, and none that Windows, macOS or
/// Linux would refuse or read as something else. A path that cannot leave its folder needs no check later.
/// </summary>
public sealed partial record RelativePath : IComparable<RelativePath>
{
    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    private RelativePath(string value) => Value = value;

    /// <summary>The path with <c>/</c> between its segments.</summary>
    public string Value { get; }

    /// <summary>The last segment.</summary>
    public string Name => NameOf(Value);

    /// <summary>The path without its last segment; <see langword="null"/> for a single segment.</summary>
    public RelativePath? Parent => Value.LastIndexOf('/') is var slash and > 0 ? new(Value[..slash]) : null;

    /// <summary>The folders that the path is in, the nearest first.</summary>
    public IEnumerable<RelativePath> Ancestors
    {
        get
        {
            for (var folder = Parent; folder is not null; folder = folder.Parent)
                yield return folder;
        }
    }

    /// <summary>The last segment of any path with <c>/</c>.</summary>
    internal static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The folders above any path with <c>/</c>, the outermost first.</summary>
    internal static IEnumerable<string> FoldersAbove(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.IndexOf('/', end + 1))
            yield return path[..end];
    }

    /// <summary>What any path with <c>/</c> has before its last segment; empty for a single segment.</summary>
    internal static string FolderOf(string path) => path[..Math.Max(path.LastIndexOf('/'), 0)];

    /// <summary>What an entry of a file means, below the folder of all; that folder is empty. <see langword="null"/> where it leads out of it.</summary>
    /// <param name="folder">The folder of the file.</param>
    /// <param name="entry">A path from there, which may have <c>.</c> and <c>..</c>.</param>
    internal static string? Resolve(string folder, string entry)
    {
        if (IsDirect(entry))
            return folder.Length == 0 ? entry : $"{folder}/{entry}";

        if (entry.StartsWith('/'))
            return null;

        var segments = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var segment in entry.Split('/').Where(segment => segment is not ("" or ".")))
        {
            if (segment != "..")
                segments.Add(segment);
            else if (segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
            else
                return null;
        }

        return string.Join('/', segments);
    }

    // Nearly every entry: nothing in it leads upward, or nowhere.
    private static bool IsDirect(string entry) =>
        entry is not ("" or ['/' or '.', ..] or [.., '/'])
        && !entry.Contains("//", StringComparison.Ordinal)
        && !entry.Contains("/.", StringComparison.Ordinal);

    /// <summary>Reads a path; <see langword="false"/> where a segment is not portable.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RelativePath? path)
    {
        path = text.Length is > 0 and <= 1024 && text.Split('/').All(IsPortable) ? new(text) : null;
        return path is not null;
    }

    /// <summary>For paths that the program itself spells.</summary>
    /// <exception cref="FormatException">The text is not a relative path: a bug.</exception>
    public static RelativePath Parse(string text) =>
        TryParse(text, out var path) ? path : throw new FormatException($"Not a relative path: '{text}'.");

    /// <summary>Whether a single name is a file name on every platform.</summary>
    public static bool IsPortable(string segment) => (segment.Length is > 0 and <= 255 && IsPlain(segment)) || IsPortableInFull(segment);

    /// <summary>This path below <paramref name="folder"/>.</summary>
    public RelativePath Below(RelativePath folder) => new($"{folder.Value}/{Value}");

    /// <summary>Whether this path is inside <paramref name="folder"/>, at any depth.</summary>
    public bool IsBelow(RelativePath folder) =>
        Value.Length > folder.Value.Length && Value[folder.Value.Length] == '/' && Value.StartsWith(folder.Value, StringComparison.Ordinal);

    /// <summary>Whether <paramref name="folder"/> is the <see cref="Parent"/> of this path.</summary>
    public bool IsDirectlyIn(RelativePath folder) => Value.LastIndexOf('/') == folder.Value.Length && IsBelow(folder);

    /// <inheritdoc/>
    public int CompareTo(RelativePath? other) => string.CompareOrdinal(Value, other?.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Whether the paths are the same, or one is inside the other, on some disk: Windows and macOS ignore case.</summary>
    public bool Overlaps(RelativePath other) =>
        $"{Value}/".StartsWith($"{other.Value}/", StringComparison.OrdinalIgnoreCase)
        || $"{other.Value}/".StartsWith($"{Value}/", StringComparison.OrdinalIgnoreCase);

    // The fast check for nearly every segment, tens of thousands in a run. With these characters, a device name has three or four of them.
    private static bool IsPlain(string segment) =>
        !segment.AsSpan().ContainsAnyExcept(PlainCharacters)
        && segment[^1] != '.'
        && segment.IndexOf('.', StringComparison.Ordinal) is < 0 or > 4
        && segment.Length > 4;

    private static bool IsPortableInFull(string segment) =>
        segment.Length > 0
        && segment[^1] is not ('.' or ' ') // also refuses . and ..
        && Encoding.UTF8.GetByteCount(segment) <= 255
        && segment.EnumerateRunes().All(IsPortable)
        && !DeviceName().IsMatch(segment);

    // U+FFFD also replaces half a surrogate pair, which no file system accepts.
    private static bool IsPortable(Rune rune) =>
        !Rune.IsControl(rune)
        && rune != Rune.ReplacementChar
        && rune.Value is not ('\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' or '\u2028' or '\u2029');

    // Windows opens a device for these, whatever the extension.
    [GeneratedRegex(
        @"\A(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\.|\z)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex DeviceName();
}
