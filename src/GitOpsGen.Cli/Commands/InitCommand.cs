using System.CommandLine.Parsing;
using GitOpsGen.Cli.Json;
using GitOpsGen.Cli.Starter;
using GitOpsGen.Settings;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen init</c>: the files to start from, which render as they are.</summary>
internal static class InitCommand
{
    private const string Name = "init";
    private static readonly string[] Engines = ["argocd", "flux", "none"];

    public static Command Create(CommandRunner runner)
    {
        var engine = new Option<string?>("--engine")
        {
            Description = "What applies the output: argocd, flux or none. Default: argocd.",
            HelpName = "engine",
        };
        engine.CompletionSources.Add(Engines);
        engine.Validators.Add(result =>
        {
            foreach (var word in result.Tokens.Select(token => token.Value).Where(word => !Engines.Contains(word)))
                result.AddError($"'{word}' after '--engine' is not one of {string.Join(", ", Engines)}.{Suggestion.After(word, Engines)}");
        });
        var account = new Option<AccountId?>("--account")
        {
            Description = "The AWS account of the registry. Default: an example.",
            HelpName = "id",
            CustomParser = result =>
                AccountId.TryParse(result.Tokens[0].Value, out var id) ? id : Refuse<AccountId>(result, "an account of 12 digits"),
        };
        var region = new Option<AwsRegion?>("--region")
        {
            Description = "The AWS region of the registry. Default: an example.",
            HelpName = "region",
            CustomParser = result =>
                AwsRegion.TryParse(result.Tokens[0].Value, out var name) ? name : Refuse<AwsRegion>(result, "a region such as eu-west-2"),
        };
        var command = new DocumentedCommand(
            Name,
            "Writes a commented lockfile, settings, their JSON Schemas and .gitattributes lines to start from. --env names the environments. Overwrites nothing.",
            "gitopsgen init",
            "mkdir platform && gitopsgen init -C platform",
            "gitopsgen init --engine flux --account 210987654321 --region eu-central-1 --env dev --env prod"
        )
        {
            engine,
            account,
            region,
        };
        command.EnvironmentHelp = ("name", "The name of an environment to begin with. Repeatable.");
        command.Validators.Add(result =>
        {
            foreach (var name in result.GetResult("--env")?.Tokens.Select(token => token.Value) ?? [])
            {
                if (!EnvironmentName.TryParse(name, out _))
                    result.AddError($"'{name}' after '--env' is not {EnvironmentName.Grammar.Expectation}.");
            }
        });
        command.SetAction(parsed =>
            runner.Run(
                Name,
                parsed,
                run => Init(run, names => new(parsed.GetValue(engine), parsed.GetValue(account), parsed.GetValue(region), names))
            )
        );
        return command;
    }

    private static T? Refuse<T>(ArgumentResult result, string expected)
        where T : class
    {
        result.AddError($"'{result.Tokens[0].Value}' after '{(result.Parent as OptionResult)?.Option.Name}' is not {expected}.");
        return null;
    }

    private static CommandReport Init(CommandRun run, Func<ImmutableArray<EnvironmentName>, StarterProject> project)
    {
        if (WorkTree.MissingFolder(run.Settings) is { } missing)
            return CommandReport.Failed(Name, missing);

        var target = StarterTarget.Of(run.Settings);
        ImmutableArray<EnvironmentName> asked = [.. run.Settings.Engine.Environments.Distinct().Select(name => new EnvironmentName(name))];
        var output = RepositoryPaths.Under(target.Root)(SettingsReader.DefaultOutput);
        var (changes, refused) = target.Write(
            StarterFiles.Lockfile(target.LockfileSchemaSeen),
            StarterFiles.Settings(
                project(asked) with
                {
                    OutputPath = output != SettingsReader.DefaultOutput && RelativePath.TryParse(output, out _) ? output : null,
                },
                target.SettingsSchemaSeen
            ),
            keepsSchemas: false
        );
        if (changes is null)
            return CommandReport.Failed(Name, refused);

        return new()
        {
            Command = Name,
            ExitCode = ExitCode.Done,
            Changes = [.. changes],
            Summary = "Replace the examples, then run 'gitopsgen render'.",
            Result = json => json.Write(new InitResult(changes.Count), JsonOutput.Default.InitResult),
        };
    }
}
