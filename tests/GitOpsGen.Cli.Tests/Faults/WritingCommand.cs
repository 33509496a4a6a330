using System.Diagnostics;
using System.Text.RegularExpressions;
using GitOpsGen.Cli.Tests.Updating;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Faults;

/// <summary>A command that writes, on files from which it leads to others; what is on the disk before and after it, whole.</summary>
internal sealed partial class WritingCommand : IDisposable
{
    private static readonly Dictionary<string, Action<WritingCommand>> All = new()
    {
        ["render"] = self => self.Render(),
        ["lock"] = self => self.Lock("    version: v1.0.0\n", "lock"),
        ["add"] = self => self.Lock("    version: v1.0.0\n", "add", $"{self.registry.Host}/acme/other"),
        ["remove"] = self => self.Lock("    version: v1.0.0\n", "remove", "app"),
        ["update"] = self => self.Lock("    version: v1.0.0\n    environments: [dev, prod]\n", "update", "app", "--env", "dev"),
        ["promote"] = self => self.Promote(),
        ["init"] = self => self.arguments = ["init"],
        ["import"] = self => self.Import(),
        ["template eject"] = self => self.Eject(),
        ["diff --report"] = self => self.Diff(),
    };

    private static readonly string[] Watched = ["", ".config", "templates", "manifests", "reports"];

    private readonly SmallRegistry registry;
    private string[] arguments = [];
    private TimeSpan duration;

    public WritingCommand(string name, string? parent = null)
    {
        registry = new(new WorkFolder(parent));
        Name = name;
        All[name](this);
        Before = State();
    }

    /// <summary>All, or with the portable program, which takes long to start, one that writes a folder and one that writes a file.</summary>
    public static TheoryData<string> Names => [.. Gitopsgen.IsNative ? All.Keys.ToArray() : ["render", "lock"]];

    public string Name { get; }

    public WorkFolder Folder => registry.Folder;

    /// <summary>How it ends where nothing disturbs it, as <see cref="Rehearsed"/> has found.</summary>
    public int ExitCode { get; private set; }

    /// <summary>The files by path, without those of Git and those that a dead run may leave behind.</summary>
    public SortedDictionary<string, string> Before { get; }

    /// <inheritdoc cref="Before"/>
    public SortedDictionary<string, string> After { get; private set; } = [];

    /// <summary>Runs it to its end once, and undoes it.</summary>
    public WritingCommand Rehearsed()
    {
        var watch = Stopwatch.StartNew();
        var run = Run();
        duration = watch.Elapsed;
        Assert.True(run.ExitCode is 0 or 2, $"{Name} ended with {run.ExitCode}.\n{run.Output}\n{run.Error}");
        ExitCode = run.ExitCode;
        After = State();
        Assert.NotEqual(Before, After);
        Reset();
        return this;
    }

    public bool IsDone => State().SequenceEqual(After);

    public Process Start() => Gitopsgen.Built.StartInterruptible(Folder.Path, arguments);

    public Finished Run() => Gitopsgen.Built.Run(Folder.Path, arguments);

    /// <summary>Runs it in a shell, after other commands.</summary>
    public Finished RunAfter(string script) => Gitopsgen.Shell(Folder.Path, $"{script}; {Gitopsgen.Built.ShellWords(arguments)}");

    /// <summary>Runs it as somebody else: what comes before its words.</summary>
    public Finished RunAs(string prefix) =>
        Gitopsgen.Shell(
            Folder.Path,
            // Git reads no repository of another user, unless it is told to.
            $"export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'; {prefix}{Gitopsgen.Built.ShellWords(arguments)}"
        );

    /// <summary>Waits for a part of the time that it takes, or until something of what it writes is seen.</summary>
    public void WaitSomewhere(Process process, Random random, bool forWrite)
    {
        if (!forWrite)
        {
            Thread.Sleep(duration * (1.1 * random.NextDouble()));
            return;
        }

        for (var count = Entries(); !process.HasExited && Entries() == count; )
        {
            Thread.SpinWait(100);
        }
    }

    /// <summary>Everything as it was before.</summary>
    public void Reset()
    {
        foreach (var path in Files().Where(path => !Before.ContainsKey(path)).ToList())
            File.Delete(Folder[path]);
        foreach (var (path, content) in Before)
        {
            if (!File.Exists(Folder[path]) || File.ReadAllText(Folder[path]) != content)
                Folder.Write(path, content);
        }

        // An empty folder tells the time of the next write as any other.
        foreach (var folder in Directory.EnumerateDirectories(Folder.Path, "*", SearchOption.AllDirectories).Reverse().Where(IsEmpty).ToList())
            Directory.Delete(folder);
    }

