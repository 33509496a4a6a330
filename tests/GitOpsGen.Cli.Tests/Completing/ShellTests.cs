using GitOpsGen.Cli.Completing;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Completing;

/// <summary>
/// The scripts in the shells that they are for, each in a terminal of its own: keys are typed, TAB among them, and a program called
/// <c>gitopsgen</c> writes down with which arguments the shell runs it.
/// </summary>
public sealed class ShellTests : IDisposable
{
    /// <summary>Types each line of stdin into a shell, and waits until the last argument's file has one line more.</summary>
    private const string Terminal = """
        import os, pty, select, sys, time
        log, shell = sys.argv[1], sys.argv[2:]
        child, terminal = pty.fork()
        if child == 0:
            os.execvp(shell[0], shell)
        seen = b""
        def listen(seconds):
            global seen
            while select.select([terminal], [], [], seconds)[0]:
                seen += os.read(terminal, 65536)
        def lines():
            return open(log).read().count("\n") if os.path.exists(log) else 0
        for line in sys.stdin.buffer.read().split(b"\n"):
            listen(0.3)
            before, end = lines(), time.monotonic() + 60
            os.write(terminal, line + b"\r")
            while lines() == before:
                listen(0.05)
                if time.monotonic() > end:
                    sys.exit(f"{line} ran nothing:\n{seen.decode(errors='replace')}")
        os.kill(child, 9)
        """;

    private static readonly (string Typed, string Run)[] Lines =
    [
        ("rend\t", "[render]"),
        ("render --forc\t", "[render][--force]"),
        ("graph --format me\t", "[graph][--format][mermaid]"),
        ("graph --format=me\t", "[graph][--format=mermaid]"),
        ("check --report sar\tout", "[check][--report][sarif=out]"),
        ("lint --env de\t", "[lint][--env][dev]"),
        ("update provider-aws\t--dry\t", "[update][provider-aws-s3][--dry-run]"),
        ("mirror pl\t--from d\t", "[mirror][plan][--from][dev]"),
        ("explain GOG82\t", "[explain][GOG8201]"),
        ("schema --lockfile packages.l\t", "[schema][--lockfile][packages.lock.yaml]"),
        ("lint -C .con\t", "[lint][-C][.config]"),
        ("lint --env nothing\t", "[lint][--env][nothing]"),
    ];

    private readonly WorkFolder folder = WorkFolder.Started(Gitopsgen.Built);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("bash", "source <(gitopsgen completion bash)", "--norc", "--noprofile", "-i")]
    [InlineData("zsh", "autoload -U compinit && compinit -D -u && source <(gitopsgen completion zsh)", "-f", "-i")]
    [InlineData("fish", "gitopsgen completion fish | source", "--no-config", "-i")]
    public void A_tab_completes_in_a_real_shell(string shell, string start, params string[] options)
    {
        Tool.Require(shell);
        var bin = ProgramThatLogs();

        var keys = string.Join('\n', Lines.Select(line => $"gitopsgen {line.Typed}").Prepend($"{start}; gitopsgen started"));
        var run = Tool.Require("python3")
            .Run(
                ["-c", Terminal, folder["ran"], shell, .. options],
                keys,
                folder.Path,
                new Dictionary<string, string?>
                {
                    ["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}",
                    ["HOME"] = folder["home"],
                    ["TERM"] = "xterm",
                }
            );

        Assert.True(run.ExitCode == 0, run.Error);
        // Zsh takes the slash behind a folder away again.
        var ran = File.ReadAllLines(folder["ran"]).Select(line => line.Replace("/]", "]", StringComparison.Ordinal));
        Assert.Equal(["[started]", .. Lines.Select(line => line.Run)], ran);
    }

    [Fact]
    public void Zsh_takes_the_script_as_a_function_file_too()
    {
        folder.Write("functions/_gitopsgen", CompletionScript.For("zsh"));

        var run = Tool.Require("zsh")
            .Run(["-f", "-c", $"fpath=('{folder["functions"]}' $fpath); autoload -U compinit && compinit -D -u; print -- $_comps[gitopsgen]"]);

        Assert.Equal("_gitopsgen\n", run.Output);
    }

    [Fact]
    public void PowerShell_has_a_script_that_asks_the_same_question()
    {
        var script = CompletionScript.For("pwsh");

        Assert.Contains("Register-ArgumentCompleter -Native -CommandName gitopsgen", script, StringComparison.Ordinal);
        Assert.Contains($" {Completion.Question} @words", script, StringComparison.Ordinal);
    }

    private string ProgramThatLogs()
    {
        var program = Gitopsgen.Built.ShellWords();
        folder.Write(
            "bin/gitopsgen",
            $$"""
            #!/bin/sh
            case $1 in
              __complete|completion) exec {{program}} "$@" ;;
              *) { printf '[%s]' "$@"; echo; } >> '{{folder["ran"]}}' ;;
            esac
            """
        );
        Directory.CreateDirectory(folder["home"]);
        Gitopsgen.Shell(folder.Path, "chmod +x bin/gitopsgen").Exits(0);
        return folder["bin"];
    }
}
