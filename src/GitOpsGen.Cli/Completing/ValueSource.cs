using System.CommandLine.Completions;
using GitOpsGen.Cli.Review;
using GitOpsGen.Inputs;
using GitOpsGen.Packages;
using GitOpsGen.Rendering.Templates;

namespace GitOpsGen.Cli.Completing;

/// <summary>The values of options and arguments that can be known: words of the program, and names out of the root's two files.</summary>
internal sealed class ValueSource(GlobalOptions global, CancellationToken cancellation)
{
    /// <summary>The values of an option; nothing where anything may be typed.</summary>
    /// <param name="option">The option.</param>
    /// <param name="parsed">The line so far, which may name the root.</param>
    public IEnumerable<Candidate> Of(Option option, ParseResult parsed) =>
        option.Name switch
        {
            "--format" => Words(GlobalOptions.FormsOf(parsed.CommandResult.Command)),
            "--report" => Words(GlobalOptions.ReportFormsOf(parsed.CommandResult.Command).Select(form => $"{form}=")),
            GlobalOptions.EnvironmentOption or "--from" => Environments(parsed),
            "--fail-on" => Words(FailOn.Names),
            _ => option.HelpName switch
            {
                "folder" => [Candidate.Folders],
                "file" or "path" => [Candidate.Files],
                _ => Words(option.GetCompletions(CompletionContext.Empty).Select(item => item.Label)),
            },
        };

    /// <summary>The values of an argument.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="parsed">The line so far.</param>
    /// <param name="current">The word so far.</param>
    public IEnumerable<Candidate> Of(Argument argument, ParseResult parsed, string current) =>
        (parsed.CommandResult.Command.Name, argument.Name) switch
        {
            ("help", _) => Commands(parsed),
            ("explain", _) => current.StartsWith('G') ? Codes() : [Candidate.Files],
            ("import", _) => [Candidate.Files],
            ("promote", "from" or "to") => Environments(parsed),
            (_, "package") => Packages(parsed),
            ("show" or "eject", _) => Words(TemplateSet.BuiltInSources().Select(source => source.Name)),
            _ => Words(argument.GetCompletions(CompletionContext.Empty).Select(item => item.Label)),
        };

    private static IEnumerable<Candidate> Words(IEnumerable<string> words) => words.Select(word => new Candidate(word));

    private static IEnumerable<Candidate> Codes() =>
        Rules.ByCode.Values.OrderBy(rule => rule.Code, StringComparer.Ordinal).Select(rule => new Candidate(rule.Code, rule.Summary));

    // The words behind 'help' lead to a command.
    private static IEnumerable<Candidate> Commands(ParseResult parsed)
    {
        var at = parsed.CommandResult.Tokens.Aggregate(
            parsed.RootCommandResult.Command,
            (above, word) => above.Subcommands.FirstOrDefault(known => known.Name == word.Value) ?? above
        );
        return at.Subcommands.Select(known => new Candidate(known.Name, known.Description ?? ""));
    }

    private IEnumerable<Candidate> Environments(ParseResult parsed) => Words(Open(parsed)?.Environments.Select(name => name.Value) ?? []);

    private IEnumerable<Candidate> Packages(ParseResult parsed)
    {
        var entries = Open(parsed)?.Lockfile?.Packages ?? [];
        var names = PackageNaming.ShortNames(entries.Select(entry => entry.Package.Value));
        return entries
            .GroupBy(entry => entry.Package.Value)
            .Select(versions => new Candidate(names[versions.Key], string.Join(", ", versions.Select(entry => entry.Version.Value.Text).Distinct())));
    }

    private Project? Open(ParseResult parsed) =>
        WorkTree.Find(global.Read(parsed)).Value is { } inputs ? Project.Open(inputs, [], cancellation) : null;
}
