using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Output;
using Xunit;

namespace GitOpsGen.Tests.Output;

/// <summary>A repository's root with a file of the user beside the output.</summary>
internal sealed class Sandbox : IDisposable
{
    public Sandbox(string? parent = null)
    {
        Root = Directory.CreateDirectory(Path.Combine(parent ?? Memory, $"gitopsgen-{Path.GetRandomFileName()}")).FullName;
        File.WriteAllText(Path.Combine(Root, "outside.txt"), "the user's");
        Folder = new(Root, RelativePath.Parse("manifests"));
        Writer = new(Folder, jobs: 2);
    }

    // The crash tests make thousands of small writes, which a real disk may take a minute for.
    private static string Memory => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    public string Root { get; }

    public OutputFolder Folder { get; }

    public OutputWriter Writer { get; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static FileTree Tree(params IEnumerable<(string Path, string Content)> files) =>
        new(files.Select(f => new OutputFile(RelativePath.Parse(f.Path), Encoding.UTF8.GetBytes(f.Content))));

    /// <summary>All environments that the paths name, or the ones given.</summary>
    public static OutputScope Complete(FileTree tree) => new(EnvironmentsOf(tree), IsComplete: true);

    public static OutputScope Only(params string[] environments) => new(environments.ToHashSet(), IsComplete: false);

    public string Full(string path) => Folder.Full(path);

    public string Read(string path) => File.ReadAllText(Full(path));

    public bool Exists(string path) => Path.Exists(Full(path));

    /// <summary>Puts a file there, as a person or Git does.</summary>
    public void Put(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), content);
    }

    public ChangeSet Compare(FileTree tree) => Writer.Compare(tree, Complete(tree), Cancellation);

    /// <summary>The disk has exactly what was rendered.</summary>
    public void AssertHolds(FileTree tree)
    {
        var compared = Compare(tree);
        Assert.Empty(compared.Changes);
        Assert.Empty(compared.Diagnostics);
    }

    public ImmutableArray<Diagnostic> TryRender(FileTree tree, bool force = false) =>
        Writer.Write(Compare(tree), force, new(TimeSpan.Zero), Cancellation).Diagnostics;

    public void Render(FileTree tree, bool force = false) => Assert.Empty(TryRender(tree, force));

    public void Render(params (string Path, string Content)[] files) => Render(Tree(files));

    /// <summary>Every file below the root with its content, and every link with its target.</summary>
    public SortedDictionary<string, string> Files() => Walk(info => info is FileInfo, info => info.LinkTarget ?? File.ReadAllText(info.FullName));

    /// <summary>Every file and folder below the root with its modification time: two equal ones, and nothing was written in between.</summary>
    public SortedDictionary<string, string> Times() => Walk(_ => true, info => $"{info.LastWriteTimeUtc.Ticks}");

    /// <summary>The generated files below the output, without the ledgers.</summary>
    public SortedDictionary<string, string> Generated()
    {
        var files = Files();
        return new(
            files
                .Where(f => f.Key.StartsWith("manifests/", StringComparison.Ordinal) && !f.Key.EndsWith("/.gitopsgen", StringComparison.Ordinal))
                .ToDictionary(f => f.Key["manifests/".Length..], f => f.Value),
            StringComparer.Ordinal
        );
    }

    public static SortedDictionary<string, string> Contents(FileTree tree) =>
        new(tree.Files.ToDictionary(f => f.Path.Value, f => Encoding.UTF8.GetString(f.Content.Span)), StringComparer.Ordinal);

    public static string HashOf(string content) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    public static string Line(string path, string content) => $"{HashOf(content)}  {path}\n";

    public static string[] Codes(IEnumerable<Diagnostic> found) => [.. found.Select(d => $"{d.Rule.Code} {d.Span?.File}:{d.Span?.Start.Line}")];

    public static string[] Kinds(ChangeSet changes) => [.. changes.Changes.Select(c => $"{c.Kind} {c.Path}")];

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private SortedDictionary<string, string> Walk(Func<FileSystemInfo, bool> wanted, Func<FileSystemInfo, string> value)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        foreach (var info in new DirectoryInfo(Root).EnumerateFileSystemInfos("*", options).Where(i => wanted(i) || i.LinkTarget is not null))
            found[Path.GetRelativePath(Root, info.FullName).Replace('\\', '/')] = value(info);
        return found;
    }

    private static HashSet<string> EnvironmentsOf(FileTree tree) =>
        tree.Files.Select(f => LedgerScope.Of(f.Path).Environment).OfType<string>().ToHashSet();
}
