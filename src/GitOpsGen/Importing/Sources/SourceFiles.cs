namespace GitOpsGen.Importing.Sources;

/// <summary>Files in the ordinal order of their keys, in which all files of a folder are beside each other.</summary>
internal sealed class SourceFiles
{
    private readonly SourceFileContent[] files;
    private readonly string[] keys;

    /// <param name="files">Each key once, in any order.</param>
    public SourceFiles(IEnumerable<SourceFileContent> files)
    {
        this.files = [.. files.OrderBy(file => file.Key, StringComparer.Ordinal)];
        keys = Array.ConvertAll(this.files, file => file.Key);
    }

    public IReadOnlyList<SourceFileContent> All => files;

    public SourceFileContent? At(string key) => Place(key) is var at and >= 0 ? files[at] : null;

    /// <summary>The files below a folder, or the one file that is named; all for the empty key.</summary>
    public ArraySegment<SourceFileContent> In(string scope)
    {
        if (scope.Length == 0)
            return files;

        if (Place(scope) is var at and >= 0)
            return new(files, at, 1);

        // '0' is the character behind '/'.
        var (first, end) = (Before($"{scope}/"), Before($"{scope}0"));
        return new(files, first, end - first);
    }

    private int Place(string key) => Array.BinarySearch(keys, key, StringComparer.Ordinal);

    // How many keys are smaller.
    private int Before(string key)
    {
        var at = Place(key);
        return at < 0 ? ~at : at;
    }
}
