using System.Diagnostics;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>
/// The write protocol against what no process can handle: SIGKILL at any instant, also of a run that follows a killed one with other
/// inputs. <see cref="Faults.InterruptedTests"/> does it to every command.
/// </summary>
public sealed class KillTests
{
    private const string Staging = ".gitopsgen-staging";

    [Fact]
    public void Killed_at_any_instant_each_file_is_old_or_new_and_the_next_render_completes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGKILL");
        var gitopsgen = Gitopsgen.Built;
        var kills = Gitopsgen.IsNative ? LongProof.Count(40, 20) : LongProof.Count(10, 4);
        using var folder = Fleet.Create(environments: 10, packages: 30);
        var one = File.ReadAllText(folder[WorkFolder.Lockfile]);
        // The other version: another tag for each package, one package less, another wave for one.
        var other = one.Replace("version: v1.", "version: v2.", StringComparison.Ordinal)
            .Replace("provider-number-7\n", "provider-other\n", StringComparison.Ordinal)
            .Replace(
                "version: v2.0.5\n    dependsOn: []",
                "version: v2.0.5\n    dependsOn: [{ package: xpkg.upbound.io/upbound/provider-number-1, kind: Provider, constraint: '*' }]",
                StringComparison.Ordinal
            );
        var (duration, trees) = RenderBoth(gitopsgen, folder, one, other);

        var random = Faults.Instants.Random();
        var interrupted = 0;
        for (var i = 0; i < kills; i++)
        {
            var next = i % 2 == 0 ? 0 : 1;
            folder.Write(WorkFolder.Lockfile, next == 0 ? one : other);
            var started = DateTime.Now;
            using (var process = gitopsgen.Start(folder.Path, "render", "--quiet"))
            {
                Thread.Sleep(duration * (1.2 * random.NextDouble()));
                process.Kill();
                Gitopsgen.Finish(process);
                interrupted += process.ExitCode == 0 ? 0 : 1;
                // A busy machine becomes idle, and an idle one busy.
                var lasted = process.ExitTime - started;
                duration = process.ExitCode == 0 || lasted > duration ? lasted : duration;
            }

            AssertOldOrNew(Output(folder), trees);
            // Half of the time straight into the next kill: the ledgers then know three contents of a path.
            if (random.Next(2) == 0 || i == kills - 1)
            {
                gitopsgen.Run(folder.Path, "render", "--quiet").Exits(0);
                Assert.Equal(trees[next], Output(folder));
                gitopsgen.Run(folder.Path, "check", "--quiet").Exits(0);
            }
        }

        // A few kills of a sample may all come late on a busy machine.
        Assert.True(interrupted > (LongProof.IsWhole ? kills / 4 : 0), $"only {interrupted} of {kills} runs were interrupted");
    }

    private static (TimeSpan Duration, Dictionary<string, string>[] Trees) RenderBoth(
        Gitopsgen gitopsgen,
        WorkFolder folder,
        string one,
        string other
    )
    {
        var watch = new Stopwatch();
        var trees = new List<Dictionary<string, string>>();
        foreach (var lockfile in (string[])[other, one])
        {
            folder.Write(WorkFolder.Lockfile, lockfile);
            watch.Restart();
            gitopsgen.Run(folder.Path, "render", "--quiet").Exits(0);
            trees.Insert(0, Output(folder));
        }

        return (watch.Elapsed, [.. trees]);
    }

    private static void AssertOldOrNew(Dictionary<string, string> output, Dictionary<string, string>[] trees)
    {
        foreach (
            var (path, content) in output.Where(file =>
                !file.Key.StartsWith(Staging, StringComparison.Ordinal) && Path.GetFileName(file.Key) is not (".gitopsgen" or ".gitopsgen-lock")
            )
        )
        {
            Assert.True(trees.Any(tree => tree.TryGetValue(path, out var whole) && whole == content), $"{path} is neither old nor new:\n{content}");
        }
    }

    private static Dictionary<string, string> Output(WorkFolder folder)
    {
        var root = folder["manifests"];
        return Directory
            .EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllText, StringComparer.Ordinal);
    }
}
