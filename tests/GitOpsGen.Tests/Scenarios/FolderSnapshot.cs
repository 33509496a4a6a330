using System.Text;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>Every file below a folder, by its path with <c>/</c>.</summary>
internal sealed class FolderSnapshot(IEnumerable<KeyValuePair<string, byte[]>> files)
{
    public SortedDictionary<string, byte[]> Files { get; } = new(files.ToDictionary(), StringComparer.Ordinal);

    public static FolderSnapshot Empty { get; } = new([]);

    public static FolderSnapshot Of(string folder) =>
        new(
            (Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : []).Select(file =>
                KeyValuePair.Create(Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllBytes(file))
            )
        );

    public FolderSnapshot Without(string folder) => new(Files.Where(file => !IsBelow(file.Key, folder)));

    public FolderSnapshot Below(string folder) =>
        new(Files.Where(file => IsBelow(file.Key, folder)).Select(file => KeyValuePair.Create(file.Key[(folder.Length + 1)..], file.Value)));

    /// <summary>One line for each path that is not the same in both, with the first line that differs; empty when they agree.</summary>
    public string DifferenceTo(FolderSnapshot actual)
    {
        var lines = new StringBuilder();
        foreach (var path in Files.Keys.Union(actual.Files.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!actual.Files.TryGetValue(path, out var there))
                lines.Append(path).AppendLine(": missing");
            else if (!Files.TryGetValue(path, out var expected))
                lines.Append(path).AppendLine(": not expected");
            else if (!expected.AsSpan().SequenceEqual(there))
                lines.Append(path).Append(": ").AppendLine(FirstDifference(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(there)));
        }

        return lines.ToString();
    }

    public void WriteTo(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        foreach (var (path, content) in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            File.WriteAllBytes(Path.Combine(folder, path), content);
        }
    }

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static string FirstDifference(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var line = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1} is '{right.ElementAtOrDefault(line)}', expected '{left.ElementAtOrDefault(line)}'";
    }
}
