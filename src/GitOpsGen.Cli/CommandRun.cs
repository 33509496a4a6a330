namespace GitOpsGen.Cli;

/// <summary>What a command's body may use besides its own options.</summary>
internal sealed class CommandRun(RunSettings settings, StandardStreams streams, CancellationToken cancellation)
{
    private readonly Lock saying = new();

    public RunSettings Settings { get; } = settings;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>A status line for what may take long; shows nothing where nobody could see it or wants it.</summary>
    public ProgressLine StartProgress() => new(
        streams.ErrorIsTerminal && Settings is { Quiet: false, Format: Reporting.ReportForm.Text }, streams.ErrorHasColor && !Settings.NoColor);

    /// <summary>A line for <c>--verbose</c>, at once and from any thread.</summary>
    public void Say(string text)
    {
        if (!Settings.Verbose)
        {
            return;
        }

        lock (saying)
        {
            streams.Error.WriteLine($"gitopsgen {ToolVersion.Text}: {text}");
            streams.Error.Flush();
        }
    }

    /// <summary>The stack trace of <paramref name="exception"/>, for <c>--verbose</c>, on stderr whatever the form.</summary>
    public void Trace(Exception exception) => Say(exception.ToString());
}
