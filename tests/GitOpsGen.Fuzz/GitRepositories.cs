using System.Collections.Immutable;
using System.Diagnostics;

namespace GitOpsGen.Fuzz;

/// <summary>Repositories of Git with two commits, an index and a work tree, each of another scenario: what <c>diff</c> and <c>check --staged</c> read.</summary>
internal static class GitRepositories
{
    private const int MostFiles = 60;

    private static readonly string[] Lines =
    [
        "check --staged",
        "check --staged",
        "diff --base HEAD",
        "diff --base HEAD~1 --head HEAD",
        "diff --base main~1 --exit-code --fail-on dangerous,access-widened",
        "diff --head HEAD~1",
    ];

    public static FuzzTarget Target(string scenarios) => WholeCommand.Target("git", share: 6, () => [.. Seeds(scenarios)]);

    private static IEnumerable<FuzzCase> Seeds(string scenarios)
    {
        var states = Scenarios
            .Read(scenarios)
            .Where((_, index) => index % 6 == 0)
            .Select(files => files.Rendered().Files)
            .Where(files => files.Count is > 5 and < MostFiles)
            .ToList();
        return states
            .Zip(states.Skip(1), states.Skip(2))
            .Select(three => Repository(three.First, three.Second, three.Third))
            .SelectMany(repository => Lines.Select(line => repository.With(line, Forms(line))));
    }

    private static string[] Forms(string line) =>
        line.StartsWith("diff", StringComparison.Ordinal) ? ["json", "text", "markdown", "html", "github"] : ["json", "text", "github"];

    private static FuzzCase Repository(params ImmutableSortedDictionary<string, byte[]>[] states)
    {
        Workspace.Write(ImmutableSortedDictionary<string, byte[]>.Empty);
        Git("init", "--quiet", "--initial-branch=main", "--template=");
        foreach (var (state, number) in states.Select((state, number) => (state, number)))
        {
            foreach (var path in Workspace.Snapshot().Keys.Where(path => !path.StartsWith(".git/", StringComparison.Ordinal)))
            {
                File.Delete(Path.Combine(Workspace.Root, path));
            }

            foreach (var (path, content) in state)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Workspace.Root, path))!);
                File.WriteAllBytes(Path.Combine(Workspace.Root, path), content);
            }

            Git("add", "--all", "--force");
            if (number < states.Length - 1)
            {
                Git("commit", "--quiet", "--message", "A commit");
            }
        }

        // An index that knows nothing of this disk, such as times, is the same in each run.
        var tree = Git("write-tree");
        File.Delete(Path.Combine(Workspace.Root, ".git/index"));
        Git("read-tree", tree);
        // The configuration is a person's own, and trusted.
        return new(
            Workspace
                .WithOpenObjects(Workspace.Snapshot())
                .RemoveRange([".git/config", ".git/COMMIT_EDITMSG", ".git/logs/HEAD", ".git/logs/refs/heads/main"]),
            []
        );
    }

    /// <summary>The configuration of whoever runs this does not matter, nor a repository around the workspace; and commits are the same in each run.</summary>
    public static void Separate()
    {
        foreach (
            var (name, value) in new[]
            {
                ("GIT_CONFIG_GLOBAL", OperatingSystem.IsWindows() ? "NUL" : "/dev/null"),
                ("GIT_CONFIG_NOSYSTEM", "1"),
                ("GIT_CEILING_DIRECTORIES", Workspace.Folder),
                ("GIT_AUTHOR_NAME", "A"),
                ("GIT_AUTHOR_EMAIL", "a@example.com"),
                ("GIT_AUTHOR_DATE", "2026-01-02T03:04:05Z"),
                ("GIT_COMMITTER_NAME", "A"),
                ("GIT_COMMITTER_EMAIL", "a@example.com"),
                ("GIT_COMMITTER_DATE", "2026-01-02T03:04:05Z"),
                ("GIT_DIR", null),
                ("GIT_INDEX_FILE", null),
                ("GIT_WORK_TREE", null),
            }
        )
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    private static string Git(params string[] words)
    {
        using var git = Process.Start(new ProcessStartInfo("git", words) { WorkingDirectory = Workspace.Root, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd().TrimEnd('\n');
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new InvalidOperationException($"git {words[0]} ended with {git.ExitCode}.");
    }
}
