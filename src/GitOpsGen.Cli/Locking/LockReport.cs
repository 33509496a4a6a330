using System.Text.Json;
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
    public static CommandReport Of(string command, string path, LockfileEdit edit, bool isCheck)
    {
        var differs = edit.Changes.Length > 0;
        var packages = Counts.Of(edit.Lock.Packages.Length, "package");
        return new()
        {
            Command = command,
            ExitCode = ExitCode.Of([], isCheck && differs),
            Changes = differs ? [new(path, ChangeKind.Changed)] : [],
            IsComparison = isCheck,
            Repair = "gitopsgen lock",
            Lines = [.. edit.Changes.Select(change => change.Text)],
            Summary =
                !differs ? $"{path} is complete: {packages}."
                : isCheck ? $"{path} is not complete: {CountsOf(edit)}; run 'gitopsgen lock' and commit the result."
                : $"{path} was written: {CountsOf(edit)}; {packages} in all.",
            Result = json => Write(json, path, edit),
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

    private static void Write(Utf8JsonWriter json, string path, LockfileEdit edit)
    {
        json.WriteStartObject();
        json.WriteString("lockfile", path);
        json.WriteNumber("packages", edit.Lock.Packages.Length);
        json.WriteStartArray("entries");
        foreach (var change in edit.Changes)
        {
            Write(json, change);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LockfileChange change)
    {
        var entry = change.After ?? change.Before!;
        json.WriteStartObject();
        json.WriteString("change", Word(change));
        json.WriteString("package", entry.Package.ToString());
        json.WriteString("kind", entry.Kind.ToString());
        json.WriteString("version", entry.Version.ToString());
        json.WriteString("digest", entry.Digest?.ToString());
        json.WriteBoolean("indirect", entry.IsIndirect);
        json.WriteString("text", change.Text);
        json.WriteEndObject();
    }
}
