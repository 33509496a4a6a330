using System.Globalization;
using Spectre.Console;

namespace GitOpsGen.Cli;

/// <summary>
/// One status line on stderr while a run takes longer than half a second, removed when it ends. Until then, and where it is not
/// wanted, Spectre.Console is not even loaded.
/// </summary>
internal sealed class ProgressLine : IProgress<RunProgress>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>What most commands say.</summary>
    public const string Rendering = "Rendering {0} of {1} environments";

    private readonly string form;
    private readonly CancellationTokenSource ended = new();
    private readonly Task line;
    private readonly Lock gate = new();
    private RunProgress latest;

    /// <param name="form">What it says, with the done as <c>{0}</c> and the total as <c>{1}</c>.</param>
    /// <param name="visible">Whether it is shown at all.</param>
    /// <param name="color">Whether in colour.</param>
    public ProgressLine(string form, bool visible, bool color)
    {
        this.form = form;
        line = visible ? Task.Run(() => Show(color)) : Task.CompletedTask;
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
        line.Wait();
        ended.Dispose();
    }

    private async Task Show(bool color)
    {
        if (await Ended(Patience).ConfigureAwait(false))
        {
            return;
        }

        var console = AnsiConsole.Create(
            new() { Out = new AnsiConsoleOutput(Console.Error), ColorSystem = color ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors }
        );
        await console
            .Status()
            .StartAsync(
                Text(),
                async status =>
                {
                    while (!await Ended(Interval).ConfigureAwait(false))
                    {
                        status.Status(Text());
                    }
                }
            )
            .ConfigureAwait(false);
    }

    private string Text()
    {
        lock (gate)
        {
            return latest.Total == 0 ? "Reading" : string.Format(CultureInfo.InvariantCulture, form, latest.Done, latest.Total);
        }
    }

    private async Task<bool> Ended(TimeSpan within)
    {
        try
        {
            await Task.Delay(within, ended.Token).ConfigureAwait(false);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
