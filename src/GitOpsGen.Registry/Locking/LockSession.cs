using System.Collections.Concurrent;
using GitOpsGen.Packages;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Registry.Attachments;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Packages;

namespace GitOpsGen.Registry.Locking;

/// <summary>Completes a lockfile: looks up in registries what the lock step misses, all at once each time, until nothing is missing.</summary>
internal sealed class LockSession(RegistryClient registry)
{
    // Dependencies of dependencies that a registry makes up as it is asked would go on for ever.
    private const int MostLookups = 100_000;

    private readonly PackageReader packages = new(registry);
    private readonly AttachmentReader attachments = new(registry);

    /// <summary>The last step. It is not complete where a registry did not answer; its diagnostics say so.</summary>
    /// <param name="first">The step that follows from nothing.</param>
    /// <param name="advance">The step that follows from what is known.</param>
    /// <param name="progress">Gets how many of the lookups so far are done.</param>
    /// <param name="cancellation">The user's.</param>
    public async Task<ResolutionStep> CompleteAsync(
        ResolutionStep first,
        Func<LookupResults, ResolutionStep> advance,
        IProgress<RunProgress>? progress,
        CancellationToken cancellation
    )
    {
        var (step, known, count, isSilent) = (first, LookupResults.Nothing, new Count(progress), false);
        while (!step.Missing.IsEmpty && !isSilent)
        {
            if (count.Total + step.Missing.Length > MostLookups)
                return step with { Diagnostics = [.. step.Diagnostics, TooMany(step.Missing[0])] };

            (known, isSilent) = await LookUpAllAsync(known, step.Missing, count, cancellation).ConfigureAwait(false);
            step = advance(known);
        }

        return step;
    }

    private static Diagnostic TooMany(RegistryLookup next) =>
        new(
            Rules.RegistryAnswer,
            $"The packages lead to more than {MostLookups} questions; the next one is about {next.Repository}.",
            "Look for a package whose dependencies never end.",
            null
        );

    /// <summary>The results of some lookups, without those at a host that stopped answering.</summary>
    /// <inheritdoc cref="CompleteAsync"/>
    public async Task<LookupResults> LookUpAsync(
        ImmutableArray<RegistryLookup> lookups,
        IProgress<RunProgress>? progress,
        CancellationToken cancellation
    ) => (await LookUpAllAsync(LookupResults.Nothing, lookups, new(progress), cancellation).ConfigureAwait(false)).Known;

    private async Task<(LookupResults Known, bool IsSilent)> LookUpAllAsync(
        LookupResults known,
        ImmutableArray<RegistryLookup> lookups,
        Count count,
        CancellationToken cancellation
    )
    {
        count.Expect(lookups.Length);
        using var round = new Round(cancellation);
        var results = await Task.WhenAll(
                lookups.Select(async lookup =>
                {
                    var result = await round.LookUpAsync(lookup, LookUpAsync).ConfigureAwait(false);
                    count.Add();
                    return result;
                })
            )
            .ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return (results.OfType<LookupResult>().Aggregate(known, (before, result) => result.AddTo(before)), round.HasSilence);
    }

    private async Task<LookupResult> LookUpAsync(RegistryLookup lookup, CancellationToken cancellation)
    {
        try
        {
            return await AskAsync(lookup, cancellation).ConfigureAwait(false);
        }
        catch (HostNotListedException e)
        {
            return NotAsked(lookup, e.Finding);
        }
    }

    private static LookupResult NotAsked(RegistryLookup lookup, Diagnostic why) =>
        new(
            known =>
                lookup switch
                {
                    RegistryLookup.TagDigest tag => known.With(tag, new Result<Digest>(null, [why])),
                    RegistryLookup.Metadata package => known.With(package, new Result<PackageMeta>(null, [why])),
                    RegistryLookup.Date core => known.With(core, new Result<ImageDate>(null, [why])),
                    RegistryLookup.Attached image => known.With(image, new Result<AttachmentList>(null, [why])),
                    RegistryLookup.Versions list => known.With(list, new Result<PublishedVersions>(null, [why])),
                    _ => throw new InvalidOperationException($"No registry can answer {lookup}."),
                },
            [why]
        );

    private async Task<LookupResult> AskAsync(RegistryLookup lookup, CancellationToken cancellation)
    {
        switch (lookup)
        {
            case RegistryLookup.TagDigest tag:
                var digest = ResultOf(await registry.ResolveAsync(tag.Repository, tag.Version.Text, cancellation).ConfigureAwait(false));
                return new(known => known.With(tag, digest), digest.Diagnostics);
            case RegistryLookup.Metadata package:
                var meta = await packages.ReadAsync(package.Repository, package.Digest, cancellation).ConfigureAwait(false);
                return new(known => known.With(package, meta), meta.Diagnostics);
            case RegistryLookup.Date core:
                var date = ResultOf(await packages.ReadDateAsync(core.Repository, core.Digest, cancellation).ConfigureAwait(false));
                return new(known => known.With(core, date), date.Diagnostics);
            case RegistryLookup.Attached image:
                var attached = ResultOf(await attachments.FindAsync(image.Repository, image.Digest, cancellation).ConfigureAwait(false));
                return new(known => known.With(image, attached), attached.Diagnostics);
            case RegistryLookup.Versions list:
                var tags = ResultOf(await registry.ListTagsAsync(list.Repository, cancellation).ConfigureAwait(false));
                var versions = new Result<PublishedVersions>(tags.Value is { } all ? new(all.Tags) : null, tags.Diagnostics);
                return new(known => known.With(list, versions), versions.Diagnostics);
            default:
                throw new InvalidOperationException($"No registry can answer {lookup}.");
        }
    }

    private static Result<T> ResultOf<T>(RegistryResult<T> result)
        where T : class => new(result.Value, result.Failure is { } failure ? [failure.ToDiagnostic()] : []);

    /// <summary>How many of the lookups so far are done.</summary>
    private sealed class Count(IProgress<RunProgress>? progress)
    {
        private int done;

        public int Total { get; private set; }

        public void Expect(int more)
        {
            Total += more;
            progress?.Report(new(done, Total));
        }

        public void Add() => progress?.Report(new(Interlocked.Increment(ref done), Total));
    }

    /// <summary>A result, failures included.</summary>
    private sealed record LookupResult(Func<LookupResults, LookupResults> AddTo, IReadOnlyList<Diagnostic> Found);

    /// <summary>Lookups that run together. A host that stops answering gets no more of them: each would wait for it again.</summary>
    private sealed class Round(CancellationToken cancellation) : IDisposable
    {
        private readonly ConcurrentDictionary<string, CancellationTokenSource> hosts = new(StringComparer.Ordinal);

        public bool HasSilence => hosts.Values.Any(host => host.IsCancellationRequested);

        /// <summary>The result; <see langword="null"/> where the host stopped answering before it.</summary>
        public async Task<LookupResult?> LookUpAsync(RegistryLookup lookup, Func<RegistryLookup, CancellationToken, Task<LookupResult>> ask)
        {
            var host = hosts.GetOrAdd(lookup.Repository.Host, _ => CancellationTokenSource.CreateLinkedTokenSource(cancellation));
            try
            {
                var result = await ask(lookup, host.Token).ConfigureAwait(false);
                if (result.Found.Any(d => d.Rule == Rules.RegistrySilent))
                    await host.CancelAsync().ConfigureAwait(false);

                return result;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return null;
            }
        }

        public void Dispose()
        {
            foreach (var host in hosts.Values)
                host.Dispose();
        }
    }
}
