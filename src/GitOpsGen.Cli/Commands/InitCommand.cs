using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using System.Text.Json;
using GitOpsGen.Cli.Json;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Cli.Running;
using GitOpsGen.Cli.Starter;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Output;
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
            {
                result.AddError($"'{word}' after '--engine' is not one of {string.Join(", ", Engines)}.{Suggestion.After(word, Engines)}");
            }
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
            "gitopsgen init -C platform",
            "gitopsgen init --engine flux --account 210987654321 --region eu-central-1 --env dev --env prod"
        )
        {
            engine,
            account,
            region,
        };
        command.Validators.Add(result =>
        {
            foreach (var name in result.GetResult("--env")?.Tokens.Select(token => token.Value) ?? [])
            {
                if (!EnvironmentName.TryParse(name, out _))
                {
                    result.AddError($"'{name}' after '--env' is not {EnvironmentName.Grammar.Expectation}.");
                }
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
        {
            return CommandReport.Failed(Name, missing);
        }

        var asked = run.Settings.Engine.Environments.Distinct().ToArray();
        var root = Path.GetFullPath(run.Settings.Root ?? Directory.GetCurrentDirectory());
        var lockfile = Path.GetFullPath(run.Settings.Lockfile ?? Path.Combine(root, "packages.lock.yaml"));
        var settings = Path.GetFullPath(run.Settings.Settings ?? Path.Combine(root, InputTree.SettingsPath.Value));
        var (lockfileSchema, settingsSchema) = (
            Path.Combine(root, ".config", "packages.lock.schema.json"),
            Path.Combine(root, ".config", "gitopsgen.schema.json")
        );
        (string Path, string Text)[] files =
        [
            (lockfile, StarterFiles.Lockfile(Seen(lockfile, lockfileSchema))),
            (settings, StarterFiles.Settings(project([.. asked.Select(name => new EnvironmentName(name))]), Seen(settings, settingsSchema))),
            (lockfileSchema, SchemaCommand.Text(LockfileShape.JsonSchema)),
            (settingsSchema, SchemaCommand.Text(SettingsShape.JsonSchema)),
        ];
        ImmutableArray<Diagnostic> refused = [.. files.Where(f => Path.Exists(f.Path)).Select(f => WouldOverwrite(Shown(root, f.Path)))];
        if (refused is not [])
        {
            return CommandReport.Failed(Name, refused);
        }

        var changes = ImmutableArray.CreateBuilder<PathChange>();
        try
        {
            foreach (var (path, text) in files)
            {
                Create(path, text);
                changes.Add(new(Shown(root, path), ChangeKind.Added));
            }

            changes.AddRange(CompleteAttributes(root));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Half of it would be in the way of the next attempt.
            foreach (var (path, _) in files.Take(changes.Count))
            {
                File.Delete(path);
            }

            throw;
        }

        return new()
        {
            Command = Name,
            ExitCode = ExitCode.Done,
            Changes = changes.ToImmutable(),
            Summary = "Replace the examples, then run 'gitopsgen render'.",
            Result = json => JsonSerializer.Serialize(json, new InitResult(changes.Count), JsonOutput.Default.InitResult),
        };
    }

    private static IEnumerable<PathChange> CompleteAttributes(string root)
    {
        const string Attributes = ".gitattributes";
        var path = Path.Combine(root, Attributes);
        var exists = File.Exists(path);
        var missing = StarterFiles.MissingAttributes(exists ? File.ReadAllText(path) : "");
        if (missing.Length == 0)
        {
            return [];
        }

        File.AppendAllText(path, missing);
        return [new(Attributes, exists ? ChangeKind.Changed : ChangeKind.Added)];
    }

    // CreateNew: a file that appeared since the look above is not overwritten either.
    private static void Create(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    // From the folder of the file that names it.
    private static string Seen(string file, string schema) => Shown(Path.GetDirectoryName(file)!, schema);

    private static string Shown(string root, string path) => Path.GetRelativePath(root, path).Replace('\\', '/');

    private static Diagnostic WouldOverwrite(string path) =>
        new(Rules.WouldOverwrite, $"'{path}' exists already.", "Edit it, or start in another folder.", SourceSpan.StartOf(path));
}