    public SortedDictionary<string, string> State() =>
        new(Files().Where(path => !IsLeftover(path)).ToDictionary(path => path, path => File.ReadAllText(Folder[path])), StringComparer.Ordinal);

    /// <summary>What a run left behind, which it must not unless it was killed.</summary>
    public IEnumerable<string> Leftovers() => Files().Where(IsLeftover);

    /// <summary>Each file is there as before or as after, and none besides. A ledger may know both.</summary>
    public void AssertOldOrNew()
    {
        var state = State();
        foreach (var path in state.Keys.Union(Before.Keys).Union(After.Keys).Where(path => Path.GetFileName(path) != ".gitopsgen"))
        {
            var content = state.GetValueOrDefault(path);
            Assert.True(
                content == Before.GetValueOrDefault(path) || content == After.GetValueOrDefault(path),
                $"{Name}: {path} is neither old nor new:\n{content}"
            );
        }
    }

    public void Dispose() => registry.Dispose();

    private static bool IsLeftover(string path) => Leftover().IsMatch(path);

    private static bool IsEmpty(string folder) => !Directory.EnumerateFileSystemEntries(folder).Any();

    // The output's staging folder and lock; a file that is to be moved into place: a name of Path.GetRandomFileName after its own.
    [GeneratedRegex(@"(^|/)\.gitopsgen-(staging/|lock$)|\.[a-z0-9]{8}\.[a-z0-9]{3}$")]
    private static partial Regex Leftover();

    private IEnumerable<string> Files() =>
        Directory
            .EnumerateFiles(Folder.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(file => Path.GetRelativePath(Folder.Path, file).Replace('\\', '/'))
            .Where(path => !path.StartsWith(".git/", StringComparison.Ordinal));

    private int Entries() =>
        Watched.Select(folder => Folder[folder]).Where(Directory.Exists).Sum(folder => Directory.EnumerateFileSystemEntries(folder).Count());

    private void Render()
    {
        using (var fleet = Fleet.Create(environments: 5, packages: 20))
        {
            Folder.Write(WorkFolder.Settings, File.ReadAllText(fleet[WorkFolder.Settings]));
            Folder.Write(WorkFolder.Lockfile, File.ReadAllText(fleet[WorkFolder.Lockfile]));
        }

        InProcess.Run(Folder.Path, "render").Exits(0);
        Folder.Edit(WorkFolder.Lockfile, "version: v1.", "version: v2.");
        Folder.Edit(WorkFolder.Lockfile, "provider-number-7\n", "provider-other\n");
        arguments = ["render", "--quiet"];
    }

    private void Lock(string entry, params string[] command)
    {
        registry
            .With("Configuration", "acme/app", ["v1.0.0", "v1.1.0"], "Function acme/function >=v1.0.0")
            .With("Function", "acme/function", ["v1.0.0", "v2.0.0"])
            .With("Provider", "acme/other", ["v1.0.0"])
            .WithEnvironments("dev", "prod");
        registry.Lockfile = $"# Ours.\nlockfileVersion: 1\npackages:\n  - package: x.io/acme/app # mine\n    kind: Configuration\n{entry}";
        if (command[0] != "lock")
            registry.Run("lock").Exits(0);
        arguments = command;
    }

    private void Promote()
    {
        Lock("    version: v1.0.0\n    environments: [dev, prod]\n", "promote", "dev", "prod");
        registry.Run("update", "app", "--env", "dev").Exits(0);
    }

    private void Import()
    {
        foreach (var name in (string[])["s3", "sqs", "family"])
        {
            Folder.Write(
                $"old/{name}.yaml",
                $"apiVersion: pkg.crossplane.io/v1\nkind: Provider\nmetadata: {{ name: {name} }}\nspec: {{ package: 'xpkg.upbound.io/upbound/provider-aws-{name}:v2.2.0' }}\n"
            );
        }

        arguments = ["import", "old"];
    }

    private void Eject()
    {
        InProcess.Run(Folder.Path, "init").Exits(0);
        arguments = ["template", "eject", "base/{object}/package.yaml", "_header", "argocd-cm.yaml"];
    }

    private void Diff()
    {
        InProcess.Run(Folder.Path, "init").Exits(0);
        InProcess.Run(Folder.Path, "render").Exits(0);
        GitFolder.Init(Folder.Path).Commit();
        Folder.Edit(WorkFolder.Lockfile, "v2.2.0", "v2.2.1");
        arguments = ["diff", "--quiet", "--report", "html=reports/diff.html", "--report", "json=reports/diff.json"];
    }
}
