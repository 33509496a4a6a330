using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace GitOpsGen.MSBuild;

/// <summary>
/// Runs <c>gitopsgen render</c> or <c>check</c> as a program of its own, because it needs .NET 10 and MSBuild may run on something else.
/// Its findings become findings of the build; nothing else that it prints does.
/// </summary>
public sealed class RunGitOpsGen : ToolTask
{
    private const string Sender = "gitopsgen";
    private const string HelpLink = "https://github.com/gitopsgen/gitopsgen/blob/main/docs/rules.md";
    private const string Render = "render";
    private const string Check = "check";

    // Some of the catalogue in src/GitOpsGen/Diagnostics/Rules.cs.
    private const string OutOfDate = "GOG5010";
    private const string PropertyWrong = "GOG5011";
    private const string SdkTooOld = "GOG5012";
    private const string InternalError = "GOG9001";

    // Exit codes, as in docs/exit-codes.md.
    private const int Differs = 2;
    private const int Cancelled = 130;

    // All of a tree can be out of date; a list of errors is for reading.
    private const int OutOfDateShown = 20;
    private const int LinesRemembered = 20;
    private const int SecondsToWait = 60;

    private static readonly Version OldestSdk = new(10, 0, 100);

    private readonly Queue<string> remarks = new();
    private string result = "";
    private int outOfDate;
    private string listOfInputs = "";

    /// <summary><c>render</c> or <c>check</c>.</summary>
    [Required]
    public string Mode { get; set; } = "";

    /// <summary>The folder with <c>.config/gitopsgen.yaml</c>.</summary>
    [Required]
    public string Root { get; set; } = "";

    /// <summary>The portable program, <c>gitopsgen.dll</c>.</summary>
    [Required]
    public string Program { get; set; } = "";

    /// <summary>The <c>dotnet</c> that runs it. Default: that of the search path.</summary>
    public string Dotnet { get; set; } = "";

    /// <summary>The version of the SDK that builds; empty where none does.</summary>
    public string SdkVersion { get; set; } = "";

    /// <summary>What was read: files, and folders that were listed, which end in <c>/</c>.</summary>
    [Output]
    public string[] Inputs { get; private set; } = [];

    /// <inheritdoc/>
    protected override string ToolName => Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";

    /// <inheritdoc/>
    protected override Encoding StandardOutputEncoding => Encoding.UTF8;

    /// <inheritdoc/>
    protected override Encoding StandardErrorEncoding => Encoding.UTF8;

    /// <inheritdoc/>
    protected override MessageImportance StandardOutputLoggingImportance => MessageImportance.Low;

    /// <summary>Not that of the standard output: it is all that tells a line of one from a line of the other.</summary>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.Normal;

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (FindProblem() is var (code, text))
        {
            LogError(code, text);
            return false;
        }

        listOfInputs = Path.GetTempFileName();
        try
        {
            if (!base.Execute())
                return false;

            Inputs = File.ReadAllLines(listOfInputs);
            return true;
        }
        finally
        {
            File.Delete(listOfInputs);
        }
    }

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => Dotnet.Length > 0 ? Dotnet : ToolName;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        string[] own = Mode == Render ? ["--exit-code", "--wait", $"{SecondsToWait}"] : [];
        string[] all = ["exec", Program, Mode, "-C", WithoutSeparator(Root), "--no-color", "--report", $"inputs={listOfInputs}", .. own];
        return string.Join(" ", all.Select(Quote));
    }

    /// <inheritdoc/>
    protected override void LogToolCommand(string message) => Log.LogMessage(MessageImportance.Normal, message);

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (messageImportance == StandardErrorLoggingImportance && Finding.TryParse(singleLine) is { } finding)
        {
            LogFinding(finding);
            return;
        }

        if (messageImportance == StandardErrorLoggingImportance)
        {
            remarks.Enqueue(singleLine);
            if (remarks.Count > LinesRemembered)
                remarks.Dequeue();
        }
        else
        {
            result = singleLine;
        }

        Log.LogMessage(messageImportance, "{0}", singleLine);
    }

    /// <summary>Called for each exit code but 0, in place of MSBuild's own error about it.</summary>
    protected override bool HandleTaskExecutionErrors()
    {
        if (outOfDate > OutOfDateShown)
            LogError(OutOfDate, $"{outOfDate - OutOfDateShown} more files are not what their inputs give. 'gitopsgen check' lists them all.");

        if (Log.HasLoggedErrors)
            return false;

        switch (ExitCode)
        {
            case Differs when Mode == Render:
                // A build that changes files of the repository says so.
                Log.LogMessage(MessageImportance.High, "{0}", result);
                return true;
            case Cancelled:
                ((IBuildEngine7)BuildEngine).AllowFailureWithoutError = true;
                return false;
            default:
                LogError(InternalError, string.Join(Environment.NewLine, [$"gitopsgen {Mode} ended with exit code {ExitCode}.", .. remarks]));
                return false;
        }
    }

    private (string Code, string Text)? FindProblem() =>
        Mode is not (Render or Check) ? (PropertyWrong, $"GitOpsGenMode is '{Mode}'. It must be render, check or off.")
        : !Directory.Exists(Root)
            ? (PropertyWrong, $"GitOpsGenRoot is '{Root}', which is not a folder. It must be the folder with .config/gitopsgen.yaml.")
        : IsTooOld(SdkVersion)
            ? (
                SdkTooOld,
                $"GitOpsGen runs on .NET 10, and this build on SDK {SdkVersion}. Install SDK {OldestSdk} or later, or set GitOpsGenMode to off."
            )
        : !File.Exists(Program)
            ? (InternalError, $"{Program} is missing from the package GitOpsGen.MSBuild. Delete the folder of the package and restore again.")
        : null;

    private static bool IsTooOld(string sdk) => Version.TryParse(sdk.Split('-')[0], out var version) && version < OldestSdk;

    private static string Quote(string argument) => $"\"{argument.Replace("\"", "\\\"")}\"";

    // On Windows, a separator at the end would escape the quote behind it. The root of a disk keeps its own.
    private static string WithoutSeparator(string folder) =>
        Path.GetPathRoot(folder) == folder ? folder : folder.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);

    private void LogFinding(Finding finding)
    {
        if (finding.Code == OutOfDate && ++outOfDate > OutOfDateShown)
            return;

        var file = finding.File is { } path ? Path.GetFullPath(Path.Combine(Root, path)) : Sender;
        var (line, column) = (finding.Line, finding.Column);
        if (finding.IsError)
            Log.LogError(null, finding.Code, null, HelpLink, file, line, column, 0, 0, "{0}", finding.Text);
        else
            Log.LogWarning(null, finding.Code, null, HelpLink, file, line, column, 0, 0, "{0}", finding.Text);
    }

    private void LogError(string code, string text) => Log.LogError(null, code, null, HelpLink, Sender, 0, 0, 0, 0, "{0}", text);
}
