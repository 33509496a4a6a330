using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Cli.Running;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Lockfile;
using GitOpsGen.Output;
using GitOpsGen.Settings;

namespace GitOpsGen.Cli.Starter;

/// <summary>Where the first files of a repository go, and how they are written: all or none, and over nothing.</summary>
/// <param name="Root">The root, absolute.</param>
/// <param name="Lockfile">The lockfile, absolute.</param>
/// <param name="Settings">The settings, absolute.</param>
internal sealed record StarterTarget(string Root, string Lockfile, string Settings)
{
    private const string Attributes = ".gitattributes";

    /// <summary>Where the schema of the lockfile is, from its own folder.</summary>
    public string LockfileSchemaSeen => Seen(Lockfile, LockfileSchema);

    /// <summary>Where the schema of the settings is, from their own folder.</summary>
    public string SettingsSchemaSeen => Seen(Settings, SettingsSchema);

    /// <summary>The lockfile as it is printed.</summary>
    public string ShownLockfile => Shown(Root, Lockfile);

    /// <summary>The settings as they are printed.</summary>
    public string ShownSettings => Shown(Root, Settings);

    private string LockfileSchema => Path.Combine(Root, ".config", "packages.lock.schema.json");

    private string SettingsSchema => Path.Combine(Root, ".config", "gitopsgen.schema.json");

    public static StarterTarget Of(RunSettings run)
    {
        var root = Path.GetFullPath(run.Root ?? Directory.GetCurrentDirectory());
        return new(
            root,
            Path.GetFullPath(run.Lockfile ?? Path.Combine(root, "packages.lock.yaml")),
            Path.GetFullPath(run.Settings ?? Path.Combine(root, InputTree.SettingsPath.Value))
        );
    }

    /// <summary>The files that would be overwritten.</summary>
    /// <param name="keepsSchemas">Whether schemas that are there are right.</param>
    public ImmutableArray<Diagnostic> InTheWay(bool keepsSchemas) =>
        [
            .. new[] { Lockfile, Settings }
                .Concat(keepsSchemas ? [] : [LockfileSchema, SettingsSchema])
                .Where(Path.Exists)
                .Select(path => Shown(Root, path))
                .Select(path => new Diagnostic(
                    Rules.WouldOverwrite,
                    $"'{path}' exists already.",
                    "Edit it, or start in another folder.",
                    SourceSpan.StartOf(path)
                )),
        ];

    /// <summary>Writes both files, their schemas where there are none, and the lines of <c>.gitattributes</c>.</summary>
    public ImmutableArray<PathChange> Write(string lockfile, string settings)
    {
        (string Path, string Text)[] files =
        [
            (Lockfile, lockfile),
            (Settings, settings),
            .. new[]
            {
                (Path: LockfileSchema, Text: StarterFiles.Schema(LockfileShape.JsonSchema)),
                (Path: SettingsSchema, Text: StarterFiles.Schema(SettingsShape.JsonSchema)),
            }.Where(file => !Path.Exists(file.Path)),
        ];
        var changes = ImmutableArray.CreateBuilder<PathChange>();
        try
        {
            foreach (var (path, text) in files)
            {
                Create(path, text);
                changes.Add(new(Shown(Root, path), ChangeKind.Added));
            }

            changes.AddRange(CompleteAttributes());
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

        return changes.ToImmutable();
    }

    private IEnumerable<PathChange> CompleteAttributes()
    {
        var path = Path.Combine(Root, Attributes);
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

    // From the folder of the file that names it.
    private static string Seen(string file, string schema) => Shown(Path.GetDirectoryName(file)!, schema);

    private static string Shown(string root, string path) => Path.GetRelativePath(root, path).Replace('\\', '/');
}
