using GitOpsGen.Inputs;

namespace GitOpsGen.Cli;

/// <summary>What a command's body may use besides its own options.</summary>
internal sealed class CommandRun(RunSettings settings, StandardStreams streams, CancellationToken cancellation)
{
    private readonly Lock saying = new();

    public RunSettings Settings { get; } = settings;

    /// <summary>What the command reads, as soon as it is found.</summary>
    public InputTree? Inputs { get; set; }

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The clock that waits between tries.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads an environment variable; they lead to the credentials.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>A status line for what may take long; shows nothing where nobody could see it or wants it.</summary>
    /// <param name="form">What it says, with the done as <c>{0}</c> and the total as <c>{1}</c>.</param>
    public ProgressLine StartProgress(string form = ProgressLine.Rendering) =>
        new(
            form,
            streams.ErrorIsTerminal && Settings is { Quiet: false, Format: Reporting.ReportForm.Text },
            streams.ErrorHasColor && !Settings.NoColor
        );

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
