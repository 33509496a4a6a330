using GitOpsGen.Model;

namespace GitOpsGen.Inputs;

/// <summary>Where a run reads from and writes to: one tree of files, of which the settings are the first.</summary>
public sealed class InputTree
{
    private readonly string? settings;
    private readonly string? lockfile;

    /// <summary>The work tree below a root.</summary>
    /// <param name="root">An existing folder.</param>
    /// <param name="settings">Another settings file than <c>.config/gitopsgen.yaml</c>; relative to the current folder.</param>
    /// <param name="lockfile">Another lockfile than the settings name; relative to the current folder.</param>
    public InputTree(string root, string? settings = null, string? lockfile = null)
    {
        Root = Path.GetFullPath(root);
        this.settings = settings is null ? null : Path.GetFullPath(settings);
        this.lockfile = lockfile is null ? null : Path.GetFullPath(lockfile);
    }

    /// <summary>The root, absolute.</summary>
    public string Root { get; }

    /// <summary>The settings file below a root.</summary>
    public static RelativePath SettingsPath { get; } = RelativePath.Parse(".config/gitopsgen.yaml");

    /// <summary>
    /// The nearest folder from <paramref name="start"/> upward that holds <c>.config/gitopsgen.yaml</c>; <see langword="null"/>
    /// where none does.
    /// </summary>
    public static string? FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SettingsPath.Value)))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    internal SourceFile ReadSettings() => Read(settings ?? Full(SettingsPath));

    internal SourceFile ReadLockfile(RelativePath path) => Read(lockfile ?? Full(path));

    private string Full(RelativePath path) => Path.Combine(Root, path.Value);

    private SourceFile Read(string full)
    {
        var shown = Path.GetRelativePath(Root, full).Replace('\\', '/');
        try
        {
            return new(shown, File.ReadAllBytes(full), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(shown, null, e is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : e.Message);
        }
    }
}
