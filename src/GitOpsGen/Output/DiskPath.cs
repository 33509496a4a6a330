namespace GitOpsGen.Output;

/// <summary>Absolute paths on the disk: where they lead, and whether one is in another.</summary>
internal static class DiskPath
{
    private const int MostLinks = 40; // as many as Linux follows

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>How names of files are compared: elsewhere than on Linux, nearly every disk takes names that differ in case for one.</summary>
    public static StringComparison Names { get; } = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Whether a path is a folder, or inside of it. No link is followed.</summary>
    public static bool IsIn(string full, string folder) =>
        full.Equals(folder, Names) || full.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, Names);

    /// <summary>Whether two paths lead to one place.</summary>
    public static bool IsSame(string one, string other) => Real(one).Equals(Real(other), Names);

    /// <summary>
    /// The same place without links, whichever part of the path is one. What is not there is where it would be made. In a loop of links, one stays.
    /// </summary>
    public static string Real(string path)
    {
        var links = MostLinks;
        return Followed("", Path.GetFullPath(path), ref links);
    }

    // By names, because '..' behind a link is above the place where that leads.
    private static string Followed(string from, string path, ref int links)
    {
        var root = Path.GetPathRoot(path)!;
        var at = root.Length > 0 ? root : from;
        foreach (var name in path[root.Length..].Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(at, name);
            if (name is "." or "..")
            {
                at = name == "." ? at : Path.GetDirectoryName(at) ?? at;
            }
            else if (links > 0 && new FileInfo(next).LinkTarget is { } target)
            {
                links--;
                at = Followed(at, target, ref links);
            }
            else
            {
                at = next;
            }
        }

        return at;
    }
}
