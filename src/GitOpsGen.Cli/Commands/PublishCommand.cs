using System.CommandLine.Parsing;
using GitOpsGen.Cli.Json;
using GitOpsGen.Cli.Review;
using GitOpsGen.Inputs;
using GitOpsGen.Inputs.Git;
using GitOpsGen.Publishing;
using GitOpsGen.Review;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen publish</c>: the output as a commit of a branch that only has output.</summary>
internal static class PublishCommand
{
    private const string Name = "publish";
    private const int Columns = 72;
    private const int Lines = 200;

    public static Command Create(CommandRunner runner)
    {
        var repository = Required("--repository", "url", "The repository to publish to.", text => text.Length > 0 && text[0] != '-');
        var branch = Required("--branch", "name", "Its branch, which is made if it does not exist.", BranchName.Is);
        var path = CommandOptions.Path("--path", "The folder in the branch. Default: the output folder of the settings.", "folder");
        path.Validators.Add(result => Refuse(result, IsFolder, "a relative path without '..'"));
        var source = new Option<string?>("--source-repository")
        {
            Description = "How the commit names the repository that it was made from. Default: the URL of its remote 'origin'.",
            HelpName = "url",
        };
        source.Validators.Add(result => Refuse(result, text => text.Length > 0 && !text.Any(char.IsControl), "one line"));
        var replaceEdited = CommandOptions.Flag("--replace-edited", "Also replace and delete published files that were edited in the branch.");
        var replaceOtherRoot = CommandOptions.Flag(
            "--replace-other-root",
            "Also replace what another root of the repository has published there, as after a move of the root."
        );
        var allowDirty = CommandOptions.Flag("--allow-dirty", "Publish the work tree although it differs from its commit. The new commit says so.");
        var dryRun = CommandOptions.Flag("--dry-run", "Do all but the push, and print the message of the commit.");
        var command = new DocumentedCommand(
            Name,
            "Renders the commit that is checked out, and pushes the result as one commit to a branch, never by force.",
            "gitopsgen publish --repository https://git.example.com/acme/rendered.git --branch main",
            "gitopsgen publish --repository git@git.example.com:acme/platform.git --branch rendered --path manifests/dev",
            "gitopsgen publish --repository ../rendered.git --branch main --dry-run"
        )
        {
            repository,
            branch,
            path,
            source,
            replaceEdited,
            replaceOtherRoot,
            allowDirty,
            dryRun,
        };
        command.IsAboutAll = true;
        command.SetAction(parsed =>
            runner.RunOnInputs(
                Name,
                parsed,
                (run, inputs) =>
                    Publish(
                        run,
                        inputs,
                        run.Settings.Engine with
                        {
                            Force = parsed.GetValue(replaceEdited),
                        },
                        new(new(WhereFrom(parsed.GetValue(repository)!)), parsed.GetValue(branch)!)
                        {
                            Path = parsed.GetValue(path) is { } folder ? RelativePath.Parse(folder) : null,
                            SourceRepository = parsed.GetValue(source),
                            ReplacesOtherRoot = parsed.GetValue(replaceOtherRoot),
                            AllowsDirty = parsed.GetValue(allowDirty),
                            IsDryRun = parsed.GetValue(dryRun),
                        }
                    )
            )
        );
        return command;
    }

    private static CommandReport Publish(CommandRun run, InputTree inputs, RunOptions options, PublishRequest request)
    {
        using var status = run.StartStatus();
        var tellers = new PublishTellers(
            status,
            time => run.Tell($"{request.Branch} has moved; trying again in {time.TotalSeconds:0} s"),
            report => Message(report)
        );
        var (result, outcome) = Generator.Publish(inputs, options, request, tellers, run.Cancellation);
        var isDone = result.State is PublishState.Published;
        return new()
        {
            Command = Name,
            ExitCode = outcome.HasErrors ? ExitCode.Of(outcome.Diagnostics) : ExitCode.Done,
            Diagnostics = outcome.Diagnostics,
            Changes = isDone ? PathChange.Of(outcome) : [],
            Document = isDone && request.IsDryRun ? result.Message : "",
            Summary = outcome.HasErrors ? null : Summary(result, outcome, request),
            Result = json =>
                json.Write(
                    new PublishJson(
                        request.Repository.Shown,
                        request.Branch,
                        outcome.Output?.Value ?? "",
                        Word(result.State),
                        result.Commit,
                        result.Before,
                        request.IsDryRun,
                        result.Attempts,
                        result.Message
                    ),
                    JsonOutput.Default.PublishJson
                ),
        };
    }

    private static string Summary(PublishResult result, Outcome outcome, PublishRequest request)
    {
        var where = $"{request.Branch} of {request.Repository.Shown}";
        return result.State switch
        {
            PublishState.Newer => $"{where} has newer output already, from {GitRepository.Short(result.Before!)}.",
            PublishState.Unchanged => $"{where} is up to date: {Counts.Of(outcome)}.",
            _ when request.IsDryRun => $"{where} would get: {Counts.Of(PathChange.Of(outcome))}; {Counts.Of(outcome)} in all.",
            _ => $"{where} is now {GitRepository.Short(result.Commit!)}: {Counts.Of(PathChange.Of(outcome))}; {Counts.Of(outcome)} in all.",
        };
    }

    // The verdict and the packages of diff, for people who read it in 72 columns.
    private static string Message(ReviewReport report)
    {
        var lines = TextPage.Write(new ReviewPage(report, new("", "", ".")).Short, Columns).TrimEnd('\n').Split('\n');
        var subject = lines[0].Length <= Columns ? lines[0] : $"{lines[0][..(Columns - 1)]}…";
        string[] body = [subject, "", .. lines[1..]];
        return string.Join('\n', body.Length <= Lines ? body : [.. body[..(Lines - 1)], $"… and {body.Length - Lines + 1} more lines"]) + "\n";
    }

    private static string Word(PublishState state) =>
        state switch
        {
            PublishState.Published => "published",
            PublishState.Unchanged => "unchanged",
            PublishState.Newer => "newer",
            _ => "failed",
        };

    // Git runs in another folder.
    private static string WhereFrom(string text) => Directory.Exists(text) ? Path.GetFullPath(text) : text;

    private static bool IsFolder(string text) =>
        RelativePath.TryParse(text, out var path) && !path.Value.Split('/').Any(part => part.Equals(".git", StringComparison.OrdinalIgnoreCase));

    private static Option<string> Required(string name, string helpName, string description, Func<string, bool> isOne)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = helpName,
            Required = true,
        };
        option.Validators.Add(result => Refuse(result, isOne, helpName == "url" ? "an address" : "the name of a branch"));
        return option;
    }

    private static void Refuse(OptionResult result, Func<string, bool> isOne, string what)
    {
        if (result.Tokens.FirstOrDefault(token => !isOne(token.Value)) is { } wrong)
            result.AddError($"'{wrong.Value}' after '{result.Option.Name}' is not {what}.");
    }
}
