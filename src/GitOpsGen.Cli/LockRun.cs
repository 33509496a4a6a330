using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Lockfile;
using GitOpsGen.Output;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Registry;
using GitOpsGen.Registry.Locking;
using GitOpsGen.Settings;

namespace GitOpsGen.Cli;

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

    /// <summary>Whether tags that moved since they were locked are locked anew.</summary>
    public bool AcceptsMovedTags { get; init; }

    /// <summary>Completes the lockfile as it stands.</summary>
    public Task<CommandReport> RunAsync() => RunAsync((before, _) => Task.FromResult(new Result<PackageLock>(before.Lockfile, [])));

    /// <summary>Completes what <paramref name="edit"/> makes of the lockfile.</summary>
    /// <param name="edit">Changes entries, adds some without an index, leaves some out; nothing, and findings, where it cannot.</param>
    public async Task<CommandReport> RunAsync(Func<LockDraft, RegistryClient, Task<Result<PackageLock>>> edit)
    {
        var files = ProjectFiles.Read(inputs, run.Cancellation);
        if (files is not { Settings: { } settings, Lockfile: { } lockfile, LockfileSource: { Content: { } content } source })
        {
            return Failed(files.Settings, files.Diagnostics);
        }

        var (isSelected, unknown) = EnvironmentChoice.Of(settings, run.Settings.Engine.Environments);
        var (opened, unusable) = RegistrySession.Open(run, inputs, settings);
        using var registry = opened;
        if (registry is null || unknown.Length > 0)
        {
            return Failed(settings, [.. files.Diagnostics, .. unknown, .. unusable]);
        }

        var scope = new LockScope([.. settings.Environments.Select(e => e.Name.Value)]) { IsSelected = isSelected, AcceptsMovedTags = AcceptsMovedTags };
        var (draft, objections) = await edit(new(lockfile, scope), registry).ConfigureAwait(false);
        if (draft is null)
        {
            return Failed(settings, [.. files.Diagnostics, .. objections]);
        }

        var step = await CompleteAsync(draft, scope, registry).ConfigureAwait(false);
        var found = settings.Severities.Apply([.. files.Diagnostics, .. objections, .. step.Diagnostics]);
        return !step.IsComplete || found.Any(d => d.Severity == Severity.Error)
            ? Failed(found)
            : Write(settings, source, found, LockfileEditor.Edit(source.Path, content.Span, lockfile, step.Lockfile));
    }

    private async Task<ResolutionStep> CompleteAsync(PackageLock draft, LockScope scope, RegistryClient registry)
    {
        using var progress = run.StartProgress("Reading registries: {0} of {1} answers");
        return await new LockSession(registry).CompleteAsync(draft, scope, progress, run.Cancellation).ConfigureAwait(false);
    }

    private CommandReport Write(ProjectSettings settings, SourceFile source, ImmutableArray<Diagnostic> found, LockfileEdit edit)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        if (edit.Changes.Length > 0 && !IsCheck
            && AtomicFile.Replace(inputs.LockfilePath(settings.Lockfile), source.Path, source.Content!.Value.Span, edit.Content.Span) is { } failure)
        {
            return Failed([.. found, failure]);
        }

        return LockReport.Of(command, source.Path, edit, IsCheck) with { Diagnostics = found };
    }

    private CommandReport Failed(ProjectSettings? settings, ImmutableArray<Diagnostic> found) => Failed((settings?.Severities ?? SeverityPolicy.Default).Apply(found));

    private CommandReport Failed(ImmutableArray<Diagnostic> final) =>
        new() { Command = command, ExitCode = ExitCode.Of(final), Diagnostics = final, Summary = IsCheck ? null : "The lockfile was not changed." };
}
