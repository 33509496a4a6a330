using System.Diagnostics;
using System.Runtime.InteropServices;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Faults;

/// <summary>
/// <c>publish</c>, ended at each call of git and at any instant between, and on disks that do not take what is written. The branch has the old
/// commit or the new one, and the next run is right.
/// </summary>
public sealed class PublishFaultTests : PublishingTests
{
    /// <summary>A git that is killed, and kills who called it, before what it is asked for or after: so every step is met.</summary>
    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    public void Killed_at_any_step_the_branch_has_the_old_commit_or_the_new_one(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        Publish("--branch", "main").Exits(0);
        var old = Tip();
        Move("v2.2.0", "v2.2.1");
        var real = Gitopsgen.Shell(Temp.Path, "command -v git").Output.Trim();
        // Two may be called at one time: each takes the first number that is free. Who is told to end needs a moment for it. Who is killed
        // leaves nothing behind that would push while the next one runs.
        var kill = signal == "TERM" ? "kill -TERM $PPID && sleep 0.3" : "kill -KILL $PPID && exit 1";
        Script(
            Temp["bin/git"],
            $$"""
            n=1; set -C
            until { true > "$COUNT/$n"; } 2> /dev/null; do n=$((n + 1)); done
            set +C
            [ $n = "$BEFORE" ] && {{kill}}
            '{{real}}' "$@"; code=$?
            [ $n = "$AFTER" ] && {{kill}}
            exit $code
            """
        );
        var words = Gitopsgen.Built.ShellWords("publish", "--repository", Target.Path, "--branch", "main", "--quiet");
        Directory.CreateDirectory(Temp["tmp"]);
        var runs = 0;
        var steps = Run("", "").Steps;
        Assert.InRange(steps, 10, 60);
        Target.Run("update-ref", "refs/heads/main", old);
        var (olds, news) = (0, 0);
        var sample = LongProof.Of(Enumerable.Range(1, steps));
        foreach (var step in Gitopsgen.IsNative ? sample : LongProof.Of(sample))
        {
            // Between two steps nothing is kept, so that after one is before the next; but for the last ones, where the branch has moved.
            foreach (var isBefore in (bool[])(step > steps - 3 ? [true, false] : [signal == "KILL"]))
            {
                var run = Run(isBefore ? $"{step}" : "", isBefore ? "" : $"{step}");
                Assert.True(run.ExitCode is 137 or 130 || signal == "TERM", $"step {step}: {run.ExitCode}");
                if (Tip() == old)
                    olds++;
                else
                {
                    news++;
                    AssertOldOrNew(old);
                    Target.Run("update-ref", "refs/heads/main", old);
                }

                if (signal == "TERM")
                    Assert.Empty(Directory.EnumerateFileSystemEntries(Temp["tmp"], "gitopsgen-publish-*"));
            }
        }

        Assert.True(olds > 0 && (news > 0 || !LongProof.IsWhole), $"{olds} old, {news} new");

        (int ExitCode, int Steps) Run(string before, string after)
        {
            var count = Directory.CreateDirectory(Temp[$"counts/{++runs}"]).FullName;
            var run = Gitopsgen.Shell(
                Source.Path,
                $"export TMPDIR='{Temp["tmp"]}' COUNT='{count}' BEFORE='{before}' AFTER='{after}' PATH='{Temp["bin"]}':\"$PATH\"; {words}"
            );
            return (run.ExitCode, Directory.GetFiles(count).Length);
        }
    }

    /// <summary>What git was asked for goes on for a moment when who asked is dead. The next run meets it, or comes first.</summary>
    [Theory]
    [InlineData(2)] // SIGINT
    [InlineData(9)] // SIGKILL
    [InlineData(15)] // SIGTERM
    public void Ended_at_a_random_instant_the_branch_has_the_old_commit_or_the_new_one_and_the_next_run_is_right(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        var random = Instants.Random();
        Publish("--branch", "main").Exits(0);
        var old = Tip();
        Move("v2.2.0", "v2.2.1");
        Directory.CreateDirectory(Temp["tmp"]);
        var words = Gitopsgen.Built.ShellWords("publish", "--repository", Target.Path, "--branch", "main", "--quiet");
        // A group of its own, so that all that is left of it can be ended before the next one begins.
        var script = $"exec env --default-signal=INT TMPDIR='{Temp["tmp"]}' setsid {words}";
        var watch = Stopwatch.StartNew();
        Gitopsgen.Shell(Source.Path, script).Exits(0);
        var duration = watch.Elapsed;
        for (var i = 0; i < LongProof.Count(6, 2); i++)
        {
            Target.Run("update-ref", "refs/heads/main", old);
            using var process = Gitopsgen.StartShell(Source.Path, script);
            Thread.Sleep(duration * (1.1 * random.NextDouble()));
            _ = kill(process.Id, signal);
            var (code, _, error) = Gitopsgen.Finish(process);

            // Before the program listens to signals, the system ends it.
            Assert.True(code is 0 or 130 || code == 128 + signal, $"It ended with {code}: {error}");
            if (signal != 9 && code is (0 or 130))
                Assert.Empty(Directory.EnumerateFileSystemEntries(Temp["tmp"], "gitopsgen-publish-*"));
            AssertOldOrNew(old);
            Publish("--branch", "main").Exits(0);
            _ = kill(-process.Id, 9);
            Assert.Equal(old, Target.Run("rev-parse", "main^"));
            Assert.Equal(Source.Run("rev-parse", "HEAD"), SourceOf(Tip()));
            Target.Run("fsck", "--strict", "--no-dangling");
        }
    }

