using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace GitOpsGen.Cli.Running;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    public const string EnvironmentOption = "--env";

    private const string FormNames = "text, json, github or sarif; of graph also mermaid or dot, of status and diff also markdown, of diff also html";
    private const string ReportFormNames = $"{FormNames}; of render and check also inputs";

    private static readonly Dictionary<string, ReportForm> Forms = new(StringComparer.Ordinal)
    {
        ["text"] = ReportForm.Text,
        ["json"] = ReportForm.Json,
        ["github"] = ReportForm.GitHub,
        ["sarif"] = ReportForm.Sarif,
        ["mermaid"] = ReportForm.Mermaid,
        ["dot"] = ReportForm.Dot,
        ["markdown"] = ReportForm.Markdown,
        ["html"] = ReportForm.Html,
        ["inputs"] = ReportForm.Inputs,
    };

    private readonly Option<string?> root = CommandOptions.Path(
        "--root",
        "The root of the work tree. Default: the nearest folder with .config/gitopsgen.yaml, from here upward.",
        "folder",
        "-C"
    );
    private readonly Option<string?> lockfile = CommandOptions.Path("--lockfile", "Another lockfile than the one that the settings name.", "file");
    private readonly Option<string?> settings = CommandOptions.Path("--settings", "Another settings file than .config/gitopsgen.yaml.", "file");

    private readonly Option<string[]> environments = new(EnvironmentOption)
    {
        Description = "Only these environments, by name or glob. Repeatable.",
        HelpName = "glob",
    };

    private readonly Option<int?> jobs = CommandOptions.Count(
        "--jobs",
        "How many things are done at a time; the result does not depend on it. Default: the number of cores."
    );

    private readonly Option<ReportForm> format = new("--format")
    {
        Description = $"The form of the result: {FormNames}. Default: text.",
        HelpName = "form",
        CustomParser = ParseFormat,
    };

    private readonly Option<ReportFile[]> reports = new("--report")
    {
        Description = "Also writes the result to a file, in any form; of render and check also inputs: the files that were read. Repeatable.",
        HelpName = "form=path",
        CustomParser = ParseReports,
    };

    private readonly Option<bool> noColor = CommandOptions.Flag("--no-color", "No colours, as with the environment variable NO_COLOR.");
    private readonly Option<bool> quiet = CommandOptions.Flag("--quiet", "Print errors, and what makes a check fail; nothing else.");
    private readonly Option<bool> verbose = CommandOptions.Flag(
        "--verbose",
        "Say where the run happens, and print the stack trace of an internal error."
    );

    // The library's own prints build metadata, and only the root has it.
    private readonly Option<bool> version = new("--version")
    {
        Description = "Print the version.",
        Arity = ArgumentArity.Zero,
        Action = new PrintVersion(),
    };

    public void AddTo(Command command)
    {
        foreach (var option in (IEnumerable<Option>)[root, lockfile, settings, environments, jobs, format, reports, noColor, quiet, verbose, version])
        {
            option.Recursive = true;
            command.Add(option);
        }
    }

    /// <summary>The complaint about a form that the command does not have.</summary>
    public string? FindProblem(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command is DocumentedCommand { IsAboutAll: true } && parsed.GetValue(environments) is { Length: > 0 })
            return $"'{command.Name}' has no '--env': it is about all environments.";

        return Missing([parsed.GetValue(format)], Shown(command))
            ?? Missing((parsed.GetValue(reports) ?? []).Select(report => report.Form), Written(command));

        string? Missing(IEnumerable<ReportForm> asked, ReportForm[] known) =>
            asked
                .Where(form => !known.Contains(form))
                .Select(form =>
                    $"'{parsed.CommandResult.Command.Name}' has no form '{NameOf(form)}'; it has {string.Join(", ", known.Select(NameOf))}."
                )
                .FirstOrDefault();
    }

    /// <summary>The values of <c>--format</c> for a command.</summary>
    public static IEnumerable<string> FormsOf(Command command) => Shown(command).Select(NameOf);

    /// <summary>The forms of <c>--report</c> for a command.</summary>
    public static IEnumerable<string> ReportFormsOf(Command command) => Written(command).Select(NameOf);

    private static ReportForm[] Shown(Command command) =>
        [ReportForm.Text, ReportForm.Json, ReportForm.GitHub, ReportForm.Sarif, .. (command as DocumentedCommand)?.Forms ?? []];

    private static ReportForm[] Written(Command command) => [.. Shown(command), .. (command as DocumentedCommand)?.ReportForms ?? []];

    private static string NameOf(ReportForm form) => Forms.First(pair => pair.Value == form).Key;

    public RunSettings Read(ParseResult parsed) =>
        new()
        {
            Root = parsed.GetValue(root),
            Lockfile = parsed.GetValue(lockfile),
            Settings = parsed.GetValue(settings),
            Format = parsed.GetValue(format),
            Reports = [.. parsed.GetValue(reports) ?? []],
            NoColor = parsed.GetValue(noColor),
            Quiet = parsed.GetValue(quiet),
            Verbose = parsed.GetValue(verbose),
            Engine = new() { Environments = [.. parsed.GetValue(environments) ?? []], Jobs = parsed.GetValue(jobs) ?? Environment.ProcessorCount },
        };

    private static ReportForm ParseFormat(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (FormOf(text) is { } form)
            return form;

        result.AddError($"'{text}' after '--format' is not a form: {FormNames}.{Suggestion.After(text, Forms.Keys)}");
        return default;
    }

    private static ReportFile[] ParseReports(ArgumentResult result)
    {
        var reports = new List<ReportFile>();
        foreach (var text in result.Tokens.Select(t => t.Value))
        {
            var (name, path) = text.Split('=', 2) is [var before, var after] ? (before, after) : (text, "");
            if (FormOf(name) is not { } form)
            {
                result.AddError($"'{text}' after '--report' is not FORM=PATH with a form of {ReportFormNames}.{Suggestion.After(name, Forms.Keys)}");
            }
            else if (path is "")
            {
                result.AddError($"'{text}' after '--report' names no file. Write {name}=PATH.");
            }
            else
            {
                reports.Add(new(form, path));
            }
        }

        // The second would be written into the first.
        if (reports.GroupBy(report => Path.GetFullPath(report.Path)).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
            result.AddError($"'--report' names {twice.First().Path} twice.");

        return [.. reports];
    }

    private static ReportForm? FormOf(string name) => Forms.TryGetValue(name, out var form) ? form : null;

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(ToolVersion.Text);
            return ExitCode.Done;
        }
    }
}

/// <summary>What the global options say.</summary>
internal sealed record RunSettings
{
    /// <summary>The folder of <c>-C</c>; <see langword="null"/> to look upward for one.</summary>
    public string? Root { get; init; }

    public string? Lockfile { get; init; }

    public string? Settings { get; init; }

    public ReportForm Format { get; init; }

    public ImmutableArray<ReportFile> Reports { get; init; } = [];

    public bool NoColor { get; init; }

    public bool Quiet { get; init; }

    public bool Verbose { get; init; }

    /// <summary>What the engine needs to know; <c>--force</c> is render's own.</summary>
    public RunOptions Engine { get; init; } = new();
}
