using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Packages.Updating;

namespace GitOpsGen.Cli.Locking;

/// <summary>What an edit of the lockfile means: what happens to environments, and what was completed besides.</summary>
/// <param name="Moves">What happens to environments.</param>
/// <param name="Completions">Changes of entries that are no move of an environment: what was read, or what applies nowhere yet.</param>
/// <param name="Names">What each package is called, as short as it can be.</param>
/// <param name="Environments">All environments, in the order of the settings.</param>
internal sealed record LockOutcome(
    ImmutableArray<EnvironmentMove> Moves,
    ImmutableArray<LockfileChange> Completions,
    IReadOnlyDictionary<Repository, string> Names,
    ImmutableArray<EnvironmentName> Environments
)
{
    /// <summary>The outcome.</summary>
    /// <param name="opened">The lockfile as it was, with the settings.</param>
    /// <param name="wanted">The lockfile as it is.</param>
    /// <param name="edit">The difference between the two files.</param>
    public static LockOutcome Of(OpenLock opened, PackageLock wanted, LockfileEdit edit)
    {
        var (was, declared) = (opened.Use, opened.Environments);
        var now = new LockUse(wanted, was.Scope);
        var moves = EnvironmentMove.Between(was, now, declared.IsEmpty ? was.Scope.Present : declared);
        ImmutableArray<LockfileChange> completions = [.. edit.Changes.Where(change => !IsMove(change))];
        return new(
            moves,
            moves.IsEmpty && completions.IsEmpty ? edit.Changes : completions,
            PackageNaming.ShortNames(was.Lockfile.Packages.Concat(wanted.Packages).Select(entry => entry.Package.Value)),
            declared
        );

        bool IsMove(LockfileChange change) =>
            change.Before is { } old && change.After is { } same && old.Version.Value == same.Version.Value
                ? change.Keys is ["environments"]
                : (change.Before is null || was.Of(change.Before).Count > 0) && (change.After is null || now.Of(change.After).Count > 0);
    }
}
