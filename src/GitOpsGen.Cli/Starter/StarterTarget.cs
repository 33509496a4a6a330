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
    public string ShownLockfile => Shown(Lockfile);

    /// <summary>The settings as they are printed.</summary>
    public string ShownSettings => Shown(Settings);

    private string LockfileSchema => Path.Combine(Root, LockfileShape.SchemaPath);

    private string SettingsSchema => Path.Combine(Root, SettingsShape.SchemaPath);

    public static StarterTarget Of(RunSettings run)
    {
        var root = Path.GetFullPath(run.Root ?? Directory.GetCurrentDirectory());
        return new(
            root,
            Path.GetFullPath(run.Lockfile ?? Path.Combine(root, "packages.lock.yaml")),
            Path.GetFullPath(run.Settings ?? Path.Combine(root, InputTree.SettingsPath.Value))
        );
    }

    /// <summary>Both files, where everything is there: nothing is left to write.</summary>
    public ImmutableArray<Diagnostic> AreThere() =>
        new[] { Lockfile, Settings, LockfileSchema, SettingsSchema }.All(Path.Exists) && ReadAttributes().Missing.Length == 0
            ? [InTheWay(Lockfile), InTheWay(Settings)]
            : [];

    /// <summary>
    /// Writes both files, their schemas, and the lines of <c>.gitattributes</c>. What is there already with the same text stays: a run
    /// that was killed has left it.
    /// </summary>
    /// <param name="lockfile">The text of the lockfile.</param>
    /// <param name="settings">The text of the settings.</param>
    /// <param name="keepsSchemas">Whether schemas that are there are right.</param>
    /// <returns>What was written; or why nothing was.</returns>
    public Result<IReadOnlyList<PathChange>> Write(string lockfile, string settings, bool keepsSchemas)
    {
        (string Path, byte[] Content, bool IsSchema)[] files =
        [
            (LockfileSchema, Encoding.UTF8.GetBytes(StarterFiles.Schema(LockfileShape.JsonSchema)), true),
            (SettingsSchema, Encoding.UTF8.GetBytes(StarterFiles.Schema(SettingsShape.JsonSchema)), true),
            (Lockfile, Encoding.UTF8.GetBytes(lockfile), false),
            (Settings, Encoding.UTF8.GetBytes(settings), false),
        ];
        var there = files.Where(file => Path.Exists(file.Path)).ToList();
        var others = there
            .Where(file => !(keepsSchemas && file.IsSchema) && !RegularFile.Holds(file.Path, file.Content))
            .Select(file => InTheWay(file.Path));
        if (AreThere().Union(others).ToImmutableArray() is { IsEmpty: false } refused)
            return new(null, refused);

        var written = new List<PathChange>();
        foreach (var (path, content, _) in files.Except(there))
        {
            if (AtomicFile.Create(path, Shown(path), content) is { } failure)
                return Undone(failure);

            written.Add(new(Shown(path), ChangeKind.Added));
        }

        return CompleteAttributes(written) is { } unfinished ? Undone(unfinished) : new(written, []);

        // Half of it would be in the way of the next attempt.
        Result<IReadOnlyList<PathChange>> Undone(Diagnostic failure)
        {
            written.ForEach(file => File.Delete(Path.Combine(Root, file.Path)));
            return new(null, [failure]);
        }
    }

    private Diagnostic InTheWay(string path) =>
        new(Rules.WouldOverwrite, $"'{Shown(path)}' exists already.", "Edit it, or start in another folder.", SourceSpan.StartOf(Shown(path)));

    private Diagnostic? CompleteAttributes(List<PathChange> written)
    {
        var path = Path.Combine(Root, Attributes);
        try
        {
            var (existing, missing) = ReadAttributes();
            if (missing.Length == 0)
                return null;

            byte[] content = [.. existing ?? [], .. Encoding.UTF8.GetBytes(missing)];
            var failure = existing is null ? AtomicFile.Create(path, Attributes, content) : AtomicFile.Replace(path, Attributes, existing, content);
            if (failure is null)
                written.Add(new(Attributes, existing is null ? ChangeKind.Added : ChangeKind.Changed));

            return failure;
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            return AtomicFile.NotWritten(Attributes, exception);
        }
    }

    private (byte[]? Existing, string Missing) ReadAttributes()
    {
        var path = Path.Combine(Root, Attributes);
        var existing = File.Exists(path) ? RegularFile.Read(path, SourceText.MaximumBytes) : null;
        using var text = new StreamReader(new MemoryStream(existing ?? []));
        return (existing, StarterFiles.MissingAttributes(text.ReadToEnd()));
    }

    // From the folder of the file that names it.
    private static string Seen(string file, string schema) => Relative(Path.GetDirectoryName(file)!, schema);

    private string Shown(string path) => Relative(Root, path);

    private static string Relative(string from, string path) => Path.GetRelativePath(from, path).Replace('\\', '/');
}
