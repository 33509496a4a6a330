using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GitOpsGen.Cli;
using GitOpsGen.Inputs;
using GitOpsGen.Settings;

namespace GitOpsGen.Fuzz;

/// <summary>A command line on a whole repository, in this process, and what holds of it whatever the repository contains.</summary>
internal static partial class WholeCommand
{
    // Nobody cancels a case.
    private static readonly int[] ExitCodes = [0, 1, 2, 3, 64];
    private static readonly string[] Written =
    [
        "packages.lock.yaml",
        ".config/gitopsgen.yaml",
        ".config/gitopsgen.schema.json",
        ".config/packages.lock.schema.json",
        ".gitattributes",
    ];

    /// <summary>A target whose cases are such command lines.</summary>
    public static FuzzTarget Target(string name, int share, Func<IEnumerable<FuzzCase>> seeds) => new(name, share, new(() => [.. seeds()]), Run);

    /// <summary>Files with a command line, in one of the forms that its result may have.</summary>
    public static FuzzCase With(this FuzzCase files, string line, params string[] forms) =>
        files with
        {
            Words = [.. line.Split(' '), "--format", forms[(line.Length + files.Files.Count) % forms.Length]],
        };

    /// <summary>The same files after <c>render</c>.</summary>
    public static FuzzCase Rendered(this FuzzCase project)
    {
        Workspace.Write(project.Files);
        Call(["render", "--quiet"]);
        return project with { Files = Workspace.Snapshot() };
    }

    private static string? Run(FuzzCase input)
    {
        Workspace.Write(input.Files);
        var before = Workspace.Snapshot();
        var (exitCode, output, error) = Call(input.Words);
        var after = Workspace.Snapshot();
        var changed = before.Keys.Union(after.Keys).Where(path => !IsSame(before, after, path)).ToList();
        return (ExitCodes.Contains(exitCode) ? null : "another exit code")
            ?? ((output + error).Contains("GOG900", StringComparison.Ordinal) ? "GOG9001 or GOG9002" : null)
            ?? (Unprintable().IsMatch(output + error) ? "an unprintable character" : null)
            ?? (input.Words[^1] == "json" && exitCode != 64 ? Json(output, exitCode, path => Input(input.Words, before, path)) : null)
            ?? (changed.Count > 0 && exitCode is not (0 or 2) ? "a change although the command failed" : null)
            ?? (changed.Exists(path => !MayWrite(input.Words, before, path)) ? "a file is changed that the command does not write" : null)
            ?? (Workspace.IsLeft ? "something outside of the root is changed" : null)
            ?? (exitCode is 0 or 2 ? Next(input.Words, after) : null);
    }

    // What a command has written, the next one takes.
    private static string? Next(ImmutableArray<string> words, ImmutableSortedDictionary<string, byte[]> after) =>
        words[0] == "import" && after.ContainsKey(".config/gitopsgen.yaml") ? Run(new(after, ["render", "--format", "json"]))
        : words[0] == "render" && Call(["check", .. words.Skip(1).Where(word => word is not ("--force" or "--exit-code"))]).ExitCode != 0
            ? "check differs after render"
        : null;

    // What a finding about it was found in: of what Git has, of what is rendered and of what 'import' makes there is another form in memory.
    private static byte[]? Input(ImmutableArray<string> words, ImmutableSortedDictionary<string, byte[]> before, string path) =>
        before.ContainsKey(".git/HEAD") || MayWrite(["render"], before, path) || (words[0] == "import" && Written.Contains(path))
            ? null
            : before.GetValueOrDefault(path);

    private static bool IsSame(ImmutableSortedDictionary<string, byte[]> before, ImmutableSortedDictionary<string, byte[]> after, string path) =>
        before.TryGetValue(path, out var old) && after.TryGetValue(path, out var now) && old.AsSpan().SequenceEqual(now);

    // Where the lockfile and the output are, the settings say.
    private static bool MayWrite(ImmutableArray<string> words, ImmutableSortedDictionary<string, byte[]> before, string path)
    {
        var settings = before.TryGetValue(InputTree.SettingsPath.Value, out var bytes) ? SettingsReader.Read("f", bytes).Value : null;
        return words[0] switch
        {
            "render" => path.StartsWith((settings?.Output.Value ?? SettingsReader.DefaultOutput) + "/", StringComparison.Ordinal),
            "lock" or "promote" or "remove" => path == (settings?.Lockfile.Value ?? SettingsReader.DefaultLockfile),
            "import" when !words.Contains("--dry-run") => Written.Contains(path) && (path == Written[^1] || !before.ContainsKey(path)),
            _ => false,
        };
    }

    // Places are checked as a reader of the JSON sees them.
    private static string? Json(string output, int exitCode, Func<string, byte[]?> input)
    {
        using var json = JsonDocument.Parse(output);
        var found = json.RootElement.GetProperty("diagnostics").EnumerateArray().ToList();
        return exitCode == 1 && !found.Exists(d => d.GetProperty("severity").GetString() == "error") ? "exit code 1 without an error"
            : found.Exists(d => d.GetProperty("message").GetString() is null or "") ? "a finding that says nothing"
            : found.Exists(d => (Number(d, "endLine"), Number(d, "endColumn")).CompareTo((Number(d, "line"), Number(d, "column"))) < 0)
                ? "a finding that ends before its start"
            : found.Exists(d => Number(d, "line") is { } line && (line < 1 || Number(d, "column") < 1)) ? "a finding before the first line"
            : found.Exists(d => d.GetProperty("file").GetString() is { } file && input(file) is { } content && Number(d, "endLine") > Lines(content))
                ? "a finding after the last line"
            : null;

        static int? Number(JsonElement d, string name) =>
            d.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

        static int Lines(byte[] content) => Encoding.UTF8.GetString(content).Count(c => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029') + 1;
    }

    private static (int ExitCode, string Output, string Error) Call(ImmutableArray<string> words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(Workspace.Root);
        try
        {
            var exitCode = new CommandLine(new(output, error), CancellationToken.None).Run([.. words, "-C", Workspace.Root]);
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
