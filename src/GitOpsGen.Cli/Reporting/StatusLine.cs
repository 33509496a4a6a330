namespace GitOpsGen.Cli.Reporting;

/// <summary>One line on stderr that says how far a run is, once it takes longer than half a second. It is erased when the run ends.</summary>
internal sealed class StatusLine : IProgress<RunProgress>, IDisposable
{
    /// <summary>What most commands say.</summary>
    public const string Rendering = "Rendering {0} of {1} environments";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly string form;
    private readonly StandardStreams streams;
    private readonly CancellationTokenSource ended = new();
    private readonly Task drawing;
    private readonly Lock gate = new();
    private RunProgress latest;

    /// <param name="form">What it says, with the number done as <c>{0}</c> and the total as <c>{1}</c>.</param>
    /// <param name="streams">Draw it.</param>
    /// <param name="isVisible">Whether it is shown at all.</param>
    public StatusLine(string form, StandardStreams streams, bool isVisible)
    {
        this.form = form;
        this.streams = streams;
        drawing = isVisible ? Task.Run(DrawAsync) : Task.CompletedTask;
    }

    /// <summary>Called from several threads, not always in order.</summary>
    public void Report(RunProgress value)
    {
        lock (gate)
        {
            latest = value.Done >= latest.Done ? value : latest;
        }
    }

    public void Dispose()
    {
        ended.Cancel();
        drawing.GetAwaiter().GetResult();
        ended.Dispose();
        streams.EraseStatus();
    }

    private async Task DrawAsync()
    {
        for (var wait = Patience; !await EndsWithin(wait).ConfigureAwait(false); wait = Interval)
            streams.DrawStatus(Text());
    }

    private string Text()
    {
        lock (gate)
        {
            return latest.Total == 0 ? "Reading" : string.Format(CultureInfo.InvariantCulture, form, latest.Done, latest.Total);
        }
    }

    private async Task<bool> EndsWithin(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, ended.Token).ConfigureAwait(false);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
