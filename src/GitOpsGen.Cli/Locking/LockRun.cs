using GitOpsGen.Inputs;
using GitOpsGen.Lockfile;
using GitOpsGen.Output;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Packages.Updating;
using GitOpsGen.Registry.Locking;
using GitOpsGen.Settings;

namespace GitOpsGen.Cli.Locking;

/// <summary>
/// What every command does that changes the lockfile: read it, edit what was read, complete that from the registries, write it. All or
/// nothing: with any error the file stays as it is.
/// </summary>
/// <param name="command">The command's name.</param>
/// <param name="run">Its options.</param>
/// <param name="inputs">The work tree.</param>
internal sealed class LockRun(string command, CommandRun run, InputTree inputs)
{
    /// <summary>Whether the result is only compared with the file.</summary>
    public bool IsCheck { get; init; }

    /// <summary>Whether the command never writes anything.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether the command only says what it would write.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether no registry may be asked; then what is missing is an error.</summary>
    public bool IsOffline { get; init; }

    /// <summary>What of the lockfile the command is about. Default: the environments of <c>--env</c>.</summary>
    public Func<LockScope, LockScope> Narrow { get; init; } = scope => scope;

    /// <summary>Completes the lockfile as it is.</summary>
    public Task<CommandReport> RunAsync() => RunAsync(opened => Task.FromResult(new Result<PackageLock>(opened.Use.Lockfile, [])));

    /// <summary>Completes what <paramref name="edit"/> makes of the lockfile.</summary>
    /// <param name="edit">Changes entries, adds some without an index, leaves some out; nothing, and findings, where it cannot.</param>
    public Task<CommandReport> RunAsync(Func<OpenLock, Task<Result<PackageLock>>> edit) =>
        OpenAsync(async opened =>
        {
            var (draft, objections) = await edit(opened).ConfigureAwait(false);
            if (draft is null)
                return Failed(opened.Settings, [.. opened.Found, .. objections]);

            var step = await CompleteAsync(draft, opened.Use.Scope, opened.Registries).ConfigureAwait(false);
            var found = opened.Settings.Severities.Apply([.. opened.Found, .. objections, .. step.Diagnostics]);
            return !step.IsComplete || found.Any(d => d.Severity == Severity.Error) ? Failed(found) : Write(opened, found, step.Lockfile);
        });

    /// <summary>Reads the files and opens the registries for <paramref name="body"/>; reports why not, where that fails.</summary>
    public async Task<CommandReport> OpenAsync(Func<OpenLock, Task<CommandReport>> body)
    {
        var project = Project.Open(inputs, run.Settings.Engine.Environments, run.Cancellation);
        if (project is not { Settings: { } settings, Lockfile: { } lockfile, LockfileSource: { Content: not null } source })
            return Failed(project.Settings, project.Diagnostics);

        if (project.HasFixedErrors)
            return Failed(settings, project.Diagnostics);

        var scope = new LockScope(project.Environments)
        {
            IsSelected = project.IsSelected,
            IgnoresCore = settings.IgnoresCore,
            Patterns = [.. run.Settings.Engine.Environments.Select(text => new NamePattern(text))],
        };
        using var registries = new LazyRegistries(run, inputs, settings);
        return await body(new(settings, source, new(lockfile, Narrow(scope)), registries, project.Diagnostics)).ConfigureAwait(false);
    }

    private async Task<ResolutionStep> CompleteAsync(PackageLock draft, LockScope scope, LazyRegistries registries)
    {
        var step = Advance(LookupResults.Nothing);
        if (step.Missing.IsEmpty)
            return step;

        if (IsOffline)
            return step with { Diagnostics = [.. step.Diagnostics, .. LockPromotion.Unknown(draft, step.Missing)] };

        var (registry, unusable) = registries.Open();
        if (registry is null)
            return step with { Diagnostics = unusable };

        using var status = run.StartStatus("Reading registries: {0} of {1} answers");
        return await new LockSession(registry).CompleteAsync(step, Advance, status, run.Cancellation).ConfigureAwait(false);

        ResolutionStep Advance(LookupResults known) => Resolution.Advance(draft, scope, known);
    }

    private CommandReport Write(OpenLock opened, ImmutableArray<Diagnostic> found, PackageLock wanted)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        var (source, content) = (opened.Source, opened.Source.Content!.Value);
        var edit = LockfileEditor.Edit(source.Path, content.Span, opened.Use.Lockfile, wanted);
        if (
            edit.Changes.Length > 0
            && !IsCheck
            && !IsDryRun
            && AtomicFile.Replace(inputs.LockfilePath(opened.Settings.Lockfile), source.Path, content.Span, edit.Content.Span) is { } failure
        )
        {
            return Failed([.. found, failure]);
        }

        var report = new LockReport(command, source.Path)
        {
            IsCheck = IsCheck,
            IsDryRun = IsDryRun,
            Repair = opened.Use.Scope.ReadsAll ? "gitopsgen lock --all" : "gitopsgen lock",
        };
        return report.Of(edit, LockOutcome.Of(opened, wanted, edit)) with
        {
            Diagnostics = IsCheck && edit.Changes.Length > 0 ? [.. found, report.OutOfDate(content.Span, edit)] : found,
        };
    }

    /// <summary>A report that nothing was done.</summary>
    public CommandReport Failed(ProjectSettings? settings, ImmutableArray<Diagnostic> found) =>
        Failed((settings?.Severities ?? SeverityPolicy.Default).Apply(found));

    private CommandReport Failed(ImmutableArray<Diagnostic> final) =>
        new()
        {
            Command = command,
            ExitCode = ExitCode.Of(final),
            Diagnostics = final,
            Summary = IsReadOnly || IsCheck || IsDryRun ? null : "The lockfile was not changed.",
        };
}
