using System.CommandLine;
using System.Text.Json;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Cli.Running;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>What a command may throw, in the process: no input is known that makes the program do so.</summary>
public sealed class CommandRunnerTests
{
    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("github")]
    [InlineData("sarif")]
    public void A_bug_is_GOG9001_without_a_trace_in_every_form(string form)
    {
        var (exitCode, output, error) = Run(["--format", form], _ => throw new InvalidOperationException("boom"));
        Assert.Equal(1, exitCode);
        Assert.Contains("GOG9001", form == "text" ? error : output, StringComparison.Ordinal);
        Assert.Contains("boom", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_adds_the_trace_on_stderr_and_leaves_json_one_object()
    {
        var (_, output, error) = Run(["--format", "json", "--verbose"], _ => throw new InvalidOperationException("boom"));
        Assert.Equal(1, JsonElement.Parse(output).GetProperty("exitCode").GetInt32());
        Assert.Contains("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_disk_is_the_output_not_a_bug()
    {
        var (exitCode, _, error) = Run([], _ => throw new IOException("No space left on device"));
        Assert.Equal(1, exitCode);
        Assert.StartsWith("gitopsgen: error GOG5007: ", error, StringComparison.Ordinal);
    }

    public static TheoryData<Exception, string> Limits =>
        new()
        {
            { new InsufficientMemoryException(), "memory" },
            { new InsufficientExecutionStackException(), "stack" },
            { new IOException("Cannot allocate memory", 12), "memory" },
            { new System.ComponentModel.Win32Exception(12), "memory" },
            { new AggregateException(new IOException("what that has led to"), new AggregateException(new InsufficientMemoryException())), "memory" },
            { new TypeInitializationException("Any", new InvalidOperationException("any", new InsufficientMemoryException())), "memory" },
        };

    [Theory]
    [MemberData(nameof(Limits), DisableDiscoveryEnumeration = true)]
    public void A_limit_of_the_process_is_not_a_bug(Exception limit, string what)
    {
        var (exitCode, _, error) = Run([], _ => throw limit);
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"gitopsgen: error GOG9002: The process may not have the {what} ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_failed_in_parallel_is_what_it_was()
    {
        var (_, _, error) = Run([], _ => throw new AggregateException(new AggregateException(new IOException("No space left on device"))));
        Assert.StartsWith("gitopsgen: error GOG5007: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "bug", "error GOG9001: ")]
    [InlineData("json", "bug", "\"GOG9001\"")]
    [InlineData("markdown", "bug", "error GOG9001: ")]
    [InlineData("text", "disk", "error GOG5007: ")]
    [InlineData("json", "disk", "\"GOG5007\"")]
    [InlineData("markdown", "disk", "error GOG5007: ")]
    public void What_fails_while_the_report_becomes_text_is_what_failed(string form, string what, string expected)
    {
        Exception exception = what == "bug" ? new InvalidOperationException("boom") : new IOException("boom");
        var report = new CommandReport
        {
            Command = "test",
            ExitCode = 0,
            Document = "half a report\n",
            Table = _ => throw exception,
            Result = _ => throw exception,
            Drawings = new Dictionary<ReportForm, Func<string>> { [ReportForm.Markdown] = () => throw exception },
        };
        var (exitCode, output, error) = Run(["--format", form], _ => report);
        Assert.Equal(1, exitCode);
        Assert.Contains(expected, output + error, StringComparison.Ordinal);
        Assert.Contains(what == "bug" ? "boom" : "input/output error", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("half", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fails_in_a_report_file_is_said_there_too()
    {
        using var folder = new TempFolder();
        var report = new CommandReport
        {
            Command = "test",
            ExitCode = 0,
            Result = _ => throw new InvalidOperationException("boom"),
        };
        var (exitCode, _, error) = Run(["--report", $"json={folder["report.json"]}"], _ => report);
        Assert.Equal(1, exitCode);
        Assert.Contains("GOG9001", error, StringComparison.Ordinal);
        Assert.Contains("GOG9001", File.ReadAllText(folder["report.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_a_bug()
    {
        var (exitCode, _, error) = Run([], _ => throw new OperationCanceledException());
        Assert.Equal(1, exitCode);
        Assert.Contains("GOG9001", error, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Error) Run(string[] arguments, Func<CommandRun, CommandReport> body)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var global = new GlobalOptions();
        var command = new RootCommand();
        global.AddTo(command);
        var exitCode = new CommandRunner(global, new(output, error), CancellationToken.None).Run("test", command.Parse(arguments), body);
        return (exitCode, output.ToString(), error.ToString());
    }
}
