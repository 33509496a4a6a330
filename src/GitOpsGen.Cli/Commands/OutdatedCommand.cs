using GitOpsGen.Cli.Json;
using GitOpsGen.Cli.Locking;
using GitOpsGen.Packages;
using GitOpsGen.Packages.Updating;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen outdated</c>: which packages could move, and where to.</summary>
internal static class OutdatedCommand
{
    private const string Name = "outdated";

    public static Command Create(CommandRunner runner)
    {
        var packages = UpdateOptions.Packages(ArgumentArity.ZeroOrMore);
        var limits = new UpdateOptions();
        var exitCode = CommandOptions.Flag("--exit-code", "Exit code 2 if 'update' would move something.");
        var command = new DocumentedCommand(
            Name,
            "Lists the packages that have a newer version: the current one, where 'update' would go, and the newest. Writes nothing.",
            "gitopsgen outdated",
            "gitopsgen outdated --env prod --minor --exit-code",
            "gitopsgen outdated 'provider-*' --format json"
        )
        {
            packages,
            exitCode,
        };
        limits.AddTo(command);
        command.SetAction(parsed =>
            runner.RunOnInputs(
                Name,
                parsed,
                (run, inputs) =>
                {
                    var lockRun = new LockRun(Name, run, inputs) { IsReadOnly = true };
                    return lockRun.OpenAsync(opened =>
                        ListAsync(run, lockRun, opened, new([.. parsed.GetValue(packages) ?? []], limits.Read(parsed), parsed.GetValue(exitCode)))
                    );
                }
            )
        );
        return command;
    }

    private static async Task<CommandReport> ListAsync(CommandRun run, LockRun lockRun, OpenLock opened, Question question)
    {
        var use = opened.Use;
        var (entries, unknown) = PackageNaming.Select(use.Lockfile, question.Names);
        if (unknown.Length > 0)
            return lockRun.Failed(opened.Settings, [.. opened.Found, .. unknown]);

        var (versions, found) = await opened
            .AskVersionsAsync(run, entries.Where(use.IsSelected).Select(entry => entry.Package))
            .ConfigureAwait(false);
        return versions is null
            ? lockRun.Failed(opened.Settings, [.. opened.Found, .. found])
            : Report(
                entries.Count(use.IsSelected),
                [
                    .. OutdatedEntry
                        .Of(entries, use, question.Limits, versions)
                        .Select(row => row with { Environments = [.. opened.Environments.Where(row.Environments.Contains)] }),
                ],
                question with
                {
                    Environments = opened.Environments,
                }
            ) with
            {
                Diagnostics = opened.Settings.Severities.Apply(opened.Found),
            };
    }

    private static CommandReport Report(int count, ImmutableArray<OutdatedEntry> rows, Question question)
    {
        var movable = LockUpdate.Movable([.. rows.Where(row => row.Compatible is not null).Select(row => row.Entry)], question.Names).Length;
        return new()
        {
            Command = Name,
            ExitCode = question.HasExitCode && movable > 0 ? ExitCode.Differs : ExitCode.Done,
            Table = width =>
                rows.IsEmpty
                    ? ""
                    : TextTable.Of(
                        [
                            ["package", "current", "compatible", "newest", "environments"],
                            .. rows.Select(row => Cells(row, question.Environments)),
                        ],
                        width
                    ),
            Lines = [.. Notes(rows, question)],
            Summary = rows.IsEmpty
                ? $"All of {Counts.Of(count, "entry", "entries")} are at the newest version."
                : $"{Counts.Of(rows.Length, "entry", "entries")} of {count} could be newer; 'gitopsgen update' would move {movable}.",
            Result = json => json.Write(new OutdatedResult(rows.Select(JsonOutdatedPackage.Of)), JsonOutput.Default.OutdatedResult),
        };
    }

    private static IEnumerable<string> Notes(ImmutableArray<OutdatedEntry> rows, Question question)
    {
        if (rows.Any(row => row.IsMajor))
            yield return "major: another major version, or of 0.x another minor one; 'gitopsgen update' goes there with --major or --to.";

        if (rows.Any(row => row.IsGone))
            yield return "gone: the registry no longer has the current version; keep the copy in your mirror ('gitopsgen mirror verify').";

        if (rows.FirstOrDefault(row => row.Compatible is not null && LockUpdate.Movable([row.Entry], question.Names).IsEmpty) is { } core)
            yield return $"The core moves only where it is named: 'gitopsgen update {core.Entry.Package}'.";
    }

    private static string[] Cells(OutdatedEntry row, ImmutableArray<EnvironmentName> environments) =>
        [
            row.Entry.Package.ToString(),
            $"{row.Entry.Version}{(row.IsGone ? " gone" : "")}",
            row.Compatible?.Text ?? "-",
            $"{row.Newest?.Text ?? "-"}{(row.IsMajor ? " major" : "")}",
            EnvironmentList.Of(row.Environments, environments),
        ];

    /// <summary>What the user wants to know.</summary>
    private sealed record Question(ImmutableArray<string> Names, UpdateLimits Limits, bool HasExitCode)
    {
        /// <summary>All environments, in the order of the settings.</summary>
        public ImmutableArray<EnvironmentName> Environments { get; init; } = [];
    }
}
