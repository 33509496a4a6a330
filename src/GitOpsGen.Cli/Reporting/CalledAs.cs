namespace GitOpsGen.Cli.Reporting;

/// <summary>
/// How the user calls the program, so that a command in a message can be pasted. A local tool of a repository is <c>dotnet gitopsgen</c>:
/// there is no <c>gitopsgen</c> on its path.
/// </summary>
/// <param name="Words">The first words of a command line.</param>
internal sealed partial record CalledAs(string Words)
{
    public const string Program = "gitopsgen";

    /// <summary>On the path, or where nobody can tell.</summary>
    public static CalledAs Directly { get; } = new(Program);

    /// <summary>By <c>dotnet</c>, as the tool manifest of a repository says.</summary>
    public static CalledAs LocalTool { get; } = new($"dotnet {Program}");

    /// <summary>
    /// By where the program lies: <c>dotnet</c> runs local tools in NuGet's folder of packages, and global ones in a <c>.store</c>.
    /// </summary>
    public static CalledAs From(string folder) => Package().IsMatch(folder) && !Store().IsMatch(folder) ? LocalTool : Directly;

    /// <summary>The report with every command that it shows as the user would type it.</summary>
    public CommandReport In(CommandReport report) =>
        this == Directly
            ? report
            : report with
            {
                Diagnostics = [.. report.Diagnostics.Select(In)],
                Lines = [.. report.Lines.Select(In)],
                Summary = report.Summary is { } summary ? In(summary) : null,
            };

    // The tool manifest chose the version of a local tool, and a restore would get the same one again.
    private Diagnostic In(Diagnostic found) =>
        found with
        {
            Message = In(found.Message),
            Fix = found.Rule == Rules.OtherTool ? "Name such a version in .config/dotnet-tools.json and run 'dotnet tool restore'." : In(found.Fix),
        };

    private string In(string text) => Command().Replace(text, Words);

    [GeneratedRegex("(?<='|&& )gitopsgen(?= [a-z-])")]
    private static partial Regex Command();

    [GeneratedRegex(@"[/\\]gitopsgen(?:\.[a-z0-9-]+)?[/\\][^/\\]+[/\\]tools[/\\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Package();

    [GeneratedRegex(@"[/\\]\.store[/\\]")]
    private static partial Regex Store();
}