    [Fact]
    public void Where_the_disk_of_the_clone_takes_only_a_part_of_it_nothing_is_published_and_nothing_stays()
    {
        using var disk = new SmallDisk(kibibytes: 2048);
        Publish("--branch", "main").Exits(0);
        var old = Tip();
        Move("v2.2.0", "v2.2.1");
        var words = Gitopsgen.Built.ShellWords("publish", "--repository", Target.Path, "--branch", "main");

        AssertOnlyWhole(disk, old, () => Gitopsgen.Shell(Source.Path, $"TMPDIR='{disk.Path}' {words}"));
    }

    [Fact]
    public void Where_the_disk_of_the_repository_takes_only_a_part_of_it_the_branch_stays_as_it_is()
    {
        using var disk = new SmallDisk(kibibytes: 2048);
        var target = GitFolder.Init(Path.Combine(disk.Path, "target"), "--bare");
        Publish(target, "--branch", "main").Exits(0);
        Target.Run("fetch", "--quiet", target.Path, "+main:main");
        var old = Tip();
        Move("v2.2.0", "v2.2.1");

        AssertOnlyWhole(
            disk,
            old,
            () =>
            {
                var run = Publish(target, "--branch", "main");
                target.Run("fsck", "--strict", "--no-dangling");
                Target.Run("fetch", "--quiet", target.Path, "+main:main");
                return run;
            }
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void On_a_read_only_disk_the_reason_is_named_and_the_branch_stays_as_it_is(bool isClone)
    {
        using var disk = new SmallDisk(kibibytes: 2048);
        var target = GitFolder.Init(isClone ? Temp["bare"] : Path.Combine(disk.Path, "target"), "--bare");
        Publish(target, "--branch", "main").Exits(0);
        var old = target.Run("rev-parse", "main");
        Move("v2.2.0", "v2.2.1");
        var words = Gitopsgen.Built.ShellWords("publish", "--repository", target.Path, "--branch", "main");
        disk.MakeReadOnly();
        try
        {
            var run = Gitopsgen.Shell(Source.Path, isClone ? $"TMPDIR='{disk.Path}' {words}" : words);

            AssertNamed(run.Exits(1), "ead-only file system");
            Assert.Equal(old, target.Run("rev-parse", "main"));
        }
        finally
        {
            disk.MakeWritable();
        }

        Publish(target, "--branch", "main").Exits(0);
        Assert.Equal(old, target.Run("rev-parse", "main^"));
    }

    // More and more free space, from none to enough.
    private void AssertOnlyWhole(SmallDisk disk, string old, Func<Finished> publish)
    {
        var failed = 0;
        for (var free = 0; ; free = free == 0 ? 8 : free * 2)
        {
            var before = Directory.EnumerateFileSystemEntries(disk.Path).Order().ToList();
            disk.Fill(free);
            var run = publish();
            disk.Empty();
            Assert.Equal(before, Directory.EnumerateFileSystemEntries(disk.Path).Order());
            if (run.ExitCode == 0)
                break;
            failed++;
            // Of its own configuration git does not say why it could not be written.
            AssertNamed(
                run,
                run.Error.Contains("failed to write new configuration file", StringComparison.Ordinal) ? "GOG1202" : "No space left on device"
            );
            Assert.Equal(old, Tip());
        }

        Assert.InRange(failed, 2, 10);
        Assert.Equal(old, Target.Run("rev-parse", "main^"));
        Assert.Equal(Source.Run("rev-parse", "HEAD"), SourceOf(Tip()));
    }

    private static void AssertNamed(Finished run, string reason)
    {
        // What git could not fetch it says in its own words: nobody knows whose disk it is.
        Assert.True(run.ExitCode is 1 or 3, $"{run.ExitCode}: {run.Error}");
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("GOG9001", run.Error, StringComparison.Ordinal);
    }

    private void AssertOldOrNew(string old)
    {
        if (Tip() == old)
            return;
        Assert.Equal(old, Target.Run("rev-parse", "main^"));
        Assert.Equal(Source.Run("rev-parse", "HEAD"), SourceOf(Tip()));
    }

    [DllImport("libc")]
    private static extern int kill(int process, int signal);
}
