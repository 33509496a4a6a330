using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using GitOpsGen.Cli;

namespace GitOpsGen.Fuzz;

/// <summary>Whole command lines on whole repositories: those of the scenarios, rendered or not, with any file changed.</summary>
internal static partial class Commands
{
    private static readonly int[] ExitCodes = [0, 1, 2, 3, 64, 130];

    // Nothing that asks a registry.
    private static readonly string[] Lines =
    [
        "lint",
        "check --diff",
        "render",
        "render --force",
        "render --force --exit-code",
        "status",
        "graph",
        "why provider-aws-s3",
        "mirror plan",
        "template list",
        "validate",
        "validate .",
        "validate . --crds crds",
        "lock --offline",
        "promote dev prod",
        "remove provider-aws-s3",
        "explain manifests/base/upbound-provider-aws-s3/package.yaml",
        "import . --dry-run",
        "import manifests --dry-run",
    ];

    /// <param name="scenarios">The folder of scenarios.</param>
    public static FuzzTarget Of(string scenarios)
    {
        ImmutableArray<FuzzCase> plain = [.. Directory.EnumerateDirectories(scenarios).Order(StringComparer.Ordinal).Select(Read)];
        var formats = new[] { "json", "text", "github" };
        ImmutableArray<FuzzCase> seeds =
        [
            .. from files in plain.Concat(plain.Select(Rendered))
            from line in Lines
            select files with
            {
                Words = [.. line.Split(' '), "--format", formats[(line.Length + files.Files.Count) % formats.Length]],
            },
        ];
        return new("commands", seeds, Run);
    }

    private static FuzzCase Read(string scenario)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        foreach (var full in Directory.EnumerateFiles(scenario, "*", Parsers.Everything))
        {
            var path = Path.GetRelativePath(scenario, full).Replace('\\', '/');
            if (path.StartsWith("present/", StringComparison.Ordinal))
            {
                files[path["present/".Length..]] = File.ReadAllBytes(full);
            }
            else if (!path.StartsWith("expected", StringComparison.Ordinal) && path != "options.txt")
            {
                files.TryAdd(path, File.ReadAllBytes(full));
            }
        }

        return new(files.ToImmutable(), []);
    }

    private static FuzzCase Rendered(FuzzCase project)
    {
        var root = Write(project);
        Call(root, ["render", "--quiet"]);
        return project with { Files = Snapshot(root) };
    }

    private static string? Run(FuzzCase input)
    {
        var root = Write(input);
        var before = Snapshot(root);
        var (exitCode, output, error) = Call(root, input.Words);
        var after = Snapshot(root);
        var isRender = input.Words[0] == "render";
        return (ExitCodes.Contains(exitCode) ? null : "another exit code")
            ?? ((output + error).Contains("GOG9001", StringComparison.Ordinal) ? "GOG9001" : null)
            ?? (Unprintable().IsMatch(output + error) ? "an unprintable character" : null)
            ?? (input.Words[^1] == "json" && exitCode != 64 ? Json(output, exitCode) : null)
            ?? Changed(before, after, isRender ? int.MaxValue : MostChanged(input.Words[0]), exitCode)
            ?? (isRender && exitCode == 0 && Call(root, ["check", "--quiet"]).ExitCode != 0 ? "check differs after render" : null);
    }

    // Places are checked as a reader of the JSON sees them.
    private static string? Json(string output, int exitCode)
    {
        using var json = JsonDocument.Parse(output);
        var found = json.RootElement.GetProperty("diagnostics").EnumerateArray().ToList();
        if (exitCode == 1 && !found.Exists(d => d.GetProperty("severity").GetString() == "error"))
        {
            return "exit code 1 without an error";
        }

        return found.Exists(d =>
            Number(d, "line") is { } line && (Number(d, "endLine"), Number(d, "endColumn")).CompareTo((line, Number(d, "column"))) < 0
        )
            ? "a finding that ends before its start"
            : null;

        static int? Number(JsonElement d, string name) =>
            d.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
    }

    private static string? Changed(
        ImmutableSortedDictionary<string, byte[]> before,
        ImmutableSortedDictionary<string, byte[]> after,
        int mayChange,
        int exitCode
    )
    {
        var changed = before
            .Keys.Union(after.Keys)
            .Where(path => !before.TryGetValue(path, out var old) || !after.TryGetValue(path, out var now) || !old.AsSpan().SequenceEqual(now))
            .ToList();
        // Where the output is, the settings say; what is read is never in it.
        return changed.Count > 0 && exitCode is not (0 or 2) ? "a change although the command failed"
            : changed.Exists(path => path.StartsWith(".config/", StringComparison.Ordinal) || path.StartsWith("templates/", StringComparison.Ordinal))
                ? "an input is changed"
            : changed.Count > mayChange ? "a command that does not write wrote"
            : File.ReadAllText(Path.Combine(Workspace.Folder, "outside.txt")) != "outside"
            || Directory.EnumerateFileSystemEntries(Workspace.Folder).Count() > 3
                ? "something outside of the root is changed"
            : null;
    }

    /// <summary>The lockfile, whatever its name is in the settings; nothing by the commands that only read.</summary>
    private static int MostChanged(string command) => command is "lock" or "promote" or "remove" ? 1 : 0;

    private static string Write(FuzzCase input)
    {
        var root = Path.Combine(Workspace.Folder, "root");
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }

        File.WriteAllText(Path.Combine(Workspace.Folder, "outside.txt"), "outside");
        Directory.CreateDirectory(root);
        foreach (var (path, content) in input.Files)
        {
            var full = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, content);
        }

        return root;
    }

    private static ImmutableSortedDictionary<string, byte[]> Snapshot(string root) =>
        Directory
            .EnumerateFiles(root, "*", Parsers.Everything)
            .ToImmutableSortedDictionary(full => Path.GetRelativePath(root, full).Replace('\\', '/'), File.ReadAllBytes, StringComparer.Ordinal);

    private static (int ExitCode, string Output, string Error) Call(string root, IEnumerable<string> words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var time = new CancellationTokenSource(FuzzTarget.LongestCase * 2);
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(root);
        try
        {
            var exitCode = new CommandLine(new(output, error), time.Token).Run([.. words, "-C", root]);
            return (exitCode, output.ToString(), error.ToString());
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    [GeneratedRegex(@"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}-[\n\t]]")]
    private static partial Regex Unprintable();
}
