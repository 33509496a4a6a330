using GitOpsGen.Cli.Importing;
using GitOpsGen.Cli.Json;
using GitOpsGen.Cli.Locking;
using GitOpsGen.Cli.Starter;
using GitOpsGen.Importing;
using GitOpsGen.Importing.Sources;
using GitOpsGen.Inputs;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen import</c>: the two files, made of what a team has.</summary>
internal static class ImportCommand
{
    private const string Name = "import";

    // What says that a file was not read, or that something of it is open or not carried over; what was wrong before is no matter of the import.
    private static readonly string[] Counting = ["GOG83", "GOG84"];

    // Nobody has locked anything yet; the last line says to do that.
    private static readonly Rule[] Unlocked = [Rules.DependenciesUnknown, Rules.NoDigest];

    public static Command Create(CommandRunner runner)
    {
        var options = new ImportOptions();
        var command = new DocumentedCommand(
            Name,
            "Makes the lockfile and the settings of what a team has: its manifests, or what its cluster says. Each --env NAME=PATH,… is an environment. Overwrites nothing.",
            "gitopsgen import .",
            "gitopsgen import base --env dev=overlays/dev,clusters/dev.yaml --env prod=overlays/prod,clusters/prod.yaml",
            "kubectl get providers,functions,configurations,imageconfigs,deploymentruntimeconfigs,lock -o yaml | gitopsgen import - --env live=-",
            "gitopsgen import --compare . --report markdown=hand-over.md",
            "gitopsgen import --only-findings --format sarif ."
        );
        options.AddTo(command);
        command.ReportForms = [ReportForm.Markdown];
        command.EnvironmentHelp = (
            "name=path",
            "An environment, and the files and folders that belong to it alone, with commas between them. Repeatable."
        );
        command.SetAction(parsed => runner.Run(Name, parsed, run => Import(run, options.Read(parsed, run.Settings.Engine.Environments))));
        return command;
    }

    private static CommandReport Import(CommandRun run, ImportChoice choice)
    {
        if (WorkTree.MissingFolder(run.Settings) is { } missing)
            return CommandReport.Failed(Name, missing);

        var target = StarterTarget.Of(run.Settings);
        if (choice is { IsDry: false, OnlyFindings: false, Compares: false } && target.AreThere() is { IsEmpty: false } done)
            return CommandReport.Failed(Name, done);

        ImmutableArray<string> all = [.. choice.Paths.Concat(choice.Environments.SelectMany(environment => environment.Paths)).Distinct()];
        var files = new ImportFiles(target.Root, all, StandardInput, run.Cancellation);
        run.HasRead = files.HasRead;
        var request = choice.ToRequest(files);
        var tree = SourceReading.Read(files, all, request.Variables);
        var schemas = (target.LockfileSchemaSeen, target.SettingsSchemaSeen);
        var imported = Importer.Import(tree, request, schemas);
        if (choice.Resolves && OpenVersion.Of(imported) is { IsEmpty: false } open)
        {
            var (versions, failures) = Resolve(run, open);
            if (!failures.IsEmpty)
                return Report(imported, new(null, null, failures)) with { ExitCode = ExitCode.Of(failures), Summary = "Nothing was written." };

            imported = Importer.Import(tree, request with { Resolved = versions }, schemas);
        }

        if (choice.OnlyFindings)
            return Report(imported, null) with { ExitCode = HasErrors(imported.Diagnostics) ? ExitCode.Failed : ExitCode.Done, Document = "" };

        if (imported is not { Lockfile: { } lockfile, Settings: { } settings })
            return Report(imported, null) with { ExitCode = ExitCode.Failed, Summary = "Nothing was written." };

        if (choice.Compares)
            return Compare(run, new(target.Root, target.Settings, target.Lockfile), imported);

        // All that can be cancelled is before the write.
        var outcome = Generator.Compare(InMemory(target, lockfile, settings), AllEnvironments(run), imported, run.Cancellation);
        outcome = outcome with { Diagnostics = [.. outcome.Diagnostics.Where(found => !Unlocked.Contains(found.Rule))] };
        var (changes, refused) = choice.IsDry ? new([], []) : target.Write(lockfile, settings, keepsSchemas: true);
        if (changes is null)
            return CommandReport.Failed(Name, refused);

        var counts = imported.Diagnostics.Any(found =>
            found.Severity >= Severity.Warning && Counting.Any(area => found.Rule.Code.StartsWith(area, StringComparison.Ordinal))
        );
        var report = Report(imported, outcome);
        return report with
        {
            ExitCode = counts || outcome.Comparison?.IsClean != true ? ExitCode.Differs : ExitCode.Done,
            Changes = [.. changes],
            Document = choice.IsDry
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
        return SourceText.ReadBounded(input);
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
            Result = json => json.Write(ImportJson.Of(imported, outcome), JsonOutput.Default.ImportJson),
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
}
