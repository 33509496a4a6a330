namespace GitOpsGen.Fuzz;

/// <summary>A folder of this process, in memory where there is such a place.</summary>
internal static class Workspace
{
    public static string Folder { get; } = Create();

    /// <summary>Removes it, with all that cases left.</summary>
    public static void Remove() => Directory.Delete(Folder, recursive: true);

    private static string Create()
    {
        var parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        return Directory.CreateDirectory(Path.Combine(parent, $"gitopsgen-fuzz-{Environment.ProcessId}")).FullName;
    }
}
