namespace GitOpsGen.Testing;

/// <summary>An empty folder that goes with the test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gitopsgen-").FullName;

    /// <summary>The absolute path of something in the folder, written with <c>/</c>.</summary>
    public string this[string path] => System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, path));

    /// <summary>Writes a text file, with the folders above it.</summary>
    /// <returns>Its absolute path.</returns>
    public string Write(string path, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], content);
        return this[path];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
