using System.Diagnostics;
using System.Runtime.InteropServices;
using GitOpsGen.Cli.Tests.Updating;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Faults;

/// <summary>Every command that only reads, and every other one that was asked to write nothing, told to end at a random instant.</summary>
public sealed class InterruptedReaderTests
{
    private static readonly string[] Lines =
    [
        "check",
        "check --staged",
        "lint",
        "diff",
        "publish --repository .git/published --branch main --allow-dirty --dry-run",
        "lock --check",
        "lock --verify",
        "outdated",
        "update acme/app --env dev --dry-run",
        "remove acme/app --dry-run",
        "promote dev prod --dry-run",
        "status",
        "validate",
        "mirror plan",
        "mirror verify",
        "why acme/function",
        "graph",
        "explain overlays/dev/kustomization.yaml:1",
        "explain GOG6201",
        "import old --dry-run",
        "schema settings",
        "template list",
        "template show _header",
        "completion bash",
        "version",
        "help diff",
    ];

    [Fact]
    public void It_ends_as_it_would_have_or_as_cancelled_and_has_changed_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        var random = Instants.Random();
        using var registry = new SmallRegistry();
        Fill(registry);
        var folder = registry.Folder;
        var before = folder.Snapshot();
        foreach (var line in Gitopsgen.IsNative ? Lines : LongProof.Of(Lines))
        {
            var arguments = line.Split(' ');
            var watch = Stopwatch.StartNew();
            var whole = Gitopsgen.Built.Run(folder.Path, arguments);
            var duration = watch.Elapsed;
            Assert.True(whole.ExitCode is 0 or 1 or 2, $"{line}: {whole.ExitCode}\n{whole.Error}");
            Assert.DoesNotContain("GOG900", whole.Error, StringComparison.Ordinal);
            for (var i = 0; i < LongProof.Count(Gitopsgen.IsNative ? 4 : 2, 2); i++)
            {
                var signal = i % 2 == 0 ? 2 : 15; // SIGINT, SIGTERM
                using var process = Gitopsgen.Built.StartInterruptible(folder.Path, arguments);
                Thread.Sleep(duration * (1.1 * random.NextDouble()));
                _ = kill(process.Id, signal);
                var run = Gitopsgen.Finish(process);

                // Before the program listens to signals, the system ends it.
                Assert.True(
                    run.ExitCode == whole.ExitCode || run.ExitCode == 130 || run.ExitCode == 128 + signal,
                    $"{line}: {run.ExitCode}\n{run.Error}"
                );
                if (run.ExitCode == 130 && run.Error.Length > 0)
                    Assert.EndsWith("gitopsgen: cancelled.\n", run.Error, StringComparison.Ordinal);
                if (run.ExitCode == whole.ExitCode)
                    Assert.Equal(whole.Output, run.Output);
            }

            Assert.Equal(before, folder.Snapshot());
        }
    }

    private static void Fill(SmallRegistry registry)
    {
        registry
            .With("Configuration", "acme/app", ["v1.0.0", "v1.1.0"], "Function acme/function >=v1.0.0")
            .With("Function", "acme/function", ["v1.0.0", "v2.0.0"])
            .WithEnvironments("dev", "prod");
        registry.Lockfile = "lockfileVersion: 1\npackages:\n  - package: x.io/acme/app\n    kind: Configuration\n    version: v1.0.0\n";
        registry.Run("lock").Exits(0);
        registry.Run("render").Exits(0);
        var folder = registry.Folder;
        folder.Edit(WorkFolder.Settings, "harbor.example.com", registry.Host);
        folder.Write(
            "old/provider.yaml",
            "apiVersion: pkg.crossplane.io/v1\nkind: Provider\nmetadata: { name: s3 }\nspec: { package: 'xpkg.upbound.io/upbound/provider-aws-s3:v2.2.0' }\n"
        );
        GitFolder.Init(folder.Path).Commit();
        GitFolder.Init(folder[".git/published"], "--bare");
        folder.Edit(WorkFolder.Lockfile, "v1.0.0", "v1.1.0");
    }

    [DllImport("libc")]
    private static extern int kill(int process, int signal);
}
