using System.Collections.Concurrent;

namespace GitOpsGen.Validation.Builds;

/// <summary>
/// Tells which folders are built from the same: equal kustomizations that name equal files and folders, at the same places below their overlay, and
/// equal bases. Most overlays of a fleet are equal. Safe for any number of threads.
/// </summary>
/// <param name="folders">The folders of a tree.</param>
/// <param name="shared">Of one tree, or of several that are to be compared.</param>
internal sealed class FolderContents(OutputFolders folders, SharedContents shared)
{
    private const string Overlays = "overlays/";
    private const string Base = "base/";

    private readonly ConcurrentDictionary<string, int?> known = new(StringComparer.Ordinal);

    /// <summary>A number that folders have in common if they are built from the same; nothing for a folder that is only like itself.</summary>
    public int? Of(string folder) => Of(folder, []);

    // A folder that leads back to itself is not worth following.
    private int? Of(string folder, HashSet<string> open)
    {
        if (known.TryGetValue(folder, out var number))
            return number;

        if (RootOf(folder) is not { } root || !open.Add(folder))
            return null;

        number = Describe(folder, root, open) is { } text ? shared.NumberOf(text) : null;
        open.Remove(folder);
        return known.GetOrAdd(folder, number);
    }

    private string? Describe(string folder, string root, HashSet<string> open)
    {
        var text = new StringBuilder($"{folder}/"[root.Length..]);
        foreach (var file in folders.KustomizationsIn(folder))
            text.Append(CultureInfo.InvariantCulture, $" {shared.NumberOf(file.Content)}");

        foreach (var path in folders.KustomizationOf(folder)?.BuiltFrom ?? [])
        {
            var isBase = path.StartsWith(Base, StringComparison.Ordinal);
            if (!isBase && !(root.Length > 0 && path.StartsWith(root, StringComparison.Ordinal)))
                return null;

            var name = isBase ? path : path[root.Length..];
            if (folders.File(path) is { } file)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{name} {shared.NumberOf(file.Content)}");
            }
            else if (folders.KustomizationsIn(path).Any())
            {
                if (Of(path, open) is not { } part)
                    return null;

                text.Append(CultureInfo.InvariantCulture, $"\n{name}/ {part}");
            }
        }

        return text.ToString();
    }

    // What paths are relative to, with the slash behind it: the overlay. A base is the same for all overlays.
    private static string? RootOf(string folder) =>
        folder.StartsWith(Overlays, StringComparison.Ordinal) ? folder[..(folder + '/').IndexOf('/', Overlays.Length)] + '/'
        : folder.StartsWith(Base, StringComparison.Ordinal) ? ""
        : null;
}
