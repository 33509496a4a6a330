namespace GitOpsGen.Inputs.Git;

/// <summary>A path of a commit or of the index.</summary>
/// <param name="Path">From the top of the repository.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The object's name.</param>
internal sealed record GitEntry(string Path, GitEntryKind Kind, string Id)
{
    // No repository that a person reviews has more files below one root.
    private const int MaximumEntries = 2_000_000;
    private const int MaximumLength = 64 * 1024;

    /// <summary>
    /// Reads what <c>ls-tree -r -z</c> (mode, type, object, tab, path) or <c>ls-files -s -z</c> (mode, object, stage, tab, path) prints.
    /// </summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static List<GitEntry> ReadAll(Stream listing)
    {
        var entries = new List<GitEntry>();
        var buffer = new byte[64 * 1024];
        var held = 0;
        for (int read; (read = listing.Read(buffer, held, buffer.Length - held)) > 0; )
        {
            held += read;
            var start = 0;
            for (int end; (end = buffer.AsSpan(start, held - start).IndexOf((byte)0)) >= 0; start += end + 1)
                entries.Add(entries.Count < MaximumEntries ? Parse(buffer.AsSpan(start, end)) : throw new InvalidDataException());
            held -= start;
            buffer.AsSpan(start, held).CopyTo(buffer);
            if (held >= MaximumLength)
                throw new InvalidDataException();
        }

        return held == 0 ? entries : throw new InvalidDataException();
    }

    private static GitEntry Parse(ReadOnlySpan<byte> line)
    {
        var tab = line.IndexOf((byte)'\t');
        if (tab < 0 || Encoding.ASCII.GetString(line[..tab]).Split(' ') is not [var mode, var second, var third])
            throw new InvalidDataException();
        var isTree = ObjectId.Is(third);
        var kind = isTree || third == "0" ? KindOf(mode) : GitEntryKind.Unmerged;
        return new(Encoding.UTF8.GetString(line[(tab + 1)..]), kind, isTree ? third : second);
    }

    private static GitEntryKind KindOf(string mode) =>
        mode switch
        {
            "120000" => GitEntryKind.Link,
            "160000" => GitEntryKind.Submodule,
            ['1', '0', '0', ..] => GitEntryKind.File,
            _ => throw new InvalidDataException(),
        };
}

/// <summary>What is at a path.</summary>
internal enum GitEntryKind
{
    /// <summary>A file, executable or not.</summary>
    File,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>Another repository.</summary>
    Submodule,

    /// <summary>One of several versions, in the index during a merge.</summary>
    Unmerged,

    /// <summary>A file of <c>git add -N</c>: the index knows its name alone.</summary>
    NameAlone,
}
