namespace GitOpsGen.Registry.Packages;

/// <summary>Paths that upper layers delete or replace in lower ones (https://github.com/opencontainers/image-spec, layer.md, "Whiteouts").</summary>
internal sealed class Whiteouts
{
    private const string Prefix = ".wh.";
    private const string Opaque = ".wh..wh..opq";
    private const int Most = 200_000;
    private const int MostCharacters = 8 * 1024 * 1024;

    private readonly HashSet<string> deleted = new(StringComparer.Ordinal);
    private readonly HashSet<string> opaque = new(StringComparer.Ordinal);
    private int characters;

    /// <summary>A path as layers compare it: no <c>./</c>, no slash at either end.</summary>
    public static string Clean(string path) =>
        string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != "."));

    /// <summary>Adds an entry that hides something below.</summary>
    /// <param name="path">Its path, cleaned.</param>
    /// <param name="isFolder">A folder is merged with those below; anything else replaces them and their content.</param>
    /// <exception cref="InvalidDataException">More than any image has.</exception>
    public void Note(string path, bool isFolder)
    {
        var (folder, name) = Split(path);
        characters += path.Length;
        if (deleted.Count + opaque.Count > Most || characters > MostCharacters)
            throw new InvalidDataException();

        if (name == Opaque)
            opaque.Add(folder);
        else if (name.StartsWith(Prefix, StringComparison.Ordinal))
            deleted.Add(Join(folder, name[Prefix.Length..]));
        else if (!isFolder)
            deleted.Add(path);
    }

    /// <summary>Adds those of a layer, before the layer below it is read.</summary>
    public void Add(Whiteouts layer)
    {
        deleted.UnionWith(layer.deleted);
        opaque.UnionWith(layer.opaque);
        characters += layer.characters;
    }

    /// <summary>Whether a path of a lower layer is hidden.</summary>
    public bool Hide(string path)
    {
        for (var at = path; at.Length > 0; at = Split(at).Folder)
        {
            if (deleted.Contains(at) || opaque.Contains(Split(at).Folder))
                return true;
        }

        return false;
    }

    private static (string Folder, string Name) Split(string path) =>
        path.LastIndexOf('/') is var slash and >= 0 ? (path[..slash], path[(slash + 1)..]) : ("", path);

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}
