using GitOpsGen.Model;
using GitOpsGen.Output;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Output;

/// <summary>Two that render at once, one of which waits.</summary>
public sealed class WaitingTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(400);

    private readonly ScenarioRun run = new(new("one-cluster-as-in-the-article"));

    private OutputFolder Folder => new(run.Root, RelativePath.Parse("manifests"));

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_render_that_waits_writes_when_the_other_is_done()
    {
        run.Options = run.Options with { Wait = TimeSpan.FromMinutes(5) };
        var session = OutputSession.Open(Folder).Value!;
        var waiting = Task.Run(run.Render, TestContext.Current.CancellationToken);
        await Task.Delay(Moment, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        session.Dispose();

        var outcome = await waiting;

        Assert.False(outcome.HasErrors);
        Assert.NotEmpty(outcome.Changes);
        Assert.Empty(run.Check().Changes);
    }

    [Fact]
    public void A_render_waits_no_longer_than_it_was_told()
    {
        using var session = OutputSession.Open(Folder).Value!;
        run.Options = run.Options with { Wait = Moment };

        Assert.Contains(
            "error GOG5006",
            Assert.Single(ScenarioRun.Lines(run.Render()), line => line.Contains("error", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    /// <summary>What another writer left differs in files that were equal before: they are rendered and verified again.</summary>
    [Fact]
    public async Task A_render_that_waited_replaces_what_the_other_wrote()
    {
        run.Render();
        Edit(".config/gitopsgen.yaml", "acme/platform", "acme/other");
        run.Render();
        var others = run.Everything.Below("repository/manifests");
        Edit(".config/gitopsgen.yaml", "acme/other", "acme/platform");
        run.Render();
        Edit("packages.lock.yaml", "v2.2.0", "v2.2.1");
        run.Options = run.Options with { Wait = TimeSpan.FromMinutes(5) };

        var session = OutputSession.Open(Folder).Value!;
        var waiting = Task.Run(run.Render, TestContext.Current.CancellationToken);
        await Task.Delay(Moment, TestContext.Current.CancellationToken);
        foreach (var (path, content) in others.Files)
            File.WriteAllBytes(Folder.Full(path), content);
        session.Dispose();

        Assert.False((await waiting).HasErrors);
        Assert.Empty(run.Check().Changes);
    }

    private void Edit(string file, string old, string with)
    {
        var path = Path.Combine(run.Root, file);
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, with, StringComparison.Ordinal));
    }
}
