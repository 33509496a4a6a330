using GitOpsGen.Testing;

namespace GitOpsGen.Cli.Tests.Recipes;

/// <summary>
/// A folder in which the script of a recipe runs: <c>gitopsgen</c> is the program under test, and programs that would ask a host are
/// stand-ins, which write their arguments, one line for each call, to <c>calls</c>.
/// </summary>
internal sealed class Stubs : IDisposable
{
    private readonly TempFolder folder = new();

    public Stubs()
    {
        Prerequisite.Require(!OperatingSystem.IsWindows(), "Runners run these scripts on Linux and macOS.");
        // Not by way of a stand-in for dotnet.
        Program("gitopsgen", $"export PATH='{Environment.GetEnvironmentVariable("PATH")}'\nexec {Gitopsgen.Built.ShellWords()} \"$@\"");
        Directory.CreateDirectory(this["temp"]);
        File.WriteAllText(this["calls"], "");
    }

    public string this[string path] => folder[path];

    /// <summary>The calls of stand-ins, in their order.</summary>
    public string[] Calls => File.ReadAllLines(this["calls"]);

    /// <summary>A stand-in; its script is bash, and <c>$@</c> are the arguments.</summary>
    public Stubs Program(string name, string script, bool logs = false)
    {
        var log = logs ? $"printf '%s\\n' \"{name} ${{*//$'\\n'/ }}\" >>'{this["calls"]}'\n" : "";
        var file = folder.Write($"bin/{name}", $"#!/bin/bash\n{log}{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return this;
    }

    public string Write(string path, string text) => folder.Write(path, text);

    /// <summary>Runs a script as GitHub does (<c>shell: bash</c>).</summary>
    public ToolRun Run(string script, string? folder = null, params (string Name, string Value)[] environment)
    {
        var variables = new Dictionary<string, string?>(GitFolder.Environment)
        {
            ["PATH"] = $"{this["bin"]}:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["RUNNER_TEMP"] = this["temp"],
            ["GITHUB_STEP_SUMMARY"] = this["summary"],
            ["GITHUB_OUTPUT"] = this["output"],
            ["GITHUB_REPOSITORY"] = "acme/platform",
            ["GITHUB_ACTION_PATH"] = RepositoryRoot.Path,
        };
        // A runner has no identity: a script that commits brings its own.
        foreach (var name in (string[])["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"])
            variables[name] = null;
        foreach (var (name, value) in environment)
            variables[name] = value;
        return Tool.Require("bash")
            .Run(["--noprofile", "--norc", "-eo", "pipefail", "-c", script], folder: folder ?? this["."], environment: variables);
    }

    public void Dispose() => folder.Dispose();
}
