using System.Collections.Immutable;
using GitOpsGen.Cli.Running;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Packages.Updating;
using GitOpsGen.Registry;
using GitOpsGen.Registry.Locking;
using GitOpsGen.Settings;

namespace GitOpsGen.Cli.Locking;

/// <summary>What every command about the lockfile works on.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Source">The lockfile's bytes.</param>
/// <param name="Draft">What they say, and what it is completed for.</param>
/// <param name="Registry">The registries.</param>
/// <param name="Found">What was found so far.</param>
internal sealed record OpenLock(
    ProjectSettings Settings,
    SourceFile Source,
    LockDraft Draft,
    RegistryClient Registry,
    ImmutableArray<Diagnostic> Found
)
{
    /// <summary>Asks which versions there are of some packages.</summary>
    public async Task<Result<VersionCatalogue>> AskVersionsAsync(CommandRun run, IEnumerable<Located<Repository>> packages)
    {
        ImmutableArray<Located<Repository>> asked = [.. packages.DistinctBy(package => package.Value)];
        using var status = run.StartStatus("Reading lists of versions: {0} of {1}");
        var known = await new LockSession(Registry)
            .LookUpAsync([.. asked.Select(package => new RegistryLookup.Versions(package.Value))], status, run.Cancellation)
            .ConfigureAwait(false);
        return VersionCatalogue.Of(asked, known);
    }
}

/// <summary>What a command edits, and what it is then completed for.</summary>
internal sealed record LockDraft(PackageLock Lockfile, LockScope Scope);
