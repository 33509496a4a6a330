using GitOpsGen.Output;
using Xunit;

namespace GitOpsGen.Tests.Output;

public sealed class OutputLockTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_second_writer_is_refused_and_changes_nothing()
    {
        sandbox.Render(("overlays/dev/a", "1"));
        using var session = OutputSession.Open(sandbox.Folder).Value!;
        var before = sandbox.Times();
        Assert.Equal(["GOG5006 manifests/.gitopsgen-lock:1"], Sandbox.Codes(sandbox.TryRender(Sandbox.Tree(("overlays/dev/a", "2")))));
        Assert.Equal(before, sandbox.Times());
    }

    [Fact]
    public void The_lock_file_goes_with_its_holder_and_can_be_taken_again()
    {
        for (var i = 0; i < 3; i++)
        {
            using var session = OutputSession.Open(sandbox.Folder).Value;
            Assert.NotNull(session);
            Assert.True(sandbox.Exists(OutputFolder.Lock));
        }

        Assert.False(sandbox.Exists(OutputFolder.Lock));
    }

    [Fact]
    public void A_lock_file_that_nobody_holds_does_not_lock()
    {
        sandbox.Put(OutputFolder.Lock, "");
        sandbox.Render(("overlays/dev/a", "1"));
        Assert.False(sandbox.Exists(OutputFolder.Lock));
    }

    [Fact]
    public async Task Never_are_there_two_holders_at_a_time()
    {
        using var output = sandbox.Folder.Hold();
        var (holders, taken) = (0, 0);
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(
                        () =>
                        {
                            for (var i = 0; i < 2000; i++)
                            {
                                using var held = OutputLock.TryTake(output);
                                if (held is null)
                                    continue;
                                Assert.Equal(1, Interlocked.Increment(ref holders));
                                Interlocked.Increment(ref taken);
                                Interlocked.Decrement(ref holders);
                            }
                        },
                        Sandbox.Cancellation
                    )
                )
        );
        Assert.True(taken > 0);
        Assert.False(sandbox.Exists(OutputFolder.Lock));
    }

    [Fact]
    public void A_link_in_its_place_makes_no_file_elsewhere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a privilege there.");
        using var output = sandbox.Folder.Hold();
        var elsewhere = Path.Combine(sandbox.Root, "elsewhere");
        File.CreateSymbolicLink(sandbox.Full(OutputFolder.Lock), elsewhere);

        Assert.Throws<NotRegularFileException>(() => OutputLock.TryTake(output));

        Assert.False(File.Exists(elsewhere));
    }
}
