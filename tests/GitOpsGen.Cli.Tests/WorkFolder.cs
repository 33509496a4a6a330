namespace GitOpsGen.Cli.Tests;

/// <summary>A temporary folder to work in, gone with the test.</summary>
/// <param name="parent">Where it is; where temporary folders are, unless it is given.</param>
internal sealed class WorkFolder(string? parent = null) : IDisposable
{
    public const string Lockfile = "packages.lock.yaml";
    public const string Settings = ".config/gitopsgen.yaml";

    // Resolved: on macOS the temporary folder is behind a link.
    public string Path { get; } =
        parent is null
            ? Directory.CreateTempSubdirectory("gitopsgen-cli-").FullName
            : Directory.CreateDirectory(System.IO.Path.Combine(parent, "root")).FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>The files of <c>init</c>.</summary>
    public static WorkFolder Started(Gitopsgen gitopsgen)
    {
        var folder = new WorkFolder();
        gitopsgen.On(folder.Path, "init").Exits(0);
        return folder;
    }

    /// <summary>The files of <c>init</c>, rendered.</summary>
    public static WorkFolder Rendered(Gitopsgen gitopsgen)
    {
        var folder = Started(gitopsgen);
        gitopsgen.On(folder.Path, "render").Exits(0);
        return folder;
    }

    /// <summary>Replaces a text in a file, which has to be there.</summary>
    public void Edit(string relative, string old, string with)
    {
        var text = File.ReadAllText(this[relative]);
        if (!text.Contains(old, StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{old}' is not in {relative}.", nameof(old));
        }

        File.WriteAllText(this[relative], text.Replace(old, with, StringComparison.Ordinal));
    }

    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[relative])!);
        File.WriteAllText(this[relative], text);
    }

    /// <summary>Every file but those of Git, with its bytes as text: equal where nothing was touched.</summary>
    public Dictionary<string, string> Snapshot() =>
        Directory
            .EnumerateFiles(Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .ToDictionary(f => System.IO.Path.GetRelativePath(Path, f), File.ReadAllText, StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
