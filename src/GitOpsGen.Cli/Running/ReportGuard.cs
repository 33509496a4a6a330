using GitOpsGen.Inputs;
using GitOpsGen.Lockfile;
using GitOpsGen.Output;
using GitOpsGen.Settings;

namespace GitOpsGen.Cli.Running;

/// <summary>
/// Where no report goes: what is Git's own, the inputs of the repository, their schemas, its output folder, and what the run has read. An existing
/// file is otherwise taken for an earlier report, and replaced.
/// </summary>
internal sealed class ReportGuard(CommandRun run)
{
    private static readonly string[] Schemas = [LockfileShape.SchemaPath, SettingsShape.SchemaPath];

    private readonly Dictionary<ReportFile, Diagnostic> refused = [];

    /// <summary>The reports that are refused before anything is done.</summary>
    public ImmutableArray<Diagnostic> Refused()
    {
        var settings = run.Settings;
        if (settings.Reports.IsEmpty)
            return [];

        var here = Directory.GetCurrentDirectory();
        var root = settings.Root ?? InputTree.FindRoot(here) ?? here;
        var (inputs, output) = new InputTree(root, settings.Settings, settings.Lockfile).Places(run.Cancellation);
        // Those that init and import write, wherever the root above is.
        string[] first = [Path.Combine(here, InputTree.SettingsPath.Value), Path.Combine(here, SettingsReader.DefaultLockfile)];
        string[] schemas = [.. new[] { root, here }.SelectMany(folder => Schemas.Select(path => DiskPath.Real(Path.Combine(folder, path))))];
        string[] protectedFiles = [.. inputs.Concat(settings.Root is null ? first : []).Select(DiskPath.Real)];
        var rendered = DiskPath.Real(output);
        foreach (var file in settings.Reports)
        {
            var full = Path.GetFullPath(file.Path);
            var real = DiskPath.Real(full);
            var reason =
                IsInGit(full) || IsInGit(real) ? "is in Git's own folder"
                : IsReadByGit(full) || IsReadByGit(real) ? "would replace a file that Git reads"
                : DiskPath.IsIn(real, rendered) ? "is in the output folder, which 'render' alone writes"
                : Array.Exists(protectedFiles, place => DiskPath.IsIn(real, place)) ? "would replace an input of this repository"
                : Array.Exists(schemas, place => DiskPath.IsIn(real, place)) ? "would replace a schema that editors read"
                : null;
            if (reason is not null)
                refused.Add(file, Refusal(file, reason));
        }

        return [.. refused.Values];
    }

    /// <summary>Whether <see cref="Refused"/> has told of it.</summary>
    public bool Refuses(ReportFile file) => refused.ContainsKey(file);

    /// <summary>The finding that the run has read the file.</summary>
    public Diagnostic? FindRead(ReportFile file)
    {
        var full = Path.GetFullPath(file.Path);
        return run.HasRead(full) || run.HasRead(DiskPath.Real(full)) ? Refusal(file, "would replace what this run has read") : null;
    }

    private static Diagnostic Refusal(ReportFile file, string reason) =>
        new(Rules.OutputFailed, $"The report '{file.Path}' {reason}.", "Name another file.", null);

    // A repository's folder has any name where GIT_DIR or a linked worktree names it, or where it is bare.
    private static bool IsInGit(string full)
    {
        for (var at = full; at is not null; at = Path.GetDirectoryName(at))
        {
            var isRepository = File.Exists(Path.Combine(at, "HEAD")) && Directory.Exists(Path.Combine(at, "objects"));
            if (isRepository || Path.GetFileName(at).Equals(".git", DiskPath.Names))
                return true;
        }

        return false;
    }

    private static bool IsReadByGit(string full) =>
        Path.GetFileName(full) is var name && Array.Exists([".gitattributes", ".gitignore", ".gitmodules"], own => own.Equals(name, DiskPath.Names));
}
