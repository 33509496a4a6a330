using System.Globalization;

namespace GitOpsGen.Testing;

/// <summary>A real Git repository in a folder of a test, untouched by the configuration of whoever runs it.</summary>
internal sealed class GitFolder
{
    private const string NoSamples = "--template=";

    // What a clone may ask for, where one is made of this folder; and no work for a repository that lives on.
    private const string Config = """
        [uploadpack]
            allowFilter = true
            allowAnySHA1InWant = true
        [maintenance]
            auto = false
        [core]
            fsync = none

        """;

    private static readonly Tool Git = Tool.Require("git");

    private GitFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>What a program needs that runs git here as the tests do.</summary>
    public static Dictionary<string, string?> Environment { get; } =
        new()
        {
            ["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_AUTHOR_NAME"] = "A",
            ["GIT_AUTHOR_EMAIL"] = "a@example.com",
            ["GIT_COMMITTER_NAME"] = "A",
            ["GIT_COMMITTER_EMAIL"] = "a@example.com",
            // Some tests run in a hook.
            ["GIT_DIR"] = null,
            ["GIT_INDEX_FILE"] = null,
            ["GIT_WORK_TREE"] = null,
        };

    /// <summary>A new repository in a folder, which is made if it is not there.</summary>
    public static GitFolder Init(string path, params string[] options)
    {
        Directory.CreateDirectory(path);
        var folder = new GitFolder(path);
        folder.Run(["init", "--quiet", "--initial-branch=main", NoSamples, .. options]);
        File.AppendAllText(
            options.Contains("--bare") ? System.IO.Path.Combine(path, "config") : System.IO.Path.Combine(path, ".git", "config"),
            Config
        );
        return folder;
    }

    /// <summary>A repository that is there already: a clone, or a work tree.</summary>
    public static GitFolder At(string path) => new(path);

    public GitFolder Clone(string path, params string[] options)
    {
        Run(["clone", "--quiet", NoSamples, .. options, new Uri(Path).AbsoluteUri, path]);
        return new(path);
    }

    /// <summary>Runs git, which has to succeed, and returns what it prints without the end of the last line.</summary>
    public string Run(params string[] arguments) => Try(arguments).RequireSuccess().TrimEnd('\n');

    /// <summary>Runs git, which may fail.</summary>
    public ToolRun Try(params string[] arguments) =>
        Git.Run(["-c", "protocol.file.allow=always", .. arguments], folder: Path, environment: Environment);

    /// <summary>Runs git, which has to succeed, with a text on its standard input.</summary>
    public void Feed(string input, params string[] arguments) => Git.Run(arguments, input, Path, Environment).RequireSuccess();

    public GitFolder Write(string path, string content)
    {
        var full = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return this;
    }

    /// <summary>Adds all that is there and commits it.</summary>
    /// <returns>The name of the commit.</returns>
    public string Commit(string message = "A commit")
    {
        Run("add", "--all");
        Run("commit", "--quiet", "--allow-empty", "--no-verify", "-m", message);
        return Run("rev-parse", "HEAD");
    }

    /// <summary>All that a reader must leave alone, with when it was written: index, refs, configuration and work tree.</summary>
    public Dictionary<string, string> Snapshot() =>
        Directory
            .EnumerateFiles(Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => !file.Replace('\\', '/').Contains("/.git/objects/", StringComparison.Ordinal))
            .ToDictionary(
                file => System.IO.Path.GetRelativePath(Path, file),
                file =>
                    File.GetLastWriteTimeUtc(file).Ticks.ToString(CultureInfo.InvariantCulture)
                    + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))),
                StringComparer.Ordinal
            );
}
