using GitOpsGen.Output;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Output;

/// <summary>Somebody puts a link where a folder of the output was, after the look and before the write.</summary>
public sealed class SwappedFolderTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 0)]
    public void Before_any_step_and_with_any_folder_of_its_path_nothing_is_changed_behind_the_link(int first, int second)
    {
        RequireHandles();
        var led = 0;
        for (var (count, steps) = (0, int.MaxValue); count < steps; count++)
        {
            foreach (var depth in Enumerable.Range(0, 5))
            {
                using var sandbox = new Sandbox();
                sandbox.Render(CrashTests.Versions[first]);
                using var session = OutputSession.Open(sandbox.Folder).Value!;
                using var output = sandbox.Folder.Hold();
                var tree = CrashTests.Versions[second];
                var changes = session.Compute(ShardedTree.Of(tree, Sandbox.Complete(tree)), 1, Sandbox.Cancellation);
                var protocol = WriteProtocol.For(changes);
                var all = protocol.Preparation.Concat(protocol.Completion).SelectMany(phase => phase.Steps).ToList();
                steps = all.Count;
                all.Take(count).ToList().ForEach(step => step.Run(output));
                // Of a move, one time its source and one time its target.
                var path = count % 2 == 0 && all[count].From.Length > 0 ? all[count].From : all[count].Path;
                var folder = string.Join('/', path.Split('/')[..^1].Take(depth));
                if (path.Split('/').Length <= depth || !Directory.Exists(sandbox.Full(folder)))
                    continue;
                var trap = new Trap(sandbox, folder);
                trap.Set();
                var before = trap.Times();

                foreach (var step in all.Skip(count))
                    _ = Record.Exception(() => step.Run(output));

                Assert.Equal(before, trap.Times());
                led++;
            }
        }

        Assert.True(led > 40, $"only {led}");
    }

    /// <summary>Again and again, at any instant, also in the middle of a step.</summary>
    [Fact]
    public async Task While_renders_run_nothing_is_changed_behind_the_link()
    {
        RequireHandles();
        using var sandbox = new Sandbox();
        sandbox.Render(CrashTests.Versions[0]);
        var trap = new Trap(sandbox, "overlays/dev");
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(LongProof.Count(5, 2)));
        trap.Prepare();
        var before = trap.Times();
        var swapping = Task.Factory.StartNew(
            () =>
            {
                for (var swaps = 0; ; swaps++)
                {
                    if (end.IsCancellationRequested)
                        return swaps;
                    trap.Swap();
                    Thread.SpinWait(2_000);
                    trap.SwapBack();
                    Thread.SpinWait(2_000);
                }
            },
            TaskCreationOptions.LongRunning
        );

        var written = 0;
        for (var number = 1; !end.IsCancellationRequested; number++)
            written += sandbox.TryRender(CrashTests.Versions[number % 3], force: true).IsEmpty ? 1 : 0;

        Assert.True(await swapping > 10);
        Assert.True(written > 0);
        Assert.Equal(before, trap.Times());
        // A folder that was put aside in the middle of a run took its ledger with it: no run knows, or removes, what was in the way of a folder since.
        Assert.All(sandbox.TryRender(CrashTests.Versions[0], force: true), found => Assert.Equal("GOG5005", found.Rule.Code));
    }

    [Fact]
    public void What_was_refused_is_named_and_written_by_the_next_run()
    {
        RequireHandles();
        using var sandbox = new Sandbox();
        sandbox.Render(("overlays/dev/a", "1"));
        var tree = Sandbox.Tree(("overlays/dev/a", "2"));
        var trap = new Trap(sandbox, "overlays/dev");
        using (var session = OutputSession.Open(sandbox.Folder).Value!)
        {
            var changes = session.Compute(ShardedTree.Of(tree, Sandbox.Complete(tree)), 1, Sandbox.Cancellation);
            trap.Set();

            var found = session.Commit(changes, force: false, 1, Sandbox.Cancellation);

            Assert.All(found, finding => Assert.Equal("GOG5007", finding.Rule.Code));
            Assert.Contains(found, finding => finding.Message.Contains("a link", StringComparison.Ordinal));
        }

        Assert.Equal(["GOG5004 manifests/overlays/dev:1"], Sandbox.Codes(sandbox.TryRender(tree)));
        trap.SwapBack();
        sandbox.Render(tree);
        Assert.Equal("2", sandbox.Read("overlays/dev/a"));
    }

    private static void RequireHandles() =>
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Directory.Exists("/proc/self/fd"),
            "Only Linux names a folder by its handle; SECURITY.md says so."
        );

    /// <summary>A copy of a folder, which a link leads to: whatever is done through the link can be seen there.</summary>
    private sealed class Trap(Sandbox sandbox, string folder)
    {
        private readonly string full = sandbox.Full(folder);
        private readonly string aside = Path.Combine(sandbox.Root, "aside");
        private readonly string copy = Path.Combine(sandbox.Root, "trap");
        private readonly string link = Path.Combine(sandbox.Root, "link");

        public void Prepare()
        {
            Directory.CreateDirectory(copy);
            foreach (var path in Directory.EnumerateDirectories(full, "*", SearchOption.AllDirectories))
                Directory.CreateDirectory(path.Replace(full, copy, StringComparison.Ordinal));
            foreach (
                var path in Directory
                    .EnumerateFiles(full, "*", SearchOption.AllDirectories)
                    .Where(path => Path.GetFileName(path) != OutputFolder.Lock)
            )
                File.Copy(path, path.Replace(full, copy, StringComparison.Ordinal));
            Directory.CreateSymbolicLink(link, copy);
        }

        public void Set()
        {
            Prepare();
            Swap();
        }

        /// <summary>A render may have deleted the folder, or made it anew.</summary>
        public void Swap()
        {
            try
            {
                Directory.Move(full, aside);
                Directory.Move(link, full);
            }
            catch (IOException) { }
        }

        public void SwapBack()
        {
            try
            {
                if (new DirectoryInfo(full).LinkTarget is not null)
                    Directory.Move(full, link);
                if (!Directory.Exists(full) && Directory.Exists(aside))
                    Directory.Move(aside, full);
                else if (Directory.Exists(aside))
                    Directory.Delete(aside, recursive: true);
            }
            catch (IOException) { }
        }

        public SortedDictionary<string, string> Times()
        {
            var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var info in new DirectoryInfo(copy).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(new DirectoryInfo(copy)))
                found[info.FullName] = $"{info.LastWriteTimeUtc.Ticks}";
            return found;
        }
    }
}
