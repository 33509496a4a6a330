using System.Security.Cryptography;
using GitOpsGen.Inputs.Git;
using GitOpsGen.Output;

namespace GitOpsGen.Publishing;

/// <summary>What a branch lacks, and how the commit would be described.</summary>
/// <param name="Changes">The differences.</param>
/// <param name="Message">The message, without trailers.</param>
internal sealed record PublishDraft(ImmutableArray<Change> Changes, Func<string> Message);

/// <summary>
/// The order of publishing: read the branch, compare, commit, push. If the branch has moved meanwhile, the attempt is thrown away and another
/// one begins. What git says decides nothing, because every host says it in its own words: only where the branch is does.
/// </summary>
/// <param name="request">What is wanted.</param>
/// <param name="source">What is published.</param>
/// <param name="target">The branch.</param>
/// <param name="cancellation">Ends it; the branch then has its old commit or the new one.</param>
internal sealed class Publisher(PublishRequest request, PublishSource source, TargetRepository target, CancellationToken cancellation)
{
    private const int MaximumAttempts = 5;

    /// <summary>Publishes.</summary>
    /// <param name="folder">The folder in the branch.</param>
    /// <param name="draft">
    /// Compares with what is there, <see langword="null"/> where nothing is, and with the source commit that it was made of, where that is known.
    /// Returns <see langword="null"/> if there is an error.
    /// </param>
    /// <param name="waits">Told before a wait.</param>
    public PublishResult Run(OutputFolder folder, Func<IOutputFiles, string?, PublishDraft?> draft, Action<TimeSpan> waits)
    {
        for (var attempt = 1; ; attempt++)
        {
            var tip = target.Fetch();
            var there = tip is null ? new DiskView(folder) : target.FilesOf(tip).Output(folder, cancellation);
            var isOurs = there.Look(new LedgerScope(null).Ledger.Value).Kind == DiskEntryKind.File;
            var published = tip is not null && isOurs ? target.LastSource(tip, folder.Path.Value) : null;
            var before = published?.Commit;
            var result = new PublishResult(PublishState.Failed) { Before = before, Attempts = attempt };
            if (published is not null && !request.ReplacesOtherRoot && !source.IsSameRoot(published))
                return result with { Problem = OtherRoot(published, folder.Path) };
            switch (before is null ? SourceOrder.Before : source.OrderOf(before))
            {
                case SourceOrder.After:
                    return result with { State = PublishState.Newer };
                case SourceOrder.Aside:
                    return result with { Problem = Aside(before!, folder.Path) };
                case SourceOrder.Unknown:
                    return result with { Problem = Unknown(before!) };
            }

            if (draft(there, before) is not { } wanted)
                return result;
            if (wanted.Changes.IsEmpty)
                return result with { State = PublishState.Unchanged };
            var message = $"{wanted.Message()}\n{SourceTrailer.Of(source, folder.Path.Value)}";
            var (commit, refused) = target.Commit(tip, folder.Path, wanted.Changes, message);
            result = result with { Message = message, Problem = refused };
            if (commit is null || request.IsDryRun)
                return commit is null ? result : result with { State = PublishState.Published };
            var (isThere, problem) = Push(commit, tip);
            if (isThere)
                return result with { State = PublishState.Published, Commit = commit };
            if (problem is not null)
                return result with { Problem = problem };
            if (attempt == MaximumAttempts)
                return result with { Problem = Busy() };
            Wait(attempt, waits);
        }
    }

    // A push that fails although nobody else was there may have met one who was about to be: it is tried once more.
    private (bool IsThere, Diagnostic? Problem) Push(string commit, string? tip)
    {
        for (var last = false; ; last = true)
        {
            if (target.Push(commit) is not { } said)
                return (true, null);
            // The connection may have broken after the branch was moved.
            var now = target.Tip();
            if (now == commit)
                return (true, null);
            if (now != tip)
                return (false, null);
            if (last)
                return (false, Refused(said));
            cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
            cancellation.ThrowIfCancellationRequested();
        }
    }

    // With jitter, so that those who met once do not meet again; the longer, the more there seem to be.
    private void Wait(int attempt, Action<TimeSpan> waits)
    {
        var time = TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(1000, Math.Min(8000, 1000 << attempt)));
        waits(time);
        cancellation.WaitHandle.WaitOne(time);
        cancellation.ThrowIfCancellationRequested();
    }

    private static Diagnostic OtherRoot(PublishedSource published, RelativePath path) =>
        new(
            Rules.PublishedOtherRoot,
            $"'{path}' of the branch has the output of another root of the repository, {(published.Root is { } root ? $"'{Excerpt.Of(root)}'" : "its top")}.",
            "Publish each root to a --path or --branch of its own; or, if the root was moved, add --replace-other-root once.",
            null
        );

    private Diagnostic Aside(string before, RelativePath path) =>
        new(
            Rules.PublishedAside,
            $"The branch has what commit {GitRepository.Short(before)} gives, and that is neither before nor after the one that is checked out.",
            $"Publish from a branch that has both; or, to go on from here, push an empty commit to it that ends with the trailers '{SourceTrailer.Source}: REPOSITORY@COMMIT{source.RootInTrailer}' and '{SourceTrailer.Path}: {path}'.",
            null
        );

    private Diagnostic Unknown(string before) =>
        new(
            Rules.PublishedAside,
            $"The branch has what commit {GitRepository.Short(before)} gives, and this clone does not know whether that is before the one that is checked out.",
            $"Run '{source.Fetch(before)}'. If that commit is of another repository, publish to another --path or --branch.",
            null
        );

    private Diagnostic Refused(string said) =>
        new(
            Rules.PushRefused,
            $"{request.Repository.Shown} does not take the commit, and its branch {request.Branch} has not moved: {said}.",
            "Ask whoever runs it which rule of the branch, hook or right is in the way.",
            null
        );

    private Diagnostic Busy() =>
        new(
            Rules.TargetBusy,
            $"Others moved the branch {request.Branch} of {request.Repository.Shown} each of {MaximumAttempts} times.",
            "Run it again, or let one job publish at a time.",
            null
        );
}
