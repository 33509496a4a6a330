using GitOpsGen.Cli.Json;
using GitOpsGen.Cli.Review;
using GitOpsGen.Inputs;
using GitOpsGen.Inputs.Git;
using GitOpsGen.Review;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen diff</c>: what a change does, in the language of packages and access.</summary>
internal static class DiffCommand
{
    private const string Name = "diff";

    public static Command Create(CommandRunner runner)
    {
        var options = new DiffOptions();
        var command = new DocumentedCommand(
            Name,
            "Shows what a change does to the control planes: dangers, packages, access, what to do before and after the merge. Reads Git, renders in memory, writes nothing. --format also takes markdown and html.",
            "gitopsgen diff",
            "gitopsgen diff --base origin/main --format markdown",
            "gitopsgen diff --report html=artifacts/diff.html",
            "gitopsgen diff --base HEAD^1 --fail-on dangerous,access-widened --report json=artifacts/diff.json"
        )
        {
            Forms = [ReportForm.Markdown, ReportForm.Html],
        };
        options.AddTo(command);
        command.SetAction(parsed => runner.RunOnInputs(Name, parsed, (run, inputs) => Show(run, inputs, options.Read(parsed)), WithPage));
        return command;
    }

    private static CommandReport Show(CommandRun run, InputTree inputs, DiffRequest request)
    {
        var repository = GitRepository.Open(inputs.Root, run.Cancellation);
        if (repository.Value is not { } git)
        {
            return CommandReport.Failed(Name, repository.Diagnostics);
        }

        var sides = ReviewSides.Find(git, request.Base, request.Head);
        return sides.Value is { } found ? Show(run, inputs, request, found) : Incomparable(git.Place, sides.Diagnostics, request.MaxLength);
    }

    // Without a page, a comment would go on saying what was true of another commit.
    private static CommandReport Incomparable(string root, ImmutableArray<Diagnostic> found, int maxLength) =>
        CommandReport.Failed(Name, found) with
        {
            Drawings = new Dictionary<ReportForm, Func<string>> { [ReportForm.Markdown] = () => IncomparablePage.Markdown(root, found, maxLength) },
        };

    private static CommandReport Show(CommandRun run, InputTree inputs, DiffRequest request, ReviewSides sides)
    {
        run.Tell($"base {GitRepository.Short(sides.Base.Commit!)} ({sides.Reason})");
        using var status = run.StartStatus();
        var outcome = Generator.Review(inputs, run.Settings.Engine, sides, status, run.Cancellation);
        if (outcome.Report is not { } report)
        {
            return Incomparable(sides.Root, outcome.Diagnostics, request.MaxLength);
        }

        var page = new ReviewPage(
            report,
            new(GitRepository.Short(sides.Base.Commit!), sides.HeadCommit is { } head ? GitRepository.Short(head) : "the work tree", sides.Root)
        );
        ImmutableArray<Diagnostic> findings = [.. outcome.Diagnostics, .. FailOn.Fired(report, request.FailOn)];
        return new()
        {
            Command = Name,
            ExitCode =
                findings.Any(found => found.Severity == Severity.Error) ? ExitCode.Failed
                : request.ExitCode && !report.IsEmpty ? ExitCode.Differs
                : ExitCode.Done,
            Diagnostics = findings,
            Annotations = Annotations(report),
            Table = width => new TextPage(page).Write(width),
            Drawings = new Dictionary<ReportForm, Func<string>>
            {
                [ReportForm.Markdown] = new MarkdownPage(page, new(request.MaxLength, request.Links)).Write,
                [ReportForm.Html] = () => new HtmlPage(report, page, request.Links).Write(),
            },
            Result = json =>
                json.Write(
                    DiffResult.Of(report, new(sides.Base.Commit, sides.BaseTree), new(sides.HeadCommit, sides.HeadTree)),
                    JsonOutput.Default.DiffResult
                ),
        };
    }

    // A page that was asked for says why it has nothing to show.
    private static CommandReport WithPage(CommandReport report) =>
        report.Drawings.ContainsKey(ReportForm.Html)
            ? report
            : report with
            {
                Drawings = new Dictionary<ReportForm, Func<string>>(report.Drawings) { [ReportForm.Html] = () => IncomparablePage.Html(report) },
            };

    private static ImmutableArray<Diagnostic> Annotations(ReviewReport report)
    {
        var names = new EnvironmentNames(report.Environments);
        var verdict = new Verdict(report);
        return
        [
            .. report.Told(report.Dangerous).Select(danger => danger.ToDiagnostic($"{names.Of(danger.Environments)}")),
            .. report.WidensAccess
                ? [new Diagnostic(Rules.AccessGained, verdict.Access, "Apply it before the merge, if it is meant.", null)]
                : Array.Empty<Diagnostic>(),
        ];
    }
}
