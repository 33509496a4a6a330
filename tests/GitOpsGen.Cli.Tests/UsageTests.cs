using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>Exit code 64: text on stderr, nothing on stdout, whatever the form.</summary>
public sealed class UsageTests
{
    // The native program is asked all of it; a portable one starts too slowly.
    public static TheoryData<string> Wrong => [.. Gitopsgen.IsNative ? EveryWrong : LongProof.Of(EveryWrong)];

    private static readonly string[] EveryWrong =
    [
        "bogus",
        "--bogus",
        "render --bogus",
        "render extra",
        "rendre",
        "render --jobs 0",
        "render --jobs -1",
        "render --jobs many",
        "render --jobs",
        "render --format xml",
        "render --format",
        "render --format JSON",
        "render --format json --format json",
        "render --report sarif",
        "render --report sarif=",
        "render --report xml=a",
        "render --force=maybe",
        "check --force",
        "check --exit-code",
        "check --wait 1",
        "render --wait",
        "render --wait -1",
        "render --wait 1.5",
        "render --wait 86401",
        "render --wait 99999999999",
        "render --format inputs",
        "lint --report inputs=a",
        "render --report inputs=",
        "render -C",
        "render --crds a",
        "validate --crds",
        "validate --strict=maybe",
        "validate crds",
        "render --env",
        "schema",
        "schema both",
        "schema lockfile settings",
        "render @arguments",
        "mirror",
        "template",
        "--format json bogus",
        "outdated --to 1",
        "update --bogus",
        "promote dev prod --bogus",
        "why -x",
        "template eject --all",
        "help rendre",
        "help render now",
        "completion tcsh",
        "version now",
        "mirror plan --skopeo-flag retry-times=3",
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_usage_is_told_on_stderr_alone(string line)
    {
        using var folder = new WorkFolder();
        folder.Write("arguments", "--help");
        var run = Gitopsgen.Built.Run(folder.Path, line.Split(' ')).Exits(64);
        Assert.Empty(run.Output);
        Assert.StartsWith("gitopsgen: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.Equal(["arguments"], folder.Snapshot().Keys);
    }

    [Theory]
    [InlineData("rendre", "'render'")]
    [InlineData("chekc", "'check'")]
    [InlineData("compl", "'completion'")]
    [InlineData("lnit", "'init' or 'lint'")]
    [InlineData("template lst", "'list'")]
    [InlineData("mirror verfy", "'verify'")]
    [InlineData("help mirror plna", "'plan'")]
    [InlineData("render --forc", "'--force'")]
    [InlineData("graph --fromat json", "'--format'")]
    [InlineData("lint --evn=dev", "'--env'")]
    [InlineData("update --majr", "'--major'")]
    [InlineData("lint --format jsn", "'json'")]
    [InlineData("lint --report srif=a", "'sarif'")]
    [InlineData("diff --fail-on major,removd", "'removed'")]
    [InlineData("schema lockfle", "'lockfile'")]
    [InlineData("completion bahs", "'bash'")]
    public void What_was_probably_meant_is_named(string line, string meant)
    {
        using var folder = new WorkFolder();
        var error = InProcess.Run(folder.Path, line.Split(' ')).Exits(64).Error;
        Assert.Contains($" Did you mean {meant}?\n", error, StringComparison.Ordinal);
        Assert.Equal(2, error.TrimEnd().Split('\n').Length);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("json=")]
    public void A_report_without_a_file_says_what_is_missing(string report)
    {
        using var folder = new WorkFolder();
        var error = InProcess.Run(folder.Path, "check", "--report", report).Exits(64).Error;
        Assert.StartsWith($"gitopsgen: '{report}' after '--report' names no file. Write json=PATH.\n", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("foo bar")]
    [InlineData("render --bogus")]
    [InlineData("render extra")]
    [InlineData("lint --format xml")]
    public void Nothing_is_guessed_where_nothing_is_near(string line)
    {
        using var folder = new WorkFolder();
        var error = InProcess.Run(folder.Path, line.Split(' ')).Exits(64).Error;
        Assert.DoesNotContain("Did you mean", error, StringComparison.Ordinal);
        Assert.Equal(2, error.TrimEnd().Split('\n').Length);
    }

    [Theory]
    [InlineData("lint", "--format", "\u001b[31mred\a")]
    [InlineData("\u001b[31mred\a")]
    [InlineData("add", "\u001b[31mred\a")]
    public void What_is_wrong_cannot_write_on_the_terminal(params string[] arguments)
    {
        using var folder = WorkFolder.Started(Gitopsgen.Built);

        Assert.DoesNotContain(InProcess.Run(folder.Path, arguments).Error, c => c != '\n' && char.IsControl(c));
    }

    [Theory]
    [InlineData("-C")]
    [InlineData("--root")]
    [InlineData("--lockfile")]
    [InlineData("--settings")]
    [InlineData("--crds")]
    public void An_empty_path_is_wrong_usage(string option)
    {
        using var folder = new WorkFolder();
        var command = option == "--crds" ? "validate" : "render";
        Assert.Empty(Gitopsgen.Built.Run(folder.Path, command, option, "").Exits(64).Output);
    }
}
