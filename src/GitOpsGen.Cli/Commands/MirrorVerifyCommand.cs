using GitOpsGen.Cli.Json;
using GitOpsGen.Cli.Locking;
using GitOpsGen.Cli.Mirrors;
using GitOpsGen.Inputs;
using GitOpsGen.Registry.Mirrors;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen mirror verify</c>: whether the private registries hold what is locked.</summary>
internal static class MirrorVerifyCommand
{
    private const string Name = "mirror verify";

    public static Command Create(CommandRunner runner)
    {
        var command = new DocumentedCommand(
            "verify",
            "Asks the registries of the environments whether they have every locked image, with the locked digest and as a package; exit code 2 if one does not.",
            "gitopsgen mirror verify",
            "gitopsgen mirror verify --env prod-eu --format json"
        );
        command.SetAction(parsed => runner.RunOnInputs(Name, parsed, VerifyAsync));
        return command;
    }

    private static async Task<CommandReport> VerifyAsync(CommandRun run, InputTree inputs)
    {
        var (settings, plan, found) = Generator.Mirror(inputs, run.Settings.Engine, null, run.Cancellation);
        if (settings is null || plan is null)
            return CommandReport.Failed(Name, found);

        var (client, aboutRegistries) = RegistrySession.Open(run, inputs, settings);
        using var registry = client;
        if (registry is null)
            return CommandReport.Failed(Name, [.. found, .. aboutRegistries]);

        using var status = run.StartStatus("Asking for {0} of {1} images");
        var rows = await new MirrorVerification(registry, status, run.Cancellation).RunAsync(plan).ConfigureAwait(false);
        return Report(run.Settings.Quiet, rows, settings.Severities, found);
    }

    private static CommandReport Report(bool quiet, ImmutableArray<MirrorRow> rows, SeverityPolicy severities, ImmutableArray<Diagnostic> found)
    {
        // A registry that is down is one finding.
        var failures = rows.Where(row => row.Reading.Failure is not null).DistinctBy(row => row.Reading.Failure);
        var findings = rows.Where(row => row.Reading.Failure is null).Concat(failures).Select(row => row.Finding).OfType<Diagnostic>();
        var all = severities.Apply([.. found, .. findings]);
        return new()
        {
            Command = Name,
            ExitCode = ExitCode.Of(
                all.Where(finding => !IsDifference(finding)),
                rows.Any(row => row.Differs && severities.Apply([row.Finding!]).Any(finding => finding.Severity == Severity.Error))
            ),
            Diagnostics = all,
            Table = width => TextTable.Of([.. rows.Where(row => !quiet || row.Reading.State != MirrorState.Same).Select(Cells)], width),
            Summary =
                rows.Length == 0
                    ? "Nothing is locked that would have to be in a mirror."
                    : $"{Counts.Of(rows.Length, "place")} in mirrors: {string.Join(", ", rows.GroupBy(row => row.Reading.State).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.First().Word}"))}.",
            Result = json => json.Write(new MirrorVerifyResult(rows.Select(row => row.ToJson())), JsonOutput.Default.MirrorVerifyResult),
        };
    }

    private static bool IsDifference(Diagnostic finding) =>
        finding.Rule == Rules.MirrorLacks
        || finding.Rule == Rules.MirrorDiffers
        || finding.Rule == Rules.AnnotationLost
        || finding.Rule == Rules.AttachmentMissing;

    private static string[] Cells(MirrorRow row) => [row.Word, row.Target, row.Entry.Package.Span.Place];
}
