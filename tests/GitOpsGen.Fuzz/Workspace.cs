using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;

namespace GitOpsGen.Fuzz;

/// <summary>A folder of this process, in memory where there is such a place.</summary>
internal static class Workspace
{
    private const string Objects = ".git/objects/";
    private const string Outside = "outside.txt";

    public static string Folder { get; } = Create();

    /// <summary>The root of the repository that a command sees.</summary>
    public static string Root { get; } = Path.Combine(Folder, "root");

    /// <summary>Makes the root anew, with nothing but these files.</summary>
    public static void Write(ImmutableSortedDictionary<string, byte[]> files)
    {
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }

        Directory.CreateDirectory(Root);
        File.WriteAllText(Path.Combine(Folder, Outside), Outside);
        foreach (var (path, content) in files)
        {
            var (place, stored) = path.StartsWith(Objects, StringComparison.Ordinal) ? Stored(path, content) : (path, content);
            var full = Path.Combine(Root, place);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, stored);
        }
    }

    /// <summary>What is in the root now.</summary>
    public static ImmutableSortedDictionary<string, byte[]> Snapshot() => ReadAll(Root);

    /// <summary>The files below a folder, by path.</summary>
    public static ImmutableSortedDictionary<string, byte[]> ReadAll(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", Everything)
            .ToImmutableSortedDictionary(
                full => Path.GetRelativePath(folder, full).Replace(Path.DirectorySeparatorChar, '/'),
                File.ReadAllBytes,
                StringComparer.Ordinal
            );

    /// <summary>Files that begin with a dot too.</summary>
    public static EnumerationOptions Everything { get; } = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    /// <summary>Whether something was written beside the root.</summary>
    public static bool IsLeft =>
        File.ReadAllText(Path.Combine(Folder, Outside)) != Outside || Directory.EnumerateFileSystemEntries(Folder).Any(entry => !IsOurs(entry));

    /// <summary>Removes it, with all that cases left.</summary>
    public static void Remove() => Directory.Delete(Folder, recursive: true);

    /// <summary>
    /// The objects of Git that a case has, by kind and name, as they are in a case: without compression and header, so that a mutation reaches
    /// what is in them.
    /// </summary>
    public static ImmutableSortedDictionary<string, byte[]> WithOpenObjects(ImmutableSortedDictionary<string, byte[]> files) =>
        files.ToImmutableSortedDictionary(
            file => file.Key.StartsWith(Objects, StringComparison.Ordinal) ? Opened(file.Key, file.Value).Path : file.Key,
            file => file.Key.StartsWith(Objects, StringComparison.Ordinal) ? Opened(file.Key, file.Value).Content : file.Value,
            StringComparer.Ordinal
        );

    private static (string Path, byte[] Content) Opened(string path, byte[] stored)
    {
        using var stream = new ZLibStream(new MemoryStream(stored), CompressionMode.Decompress);
        using var opened = new MemoryStream();
        stream.CopyTo(opened);
        var content = opened.ToArray();
        var end = Array.IndexOf(content, (byte)0);
        var kind = Encoding.ASCII.GetString(content, 0, end).Split(' ')[0];
        return ($"{Objects}{kind}/{path[Objects.Length..].Replace("/", "", StringComparison.Ordinal)}", content[(end + 1)..]);
    }

    private static (string Path, byte[] Stored) Stored(string path, byte[] content)
    {
        if (path[Objects.Length..].Split('/') is not [var kind, { Length: > 2 } id])
        {
            return (path, content);
        }

        using var stored = new MemoryStream();
        using (var stream = new ZLibStream(stored, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{kind} {content.Length}\0")));
            stream.Write(content);
        }

        return ($"{Objects}{id[..2]}/{id[2..]}", stored.ToArray());
    }

    private static bool IsOurs(string entry) => Path.GetFileName(entry) is "root" or Outside or Parsers.CredentialFile;

    private static string Create()
    {
        var parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        return Directory.CreateDirectory(Path.Combine(parent, $"gitopsgen-fuzz-{Environment.ProcessId}")).FullName;
    }
}
