namespace GitOpsGen.Testing;

/// <summary>Real CRDs, chart values and package metadata, which stand beside the checkout and not in it.</summary>
internal static class SharedData
{
    /// <summary><c>GITOPSGEN_SHARED</c>, else the folder <c>shared</c> beside the checkout.</summary>
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("GITOPSGEN_SHARED") is { Length: > 0 } folder
            ? folder
            : Path.GetFullPath(Path.Combine(RepositoryRoot.Path, "..", "shared"));

    /// <summary>A file or folder of the data; the test is skipped without it.</summary>
    public static string Require(params string[] segments)
    {
        var path = Path.Combine([Folder, .. segments]);
        Prerequisite.Require(Path.Exists(path), $"There is no {string.Join('/', segments)} in the shared data folder; set GITOPSGEN_SHARED to it.");
        return path;
    }
}
