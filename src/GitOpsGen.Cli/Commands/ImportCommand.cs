using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using GitOpsGen.Cli.Importing;
using GitOpsGen.Cli.Json;
using GitOpsGen.Cli.Locking;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Cli.Running;
using GitOpsGen.Cli.Starter;
using GitOpsGen.Diagnostics;
using GitOpsGen.Importing;
using GitOpsGen.Inputs;
using GitOpsGen.Model;
using GitOpsGen.Yaml;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen import</c>: the two files, made of what a team has.</summary>
internal static class ImportCommand
{
    private const string Name = "import";

    // What says that a file was not read, or that something of it is open or not carried over; what was wrong before is no matter of the import.
    private static readonly string[] Counting = ["GOG83", "GOG84"];

    public static Command Create(CommandRunner runner)
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "Files and folders that belong to all environments, below the root; - is the standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var upstreams = Pairs(
            "--upstream",
            "mirror=upstream",
            "Where the packages of a mirror's folder were published. Repeatable; the longest counts."
        );
        var variables = Pairs("--set", "name=value", "The value of a placeholder: ${NAME}, $(NAME) or <NAME>. Repeatable.");
        var core = PerEnvironmentOption("--core", "version", "The core's version, where no file says it.");
        var issuer = PerEnvironmentOption("--oidc-issuer", "url", "The cluster's OIDC issuer.");
        var pullRole = PerEnvironmentOption("--pull-role", "role", "The role of the Crossplane pod.");
        var nodeRole = PerEnvironmentOption("--node-role", "role", "The role of the nodes.");
        var resolve = CommandOptions.Flag("--resolve", "Ask registries which complete version stands for latest, v1, no tag or a digest.");
        var dryRun = CommandOptions.Flag("--dry-run", "Print both files instead of writing them.");
        var compare = CommandOptions.Flag(
            "--compare",
            "Compare what the lockfile and the settings render with the sources, and write nothing. Exit code 2 if something differs or is missing."
        );
        var onlyFindings = CommandOptions.Flag("--only-findings", "Say what is wrong in the sources, and write nothing.");
        var command = new DocumentedCommand(
            Name,
            "Makes the lockfile and the settings of what a team has: its manifests, or what its cluster says. Each --env NAME=PATH,… is an environment. Overwrites nothing.",
            "gitopsgen import .",
            "gitopsgen import base --env dev=overlays/dev,clusters/dev.yaml --env prod=overlays/prod,clusters/prod.yaml",
            "kubectl get providers,functions,configurations,imageconfigs,deploymentruntimeconfigs,lock -o yaml | gitopsgen import - --env live=-",
            "gitopsgen import --compare . --report markdown=hand-over.md",
            "gitopsgen import --only-findings --format sarif ."
        )
        {
            paths,
            upstreams,
            variables,
            core,
            issuer,
            pullRole,
            nodeRole,
            resolve,
            dryRun,
            compare,
            onlyFindings,
        };
        command.ReportForms = [ReportForm.Markdown];
        command.Validators.Add(result =>
        {
            var given = result.GetResult("--env")?.Tokens.Select(token => token.Value).ToArray() ?? [];
            foreach (var text in given.Where(text => text.Split('=', 2) is not [{ Length: > 0 }, { Length: > 0 }]))
            {
                result.AddError($"'{text}' after '--env' is not NAME=PATH,…: the environment, and what belongs to it alone.");
            }

            if (given is [] && result.GetResult(paths) is not { Tokens.Count: > 0 })
            {
                result.AddError("Name the files and folders to import, or - for the standard input.");
            }
        });
        command.SetAction(parsed =>
            runner.Run(
                Name,
                parsed,
                run =>
                    Import(
                        run,
                        new()
                        {
                            Paths = [.. parsed.GetValue(paths) ?? []],
                            Environments = [.. run.Settings.Engine.Environments.Select(Given)],
                            Upstreams = [.. (parsed.GetValue(upstreams) ?? []).Select(pair => (pair.Key, pair.Value))],
                            Variables = (parsed.GetValue(variables) ?? []).ToImmutableDictionary(pair => pair.Key, pair => pair.Value),
                            Core = ByEnvironment(parsed.GetValue(core)),
                            OidcIssuer = ByEnvironment(parsed.GetValue(issuer)),
                            PullRole = ByEnvironment(parsed.GetValue(pullRole)),
                            NodeRole = ByEnvironment(parsed.GetValue(nodeRole)),
                            IsDry = parsed.GetValue(dryRun),
                            Compares = parsed.GetValue(compare),
                            OnlyFindings = parsed.GetValue(onlyFindings),
                            Resolves = parsed.GetValue(resolve),
                        }
                    )
            )
        );
        return command;
    }

    private static GivenEnvironment Given(string text) =>
        text.Split('=', 2) is [var name, var paths] ? new(name, [.. paths.Split(',', StringSplitOptions.RemoveEmptyEntries)]) : new(text, []);

    private static Option<KeyValuePair<string, string>[]> Pairs(string name, string helpName, string description) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var pairs = new List<KeyValuePair<string, string>>();
                foreach (var text in result.Tokens.Select(token => token.Value))
                {
                    if (text.Split('=', 2) is [{ Length: > 0 } key, { } value])
                    {
                        pairs.RemoveAll(pair => pair.Key == key);
                        pairs.Add(new(key, value));
                    }
                    else
                    {
                        result.AddError($"'{text}' after '{name}' is not {helpName.ToUpperInvariant()}.");
                    }
                }

                return [.. pairs];
            },
        };

    private static Option<string[]> PerEnvironmentOption(string name, string helpName, string description) =>
        new(name) { Description = $"{description} With several environments: env:{helpName}. Repeatable.", HelpName = helpName };

    // An address has a colon too, but its scheme is the name of no environment.
    private static PerEnvironment ByEnvironment(string[]? texts) =>
        new(
            (texts ?? [])
                .Select(text =>
                    text.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
                    && EnvironmentName.TryParse(text[..colon], out var name)
                    && text[..colon] is not ("https" or "http" or "arn")
                        ? KeyValuePair.Create(name.Value, text[(colon + 1)..])
                        : KeyValuePair.Create("", text)
                )
                .GroupBy(pair => pair.Key)
                .ToImmutableDictionary(group => group.Key, group => group.Last().Value)
        );

    private static CommandReport Import(CommandRun run, ImportOptions options)
    {
        if (WorkTree.MissingFolder(run.Settings) is { } missing)
        {
            return CommandReport.Failed(Name, missing);
        }

        var target = StarterTarget.Of(run.Settings);
        if (options is { IsDry: false, OnlyFindings: false, Compares: false } && target.AreThere() is { IsEmpty: false } done)
        {
            return CommandReport.Failed(Name, done);
        }

        ImmutableArray<string> all = [.. options.Paths.Concat(options.Environments.SelectMany(environment => environment.Paths)).Distinct()];
        var files = new ImportFiles(target.Root, all, StandardInput, run.Cancellation);
        var request = options.ToRequest(files);
        var tree = SourceReading.Read(files, all, request.Variables);
        var schemas = (target.LockfileSchemaSeen, target.SettingsSchemaSeen);
        var imported = Importer.Import(tree, request, schemas);
        if (options.Resolves && OpenVersion.Of(imported) is { IsEmpty: false } open)
        {
            var (versions, failures) = Resolve(run, open);
            if (!failures.IsEmpty)
            {
                return Report(imported, new(null, null, failures)) with { ExitCode = ExitCode.Of(failures), Summary = "Nothing was written." };
            }

            imported = Importer.Import(tree, request with { Resolved = versions }, schemas);
        }

        if (options.OnlyFindings)
        {
            return Report(imported, null) with { ExitCode = HasErrors(imported.Diagnostics) ? ExitCode.Failed : ExitCode.Done, Document = "" };
        }

        if (imported is not { Lockfile: { } lockfile, Settings: { } settings })
        {
            return Report(imported, null) with { ExitCode = ExitCode.Failed, Summary = "Nothing was written." };
        }

        if (options.Compares)
        {
            return Compare(run, new(target.Root, target.Settings, target.Lockfile), imported);
        }

        // All that can be cancelled is before the write.
        var outcome = Generator.Compare(InMemory(target, lockfile, settings), AllEnvironments(run), imported, run.Cancellation);
        var (changes, refused) = options.IsDry ? new([], []) : target.Write(lockfile, settings, keepsSchemas: true);
        if (changes is null)
        {
            return CommandReport.Failed(Name, refused);
        }

        var counts = imported.Diagnostics.Any(found =>
            found.Severity >= Severity.Warning && Counting.Any(area => found.Rule.Code.StartsWith(area, StringComparison.Ordinal))
        );
        var report = Report(imported, outcome);
        return report with
        {
            ExitCode = counts || outcome.Comparison?.IsClean == false ? ExitCode.Differs : ExitCode.Done,
            Changes = [.. changes],
            Document = options.IsDry
                ? $"{report.Document}\n--- {target.ShownLockfile}\n{lockfile}\n--- {target.ShownSettings}\n{settings}"
                : report.Document,
            Summary = outcome.Comparison is null
                ? "The files cannot be rendered yet: correct what the errors name, then run 'gitopsgen lock' and 'gitopsgen render'."
                : "Both files render. Run 'gitopsgen lock' and 'gitopsgen render' next.",
        };
    }

    private static (ImmutableDictionary<(string Package, string Text), string> Versions, ImmutableArray<Diagnostic> Found) Resolve(
        CommandRun run,
        ImmutableArray<OpenVersion> open
    )
    {
        using var client = RegistrySession.Open(run);
        return new TagResolution(client, run.Cancellation).FindAsync(open, run.Settings.Engine.Jobs).GetAwaiter().GetResult();
    }

    private static bool HasErrors(IEnumerable<Diagnostic> found) => found.Any(finding => finding.Severity == Severity.Error);

    private static ReadOnlyMemory<byte> StandardInput()
    {
        using var input = Console.OpenStandardInput();
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        // One byte over the limit is enough to refuse it.
        while ((read = input.Read(buffer, 0, (int)Math.Min(buffer.Length, SourceText.MaximumBytes + 1 - content.Length))) > 0)
        {
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private static CommandReport Compare(CommandRun run, InputTree inputs, ImportResult imported)
    {
        var outcome = Generator.Compare(inputs, AllEnvironments(run), imported, run.Cancellation);
        return Report(imported, outcome) with
        {
            ExitCode =
                outcome.Comparison is null ? ExitCode.Failed
                : outcome.Comparison.IsClean ? ExitCode.Done
                : ExitCode.Differs,
            Summary = outcome.Comparison switch
            {
                null => "The files cannot be rendered: correct what the errors name.",
                { IsClean: true } => "What is rendered is what is there, up to what is meant to differ.",
                _ => "What is rendered differs from what is there: look at what differs and what is missing.",
            },
        };
    }

    // Each --env of an import is about the sources.
    private static RunOptions AllEnvironments(CommandRun run) => run.Settings.Engine with { Environments = [] };

    private static InputTree InMemory(StarterTarget target, string lockfile, string settings) =>
        new InputTree(target.Root, target.Settings, target.Lockfile).With(
            new Dictionary<string, ReadOnlyMemory<byte>>
            {
                [target.Lockfile] = Encoding.UTF8.GetBytes(lockfile),
                [target.Settings] = Encoding.UTF8.GetBytes(settings),
            }
        );

    private static CommandReport Report(ImportResult imported, ImportOutcome? outcome)
    {
        string?[] blocks =
        [
            imported.Environments.IsEmpty ? null : Table(imported),
            outcome?.Comparison is { } comparison ? ComparisonText.Of(comparison) : null,
            outcome?.HandOver is { } handOver ? HandOverText.Text(handOver) : null,
        ];
        return new()
        {
            Command = Name,
            ExitCode = ExitCode.Done,
            Diagnostics = [.. imported.Diagnostics, .. outcome?.Diagnostics ?? []],
            Document = string.Join('\n', blocks.OfType<string>()),
            Drawings = new Dictionary<ReportForm, Func<string>>
            {
                [ReportForm.Markdown] = () =>
                    outcome?.HandOver is { } steps ? HandOverText.Markdown(steps) : $"# {HandOverText.Title}\n\nThe files cannot be rendered yet.\n",
            },
            Result = json => JsonSerializer.Serialize(json, ImportJson.Of(imported, outcome), JsonOutput.Default.ImportJson),
        };
    }

    private static string Table(ImportResult imported) =>
        TextTable.Of([
            ["ENVIRONMENT", "FROM", "ENGINE", "INSTALL", "CORE", "PACKAGES", "TOLD BY"],
            .. imported.Environments.Select(environment =>
                new[]
                {
                    environment.Name == environment.Sources.Original ? environment.Name : $"{environment.Name} ({environment.Sources.Original})",
                    string.Join(" + ", environment.Sources.EntryPoints),
                    environment.Engine.Kind,
                    ImportJson.InstallOf(environment),
                    environment.Core?.Version.Value ?? "-",
                    $"{environment.Packages.Length}",
                    ImportJson.ToldBy(environment),
                }
            ),
        ]);

    /// <summary>What the command line says.</summary>
    private sealed record ImportOptions
    {
        public ImmutableArray<string> Paths { get; init; }

        public ImmutableArray<GivenEnvironment> Environments { get; init; }

        public ImmutableArray<(string Mirror, string Upstream)> Upstreams { get; init; }

        public required ImmutableDictionary<string, string> Variables { get; init; }

        public required PerEnvironment Core { get; init; }

        public required PerEnvironment OidcIssuer { get; init; }

        public required PerEnvironment PullRole { get; init; }

        public required PerEnvironment NodeRole { get; init; }

        public bool IsDry { get; init; }

        public bool Compares { get; init; }

        public bool OnlyFindings { get; init; }

        public bool Resolves { get; init; }

        public ImportRequest ToRequest(ImportFiles files)
        {
            var own = Environments.SelectMany(environment => environment.Paths).ToHashSet();
            return new()
            {
                Common = [.. Paths.Where(path => !(path == ImportFiles.StandardInput && own.Contains(path))).Select(files.KeyOf)],
                Environments = [.. Environments.Select(environment => environment with { Paths = [.. environment.Paths.Select(files.KeyOf)] })],
                Upstreams = Upstreams,
                Variables = Variables,
                Core = Core,
                OidcIssuer = OidcIssuer,
                PullRole = PullRole,
                NodeRole = NodeRole,
            };
        }
    }
}
