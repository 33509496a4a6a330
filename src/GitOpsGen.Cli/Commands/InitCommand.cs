using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using GitOpsGen.Cli.Json;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Cli.Running;
using GitOpsGen.Cli.Starter;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Output;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen init</c>: the files to start from, which render as they are.</summary>
internal static class InitCommand
{
    private const string Name = "init";

    public static Command Create(CommandRunner runner)
    {
        var command = new DocumentedCommand(
            Name,
            "Writes a commented lockfile, settings and .gitattributes lines to start from. Overwrites nothing.",
            "gitopsgen init",
            "gitopsgen init -C platform"
        );
        command.SetAction(parsed => runner.Run(Name, parsed, Init));
        return command;
    }

    private static CommandReport Init(CommandRun run)
    {
        if (WorkTree.MissingFolder(run.Settings) is { } missing)
        {
            return CommandReport.Failed(Name, missing);
        }

        var root = Path.GetFullPath(run.Settings.Root ?? Directory.GetCurrentDirectory());
        (string Path, string Text)[] files =
        [
            (Path.GetFullPath(run.Settings.Lockfile ?? Path.Combine(root, "packages.lock.yaml")), StarterFiles.Lockfile),
            (Path.GetFullPath(run.Settings.Settings ?? Path.Combine(root, InputTree.SettingsPath.Value)), StarterFiles.Settings),
        ];
        ImmutableArray<Diagnostic> refused = [.. files.Where(f => Path.Exists(f.Path)).Select(f => WouldOverwrite(Shown(root, f.Path)))];
        if (refused is not [])
        {
            return CommandReport.Failed(Name, refused);
        }

        var changes = ImmutableArray.CreateBuilder<PathChange>();
        try
        {
            foreach (var (path, text) in files)
            {
                Create(path, text);
                changes.Add(new(Shown(root, path), ChangeKind.Added));
            }

            changes.AddRange(CompleteAttributes(root));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Half of it would be in the way of the next attempt.
            foreach (var (path, _) in files.Take(changes.Count))
            {
                File.Delete(path);
            }

            throw;
        }

        return new()
        {
            Command = Name,
            ExitCode = ExitCode.Done,
            Changes = changes.ToImmutable(),
            Summary = "Replace the examples, then run 'gitopsgen render'.",
            Result = json => JsonSerializer.Serialize(json, new InitResult(changes.Count), JsonOutput.Default.InitResult),
        };
    }

    private static IEnumerable<PathChange> CompleteAttributes(string root)
    {
        const string Attributes = ".gitattributes";
        var path = Path.Combine(root, Attributes);
        var exists = File.Exists(path);
        var missing = StarterFiles.MissingAttributes(exists ? File.ReadAllText(path) : "");
        if (missing.Length == 0)
        {
            return [];
        }

        File.AppendAllText(path, missing);
        return [new(Attributes, exists ? ChangeKind.Changed : ChangeKind.Added)];
    }

    // CreateNew: a file that appeared since the look above is not overwritten either.
    private static void Create(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Shown(string root, string path) => Path.GetRelativePath(root, path).Replace('\\', '/');

    private static Diagnostic WouldOverwrite(string path) =>
        new(Rules.WouldOverwrite, $"'{path}' exists already.", "Edit it, or start in another folder.", SourceSpan.StartOf(path));
}
