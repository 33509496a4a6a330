using System.Collections.Immutable;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Settings;

namespace GitOpsGen.Cli.Running;

/// <summary>
/// Where no report goes: Git's own folder, the inputs of the repository, its output folder, and what the run has read. An existing file is otherwise taken
/// for an earlier report, and replaced.
/// </summary>
internal sealed class ReportGuard(CommandRun run)
{
    private const int MostLinks = 40; // as many as Linux follows
    private readonly Dictionary<ReportFile, Diagnostic> refused = [];

    private static readonly StringComparison Names = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>The reports that are refused before anything is done.</summary>
    public ImmutableArray<Diagnostic> Refused()
    {
        var settings = run.Settings;
        if (settings.Reports.IsEmpty)
        {
            return [];
        }

        var here = Directory.GetCurrentDirectory();
        var root = settings.Root ?? InputTree.FindRoot(here) ?? here;
        var (inputs, output) = new InputTree(root, settings.Settings, settings.Lockfile).Places(run.Cancellation);
        // Those that init and import write, wherever the root above is.
        string[] first = [Path.Combine(here, InputTree.SettingsPath.Value), Path.Combine(here, SettingsReader.DefaultLockfile)];
        string[] protectedFiles = [.. inputs.Concat(settings.Root is null ? first : []).Select(path => Resolved(path))];
        var rendered = Resolved(output);
        foreach (var file in settings.Reports)
        {
            var full = Path.GetFullPath(file.Path);
            var real = Resolved(full);
            var reason =
                IsInGit(full) || IsInGit(real) ? "is in Git's own folder"
                : IsAtOrBelow(real, rendered) ? "is in the output folder, which 'render' alone writes"
                : Array.Exists(protectedFiles, place => IsAtOrBelow(real, place)) ? "would replace an input of this repository"
                : null;
            if (reason is not null)
            {
                refused.Add(file, Refusal(file, reason));
            }
        }

        return [.. refused.Values];
    }

    /// <summary>Whether <see cref="Refused"/> has told of it.</summary>
    public bool Refuses(ReportFile file) => refused.ContainsKey(file);

    /// <summary>The finding that the run has read the file.</summary>
    public Diagnostic? FindRead(ReportFile file)
    {
        var full = Path.GetFullPath(file.Path);
        return run.HasRead(full) || run.HasRead(Resolved(full)) ? Refusal(file, "would replace what this run has read") : null;
    }

    private static Diagnostic Refusal(ReportFile file, string reason) =>
        new(Rules.OutputFailed, $"The report '{file.Path}' {reason}.", "Name another file.", null);

    private static bool IsInGit(string full) => full.Split(Path.DirectorySeparatorChar).Any(name => name.Equals(".git", Names));

    private static bool IsAtOrBelow(string full, string place) =>
        full.Equals(place, Names) || full.StartsWith(Path.EndsInDirectorySeparator(place) ? place : place + Path.DirectorySeparatorChar, Names);

    // What a report is written into, where a part of its path is a link.
    private static string Resolved(string full) => Resolved(full, MostLinks);

    private static string Resolved(string full, int links)
    {
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }

        var there = Path.Combine(Resolved(parent, links), Path.GetFileName(full));
        return links > 0 && new FileInfo(there).LinkTarget is { } target
            ? Resolved(Path.GetFullPath(target, Path.GetDirectoryName(there)!), links - 1)
            : there;
    }
}
