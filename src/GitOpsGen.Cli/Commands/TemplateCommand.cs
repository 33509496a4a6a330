using GitOpsGen.Cli.Json;
using GitOpsGen.Inputs;
using GitOpsGen.Output;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen template list|show|eject</c>: which templates there are, and copies of the built-in ones for editing.</summary>
internal static class TemplateCommand
{
    private const string Name = "template";

    public static Command Create(CommandRunner runner)
    {
        var list = new DocumentedCommand("list", "Lists the built-in templates, and the user's over them.", "gitopsgen template list");
        list.SetAction(parsed => runner.RunOnInputs(Name, parsed, List));

        var path = new Argument<string>("path") { Description = "The path of a built-in template, as 'template list' prints it." };
        var show = new DocumentedCommand("show", "Prints a built-in template.", "gitopsgen template show base/{object}/package.yaml") { path };
        show.SetAction(parsed => runner.Run(Name, parsed, _ => Show(parsed.GetRequiredValue(path))));

        var paths = new Argument<string[]>("path")
        {
            Description = "The paths of built-in templates, as 'template list' prints them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var eject = new DocumentedCommand(
            "eject",
            "Copies built-in templates to the folder of templates, for editing. Overwrites nothing.",
            "gitopsgen template eject base/{object}/package.yaml",
            "gitopsgen template eject _policy.json _header"
        )
        {
            paths,
        };
        eject.SetAction(parsed => runner.RunOnInputs(Name, parsed, (run, inputs) => Eject(run, inputs, parsed.GetRequiredValue(paths))));

        return new DocumentedCommand(
            Name,
            "Lists and shows the templates, and copies built-in ones for editing.",
            "gitopsgen template list",
            "gitopsgen template eject base/{object}/package.yaml"
        )
        {
            list,
            show,
            eject,
        };
    }

    private static CommandReport List(CommandRun run, InputTree inputs)
    {
        var (list, found) = Templates.List(inputs, run.Cancellation);
        return new()
        {
            Command = Name,
            ExitCode = found.Any(d => d.Severity == Severity.Error) ? ExitCode.Failed : ExitCode.Done,
            Diagnostics = found,
            Document = string.Concat(
                list.Select(listing => $"{Word(listing.State), -10}  {listing.Path}{(listing.IsUnused ? "  (no template includes it)" : "")}\n")
            ),
            Result = json =>
                json.Write(
                    list.Select(listing => new TemplateResult(listing.Path, Word(listing.State), listing.File, listing.IsUnused)),
                    JsonOutput.Default.IEnumerableTemplateResult
                ),
        };
    }

    private static CommandReport Show(string path)
    {
        var (text, problem) = Templates.Show(path);
        return problem is not null
            ? CommandReport.Failed(Name, problem)
            : new()
            {
                Command = Name,
                ExitCode = ExitCode.Done,
                Document = text!.EndsWith('\n') ? text : $"{text}\n",
                Result = json => json.WriteStringValue(text),
            };
    }

    private static CommandReport Eject(CommandRun run, InputTree inputs, string[] paths)
    {
        var (ejected, found) = Templates.Eject(inputs, paths, run.Cancellation);
        var files = ejected.Select(file => (file.Path, Content: Encoding.UTF8.GetBytes(file.Text))).ToList();
        var there = files.Where(file => Path.Exists(Full(file.Path.Value))).ToList();
        ImmutableArray<Diagnostic> refused =
        [
            .. found,
            .. files.Select(file => LinkAbove(file.Path)).OfType<RelativePath>().Distinct().Select(LeadsElsewhere),
            // A run that was killed has left some, each whole.
            .. there
                .Where(file => there.Count == files.Count || !RegularFile.Holds(Full(file.Path.Value), file.Content))
                .Select(file => WouldOverwrite(file.Path.Value)),
        ];
        if (!refused.IsEmpty)
            return CommandReport.Failed(Name, refused);

        var written = new List<string>();
        foreach (var (path, content) in files.Except(there))
        {
            if (AtomicFile.Create(Full(path.Value), path.Value, content) is { } failure)
                return CommandReport.Failed(Name, failure) with { Changes = Added() };

            written.Add(path.Value);
        }

        return new()
        {
            Command = Name,
            ExitCode = ExitCode.Done,
            Changes = Added(),
            Summary = "Edit the copies; the first line of each says what it was copied from.",
            Result = json => json.Write(written, JsonOutput.Default.IEnumerableString),
        };

        ImmutableArray<PathChange> Added() => [.. written.Select(path => new PathChange(path, ChangeKind.Added))];

        string Full(string path) => Path.Combine(inputs.Root, path);

        RelativePath? LinkAbove(RelativePath path) =>
            path.Ancestors.FirstOrDefault(folder => DiskView.KindOf(Full(folder.Value)) == DiskEntryKind.Link);
    }

    private static Diagnostic LeadsElsewhere(RelativePath folder) =>
        new(
            Rules.TemplateUnusable,
            $"{folder} cannot be used: it is a symbolic link, and none is followed.",
            "Make it a real folder.",
            SourceSpan.StartOf(folder.Value)
        );

    private static Diagnostic WouldOverwrite(string path) =>
        new(
            Rules.WouldOverwriteTemplate,
            $"'{path}' exists already.",
            "Edit it, or move it away first; 'gitopsgen template list' has the names of the built-in ones.",
            SourceSpan.StartOf(path)
        );

    private static string Word(TemplateState state) =>
        state switch
        {
            TemplateState.BuiltIn => "built-in",
            TemplateState.Overridden => "overridden",
            TemplateState.Equal => "equal",
            TemplateState.Added => "added",
            _ => "ignored",
        };
}
