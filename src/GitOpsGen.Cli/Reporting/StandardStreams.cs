namespace GitOpsGen.Cli.Reporting;

/// <summary>Where results and everything else go, and what the other side can show.</summary>
internal sealed class StandardStreams(TextWriter output, TextWriter error)
{
    private const int UsualWidth = 80;

    private readonly Lock drawing = new();
    private bool hasStatus;

    /// <summary>Results: UTF-8 and line feeds on every platform.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Diagnostics, wrong usage. While a command runs, only <see cref="Say"/> and the status write here.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Whether a person reads <see cref="Output"/> on a terminal that shows colours.</summary>
    public bool OutputHasColor { get; init; }

    /// <summary>The same for <see cref="Error"/>.</summary>
    public bool ErrorHasColor { get; init; }

    /// <summary>Whether a line on <see cref="Error"/> can be drawn over, and a person watches.</summary>
    public bool ErrorShowsStatus { get; init; }

    /// <summary>How many columns the terminal has now.</summary>
    public Func<int> Width { get; init; } = () => UsualWidth;

    /// <summary>
    /// How many characters a line of <see cref="Output"/> may have: what <c>COLUMNS</c> says, else what the terminal has. In a pipe or a
    /// file nothing is cut, as with kubectl.
    /// </summary>
    public Func<int?> OutputWidth { get; init; } = () => null;

    public static StandardStreams Open()
    {
        var hasColor = KnowsEscapes && !IsSet("NO_COLOR"); // https://no-color.org
        return new(Writer(Console.OpenStandardOutput()), Writer(Console.OpenStandardError()))
        {
            OutputHasColor = hasColor && !Console.IsOutputRedirected,
            ErrorHasColor = hasColor && !Console.IsErrorRedirected,
            ErrorShowsStatus = KnowsEscapes && !Console.IsErrorRedirected && !IsSet("CI"),
            Width = TerminalWidth,
            OutputWidth = () => Columns ?? (Console.IsOutputRedirected ? null : TerminalWidth()),
        };
    }

    /// <summary>Writes whole lines to <see cref="Error"/> at once, from any thread.</summary>
    public void Say(string text)
    {
        lock (drawing)
        {
            Erase();
            Error.WriteLine(VisibleText.Lines(text));
            Error.Flush();
        }
    }

    /// <summary>Draws a line that the next thing said replaces.</summary>
    public void DrawStatus(string text)
    {
        lock (drawing)
        {
            hasStatus = true;

            // A longer line would go on below, and only its last part would be erased.
            Error.Write($"\r{text[..Math.Min(text.Length, Width() - 1)]}\e[K");
            Error.Flush();
        }
    }

    public void EraseStatus()
    {
        lock (drawing)
        {
            Erase();
        }
    }

    private void Erase()
    {
        if (hasStatus)
        {
            hasStatus = false;
            Error.Write("\r\e[K");
            Error.Flush();
        }
    }

    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 16 * 1024) { NewLine = "\n" };

    // An old Windows console would print the escape sequences themselves.
    private static bool KnowsEscapes => Environment.GetEnvironmentVariable("TERM") != "dumb" && (!OperatingSystem.IsWindows() || IsSet("WT_SESSION"));

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    private static int? Columns =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0
            ? columns
            : null;

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : UsualWidth;
        }
        catch (IOException)
        {
            return UsualWidth; // Windows, with stdout redirected
        }
    }
}
