using GitOpsGen.Cli.Reporting;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>What stands at the other end of stdout and stderr: a closed pipe, a full disk, a terminal.</summary>
public sealed class StreamTests
{
    // Not any escape: the runtime itself sets the keypad's mode of a terminal that it writes to.
    private const string Color = @"\e\[[0-9;]*m";

    [Fact]
    public void A_reader_that_leaves_early_is_no_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);

        // The reader is gone before a byte is written; exit code 2 is check's own.
        var run = Gitopsgen.Shell(folder.Path, $"{{ sleep 1; {gitopsgen.ShellWords("check", "--format", "json")}; echo $? >&2; }} | true");
        Assert.Equal("2\n", run.Error);
    }

    [Fact]
    public void A_result_that_cannot_be_written_is_an_error()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full");
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Rendered(gitopsgen);
        var run = Gitopsgen.Shell(folder.Path, $"{gitopsgen.ShellWords("check", "--quiet", "--format", "json")} > /dev/full").Exits(1);
        Assert.StartsWith("gitopsgen: the result cannot be written: ", run.Error, StringComparison.Ordinal);

        // More than any buffer takes is written in the middle of the command.
        var large = Gitopsgen.Shell(folder.Path, $"{gitopsgen.ShellWords("schema", "settings")} > /dev/full").Exits(1);
        Assert.StartsWith("gitopsgen: the result cannot be written: ", large.Error, StringComparison.Ordinal);
        Assert.Single(large.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_closed_stdout_is_an_error_and_not_a_crash()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Rendered(gitopsgen);

        var run = Gitopsgen.Shell(folder.Path, $"{gitopsgen.ShellWords("check", "--quiet", "--format", "json")} >&-").Exits(1);
        Assert.Equal("gitopsgen: the result cannot be written: the standard output is closed\n", run.Error);
    }

    [Theory]
    [InlineData(WorkFolder.Lockfile)]
    [InlineData(WorkFolder.Settings)]
    public void A_report_replaces_no_input(string input)
    {
        using var folder = WorkFolder.Started(Gitopsgen.Built);
        var before = File.ReadAllText(folder[input]);

        var run = InProcess.Run(folder.Path, "lint", "--report", $"json={folder[input]}", "--format", "json").Exits(1);

        Assert.Contains("GOG5007", run.Codes);
        Assert.Equal(before, File.ReadAllText(folder[input]));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("render")]
    [InlineData("lint")]
    [InlineData("diff")]
    [InlineData("import", "--compare", "manifests")]
    [InlineData("explain", "GOG6201")]
    [InlineData("schema", "settings")]
    [InlineData("template", "list")]
    [InlineData("init")]
    public void No_command_writes_a_report_over_inputs_output_or_what_is_gits(params string[] command)
    {
        using var folder = WorkFolder.Rendered(Gitopsgen.Built);
        folder.Write(".git/index", "index");
        folder.Write(".gitattributes", "kept");
        folder.Write(".config/gitopsgen.schema.json", "kept");
        folder.Write("bare/HEAD", "ref: refs/heads/main\n");
        Directory.CreateDirectory(folder["bare/objects"]);
        folder.Write("templates/own.yaml.scriban", "kept");
        Directory.CreateSymbolicLink(folder["elsewhere"], folder["manifests/base"]);
        File.Delete(folder["manifests/argocd-cm.yaml"]);
        var before = folder.Snapshot();
        string[] kept =
        [
            WorkFolder.Lockfile,
            WorkFolder.Settings,
            "templates/own.yaml.scriban",
            "templates/new/report.json",
            "manifests/base/.gitopsgen",
            "manifests/report.json",
            "manifests",
            "elsewhere/.gitopsgen",
            ".git/index",
            ".git/new",
            "bare/worktrees/one/index",
            "src/.gitattributes",
            ".gitattributes",
            ".config/gitopsgen.schema.json",
            ".config/packages.lock.schema.json",
        ];
        var reports = kept.SelectMany(path => new[] { "--report", $"json={folder[path]}" });

        var run = InProcess.Run(folder.Path, [.. command, "--format", "json", .. reports]).Exits(1);

        Assert.Equal(Enumerable.Repeat("GOG5007", kept.Length), run.Codes);
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void A_report_stays_out_of_the_places_that_the_settings_name()
    {
        using var folder = WorkFolder.Started(Gitopsgen.Built);
        folder.Write(
            WorkFolder.Settings,
            $"output: rendered\nlockfile: own.yaml\nregistries: {{ xpkg.upbound.io: {{ caFile: certs/ca.pem }} }}\n{File.ReadAllText(folder[WorkFolder.Settings])}unknown: key\n"
        );

        foreach (var path in new[] { "rendered/x", "own.yaml", "certs/ca.pem" })
        {
            Assert.Equal(["GOG5007"], InProcess.Run(folder.Path, "lint", "--format", "json", "--report", $"json={folder[path]}").Exits(1).Codes);
        }

        string[] free = ["manifests/x", ".config/x.json", ".github/x.sarif", "objects/x"];
        Directory.CreateDirectory(folder[".github"]);
        Directory.CreateDirectory(folder["objects"]);
        Directory.CreateDirectory(folder["manifests"]);
        InProcess.Run(folder.Path, ["lint", .. free.SelectMany(path => new[] { "--report", $"json={folder[path]}" })]).Exits(1);
        Assert.All(free, path => Assert.True(File.Exists(folder[path]), path));
    }

    [Fact]
    public void An_import_replaces_its_report_and_none_of_its_sources()
    {
        using var folder = new WorkFolder();
        folder.Write(
            "source.yaml",
            "apiVersion: pkg.crossplane.io/v1\nkind: Provider\nmetadata: { name: a }\nspec: { package: xpkg.upbound.io/a/b:v1.0.0 }\n"
        );
        var before = File.ReadAllText(folder["source.yaml"]);

        IEnumerable<string?> Import(string source, string report) =>
            InProcess.Run(folder.Path, "import", source, "--dry-run", "--format", "json", "--report", $"json={folder[report]}").Codes;

        Assert.Contains("GOG5007", Import("source.yaml", "source.yaml"));
        Assert.Equal(before, File.ReadAllText(folder["source.yaml"]));
        Assert.DoesNotContain("GOG5007", Import(".", "report.json"));
        Assert.DoesNotContain("GOG5007", Import(".", "report.json"));
    }

    [Fact]
    public void A_report_is_written_into_what_exists_and_replaces_no_link()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        folder.Write("kept/report.json", new string('x', 100_000));
        File.CreateSymbolicLink(folder["link.json"], folder["kept/report.json"]);

        gitopsgen.Run(folder.Path, "lint", "--report", "json=link.json").Exits(0);
        Assert.NotNull(File.ResolveLinkTarget(folder["link.json"], returnFinalTarget: false));
        Assert.StartsWith("{", File.ReadAllText(folder["kept/report.json"]), StringComparison.Ordinal);
        Assert.DoesNotContain("xxx", File.ReadAllText(folder["kept/report.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_without_an_end_is_refused()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero");
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        File.Delete(folder[WorkFolder.Lockfile]);
        File.CreateSymbolicLink(folder[WorkFolder.Lockfile], "/dev/zero");

        Assert.Equal(["GOG1005"], gitopsgen.On(folder.Path, "lint", "--format", "json").Exits(1).Codes);
    }

    [Fact]
    public void Colours_are_for_terminals_that_want_them()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        Assert.Contains("\e[33mwarning\e[0m GOG2109", OnTerminal("TERM=xterm", "check"), StringComparison.Ordinal);
        Assert.Contains("\e[33mwarning\e[0m GOG2109", OnTerminal("TERM=xterm NO_COLOR=", "check"), StringComparison.Ordinal);
        Assert.DoesNotMatch(Color, OnTerminal("TERM=xterm NO_COLOR=1", "check"));
        Assert.DoesNotMatch(Color, OnTerminal("TERM=xterm", "check", "--no-color"));
        Assert.DoesNotMatch(Color, OnTerminal("TERM=dumb", "check"));
        var piped = gitopsgen.Run(folder.Path, "check");
        Assert.DoesNotContain('\e', piped.Output + piped.Error);

        string OnTerminal(string environment, params string[] arguments) =>
            Terminal(folder.Path, $"env {environment} {gitopsgen.ShellWords(arguments)}");
    }

    [Fact]
    public void Progress_is_shown_on_a_terminal_when_a_run_takes_long()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = Fleet.Create(environments: 2, packages: 2);
        Assert.Matches("Reading|of 2 environments", Slow("--no-color"));
        Assert.DoesNotMatch("Reading|of 2 environments", Slow("--quiet"));
        Assert.DoesNotMatch("Reading|of 2 environments", Slow("--verbose", "CI=true"));
        Assert.DoesNotMatch("Reading|of 2 environments", Slow("--verbose", "TERM=dumb"));

        // Settings that come through a pipe take as long as their writer does, on every machine.
        string Slow(string option, string variable = "CI=") =>
            Terminal(
                folder.Path,
                $"""
                rm -f slow; mkfifo slow
                (sleep 2; cat {WorkFolder.Settings} > slow) &
                env TERM=xterm {variable} {gitopsgen.ShellWords("check", option, "--settings", "slow")} | wc -l
                """
            );
    }

    [Fact]
    public void A_status_is_cut_to_the_terminal_and_erased_before_anything_else_is_said()
    {
        using var error = new StringWriter { NewLine = "\n" };
        var streams = new StandardStreams(TextWriter.Null, error) { Width = () => 8 };
        streams.Say("one");
        streams.DrawStatus("12345678");
        streams.DrawStatus("1");
        streams.Say("two");
        streams.EraseStatus();
        Assert.Equal("one\n\r1234567\e[K\r1\e[K\r\e[Ktwo\n", error.ToString());
    }

    [Fact]
    public void A_status_that_was_drawn_is_gone_when_the_run_ends()
    {
        using var error = new StringWriter();
        var shared = TextWriter.Synchronized(error);
        using (var status = new StatusLine("{0} of {1}", new(TextWriter.Null, shared), isVisible: true))
        {
            status.Report(new(2, 3));
            status.Report(new(1, 3));
            Assert.True(SpinWait.SpinUntil(() => Drawn().Length > 0, TimeSpan.FromMinutes(1)));
        }

        Assert.StartsWith("\r2 of 3\e[K", Drawn(), StringComparison.Ordinal);
        Assert.EndsWith("\r\e[K", Drawn(), StringComparison.Ordinal);

        string Drawn()
        {
            lock (shared)
            {
                return error.ToString();
            }
        }
    }

    // util-linux's script gives the command a terminal of its own, and its own stdin would end it: /dev/null.
    private static string Terminal(string folder, string command)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "needs script of util-linux");
        File.WriteAllText(Path.Combine(folder, "on-terminal.sh"), command);
        return Gitopsgen.Shell(folder, "script -qec 'bash on-terminal.sh' /dev/null < /dev/null").Output;
    }
}
