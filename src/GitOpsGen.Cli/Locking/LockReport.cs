using System.Text.Json;
using GitOpsGen.Cli.Json;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Lockfile;
using GitOpsGen.Output;

namespace GitOpsGen.Cli.Locking;

/// <summary>What a command did to the lockfile, or would do.</summary>
internal static class LockReport
{
    /// <param name="command">The command's name.</param>
    /// <param name="path">The lockfile, as it is printed.</param>
    /// <param name="edit">What became of it.</param>
    /// <param name="isCheck">Whether that was only compared with the file.</param>
    /// <param name="repair">The command that would write it.</param>
    public static CommandReport Of(string command, string path, LockfileEdit edit, bool isCheck, string repair)
    {
        var differs = edit.Changes.Length > 0;
        var packages = Counts.Of(edit.Lock.Packages.Length, "package");
        return new()
        {
            Command = command,
            ExitCode = ExitCode.Of([], isCheck && differs),
            Changes = differs ? [new(path, ChangeKind.Changed)] : [],
            IsComparison = isCheck,
            Repair = repair,
            Lines = [.. edit.Changes.Select(change => change.Text)],
            Summary =
                !differs ? $"{path} is complete: {packages}."
                : isCheck ? $"{path} is not what the registries say: {CountsOf(edit)}; run '{repair}' and commit the result."
                : $"{path} was written: {CountsOf(edit)}; {packages} in all.",
            Result = json =>
                JsonSerializer.Serialize(
                    json,
                    new LockResult(path, edit.Lock.Packages.Length, edit.Changes.Select(change => JsonLockChange.Of(Word(change), change))),
                    JsonOutput.Default.LockResult
                ),
        };
    }

    private static string CountsOf(LockfileEdit edit) =>
        string.Join(", ", edit.Changes.GroupBy(Word).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}"));

    private static string Word(LockfileChange change) =>
        change switch
        {
            { Before: null } => "added",
            { After: null } => "removed",
            _ => "changed",
        };
}
