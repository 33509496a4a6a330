using GitOpsGen.Model;

namespace GitOpsGen.Output;

/// <summary>Folders that are not there yet, each with all that is to be in it.</summary>
/// <param name="isMissing">Whether nothing stands at a place on disk.</param>
/// <param name="before">The files that are put in place before: their folders are there by then.</param>
internal sealed class NewFolders(Func<string, bool> isMissing, IEnumerable<RelativePath> before)
{
    private readonly HashSet<string> present = [.. before.SelectMany(file => file.Ancestors).Select(folder => folder.Value)];
    private readonly Dictionary<string, string?> known = new(StringComparer.Ordinal);

    /// <summary>The topmost folder above a file that is not there; <see langword="null"/> where all are.</summary>
    public string? Above(RelativePath file) => file.Parent is { } parent ? Topmost(parent) : null;

    private string? Topmost(RelativePath folder)
    {
        if (!known.TryGetValue(folder.Value, out var topmost))
        {
            topmost = Above(folder) ?? (!present.Contains(folder.Value) && isMissing(folder.Value) ? folder.Value : null);
            known.Add(folder.Value, topmost);
        }

        return topmost;
    }
}
