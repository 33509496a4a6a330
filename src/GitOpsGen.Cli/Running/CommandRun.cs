using GitOpsGen.Inputs;

namespace GitOpsGen.Cli.Running;

/// <summary>What a command's body may use besides its own options.</summary>
internal sealed class CommandRun(RunSettings settings, StandardStreams streams, CancellationToken cancellation)
{
    public RunSettings Settings { get; } = settings;

    /// <summary>What the command reads, as soon as it is found.</summary>
    public InputTree? Inputs { get; set; }

    /// <summary>Whether a file, by its absolute path, is one that the run has read.</summary>
    public Func<string, bool> HasRead { get; set; } = _ => false;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The clock that waits between tries.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads an environment variable; they lead to the credentials.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The day that was given, or else the machine's.</summary>
    public DateOnly Today(DateOnly? given) => given ?? DateOnly.FromDateTime(Time.GetLocalNow().DateTime);

    /// <summary>Shows how far the run is, where that can be seen and is wanted.</summary>
    /// <param name="form">What it says, with the number done as <c>{0}</c> and the total as <c>{1}</c>.</param>
    public StatusLine StartStatus(string form = StatusLine.Rendering) =>
        new(form, streams, streams.ErrorShowsStatus && Settings is { Quiet: false, Format: Reporting.ReportForm.Text });

    /// <summary>A line that explains the result, for whoever did not ask for quiet.</summary>
    public void Tell(string text)
    {
        if (!Settings.Quiet)
            streams.Say(text);
    }

    /// <summary>A line for <c>--verbose</c>, at once and from any thread.</summary>
    public void Say(string text)
    {
        if (Settings.Verbose)
            streams.Say($"gitopsgen {ToolVersion.Text}: {text}");
    }

    /// <summary>The stack trace of <paramref name="exception"/>, for <c>--verbose</c>, on stderr whatever the form.</summary>
    public void Trace(Exception exception) => Say(exception.ToString());
}
