using GitOpsGen.Inputs;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Packages.Updating;
using GitOpsGen.Registry.Locking;
using GitOpsGen.Settings;

namespace GitOpsGen.Cli.Locking;

/// <summary>What every command about the lockfile works on.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Source">The lockfile's bytes.</param>
/// <param name="Use">What they say, what it is completed for, and where its entries apply.</param>
/// <param name="Registries">The registries, not opened yet.</param>
/// <param name="Found">What was found so far.</param>
internal sealed record OpenLock(ProjectSettings Settings, SourceFile Source, LockUse Use, LazyRegistries Registries, ImmutableArray<Diagnostic> Found)
{
    /// <summary>All environments, in the order of the settings.</summary>
    public ImmutableArray<EnvironmentName> Environments =>
        [.. Settings.Environments.OrderBy(one => one.Name.Span.Start).Select(one => one.Name.Value)];

    /// <summary>Asks which versions there are of some packages.</summary>
    public async Task<Result<VersionCatalogue>> AskVersionsAsync(CommandRun run, IEnumerable<Located<Repository>> packages)
    {
        ImmutableArray<Located<Repository>> asked = [.. packages.DistinctBy(package => package.Value)];
        if (asked.IsEmpty)
            return VersionCatalogue.Of(asked, LookupResults.Nothing);

        var (registry, unusable) = Registries.Open();
        if (registry is null)
            return new(null, unusable);

        using var status = run.StartStatus("Reading lists of versions: {0} of {1}");
        var known = await new LockSession(registry)
            .LookUpAsync([.. asked.Select(package => new RegistryLookup.Versions(package.Value))], status, run.Cancellation)
            .ConfigureAwait(false);
        return VersionCatalogue.Of(asked, known);
    }
}
