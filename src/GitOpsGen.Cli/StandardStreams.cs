using System.Text;

namespace GitOpsGen.Cli;

/// <summary>Where results and everything else go, and what the other side can show.</summary>
internal sealed class StandardStreams(TextWriter output, TextWriter error)
{
    /// <summary>Results: UTF-8 and line feeds on every platform.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Diagnostics, progress, wrong usage.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Whether a person reads <see cref="Output"/> on a terminal that knows colours.</summary>
    public bool OutputHasColor { get; init; }

    /// <summary>The same for <see cref="Error"/>.</summary>
    public bool ErrorHasColor { get; init; }

    /// <summary>Whether a line on <see cref="Error"/> can be drawn over.</summary>
    public bool ErrorIsTerminal { get; init; }

    public static StandardStreams Open()
    {
        var color = TerminalKnowsColor();
        return new(Writer(Console.OpenStandardOutput()), Writer(Console.OpenStandardError()))
        {
            OutputHasColor = color && !Console.IsOutputRedirected,
            ErrorHasColor = color && !Console.IsErrorRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
        };
    }

    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 16 * 1024) { NewLine = "\n" };

    // https://no-color.org: set and not empty. An old Windows console would print the escapes themselves.
    private static bool TerminalKnowsColor() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb"
        && (!OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable("WT_SESSION") is not null);
}
