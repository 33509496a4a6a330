using System.Collections.Concurrent;
using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Registry.Packages;

namespace GitOpsGen.Registry.Locking;

/// <summary>Completes a lockfile: asks registries what the lock step has to know, all at once each time, until it has to know nothing more.</summary>
internal sealed class LockSession(RegistryClient registry)
{
    private readonly PackageReader packages = new(registry);

    /// <summary>The end of all steps. It is not complete where a registry did not answer; its diagnostics say so.</summary>
    /// <param name="lockfile">As it was read, or edited.</param>
    /// <param name="scope">What it is completed for.</param>
    /// <param name="progress">Told how many of the questions so far are answered.</param>
    /// <param name="cancellation">The user's.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<ResolutionStep> CompleteAsync(
        PackageLock lockfile,
        LockScope scope,
        IProgress<RunProgress>? progress,
        CancellationToken cancellation
    )
    {
        var (known, asked) = (LookupResults.Nothing, new Count(progress));
        while (true)
        {
            var step = Resolution.Advance(lockfile, scope, known);
            if (step.Missing.IsEmpty)
            {
                return step;
            }

            (known, var isSilent) = await AskAllAsync(known, step.Missing, asked, cancellation).ConfigureAwait(false);
            if (isSilent)
            {
                return Resolution.Advance(lockfile, scope, known);
            }
        }
    }

    /// <summary>The answers to some questions; without those to a host that fell silent before them.</summary>
    /// <inheritdoc cref="CompleteAsync"/>
    public async Task<LookupResults> AskAsync(
        ImmutableArray<RegistryLookup> questions,
        IProgress<RunProgress>? progress,
        CancellationToken cancellation
    ) => (await AskAllAsync(LookupResults.Nothing, questions, new(progress), cancellation).ConfigureAwait(false)).Known;

    private async Task<(LookupResults Known, bool IsSilent)> AskAllAsync(
        LookupResults known,
        ImmutableArray<RegistryLookup> questions,
        Count asked,
        CancellationToken cancellation
    )
    {
        asked.Expect(questions.Length);
        using var round = new Round(cancellation);
        var answers = await Task.WhenAll(
                questions.Select(async question =>
                {
                    var answer = await round.AskAsync(question, AskAsync).ConfigureAwait(false);
                    asked.Add();
                    return answer;
                })
            )
            .ConfigureAwait(false);
        return (answers.OfType<Answered>().Aggregate(known, (before, answer) => answer.AddTo(before)), round.HasSilence);
    }

    private async Task<Answered> AskAsync(RegistryLookup question, CancellationToken cancellation)
    {
        switch (question)
        {
            case RegistryLookup.TagDigest tag:
                var digest = ResultOf(await registry.ResolveAsync(tag.Repository, tag.Version.Text, cancellation).ConfigureAwait(false));
                return new(known => known.With(tag, digest), digest.Diagnostics);
            case RegistryLookup.Metadata package:
                var meta = await packages.ReadAsync(package.Repository, package.Digest, null, cancellation).ConfigureAwait(false);
                return new(known => known.With(package, meta), meta.Diagnostics);
            case RegistryLookup.Versions list:
                var tags = ResultOf(await registry.ListTagsAsync(list.Repository, cancellation).ConfigureAwait(false));
                var versions = new Result<PublishedVersions>(tags.Value is { } all ? new(all.Tags) : null, tags.Diagnostics);
                return new(known => known.With(list, versions), versions.Diagnostics);
            default:
                throw new InvalidOperationException($"Nobody can answer {question}.");
        }
    }

    private static Result<T> ResultOf<T>(Answer<T> answer)
        where T : class => new(answer.Value, answer.Failure is { } failure ? [failure.ToDiagnostic()] : []);

    /// <summary>How many of the questions so far are answered.</summary>
    private sealed class Count(IProgress<RunProgress>? progress)
    {
        private int done;
        private int total;

        public void Expect(int more)
        {
            total += more;
            progress?.Report(new(done, total));
        }

        public void Add() => progress?.Report(new(Interlocked.Increment(ref done), total));
    }

    /// <summary>An answer, failures included.</summary>
    private sealed record Answered(Func<LookupResults, LookupResults> AddTo, IReadOnlyList<Diagnostic> Found);

    /// <summary>Questions that are asked together. A host that falls silent is asked nothing more: each question would wait for it anew.</summary>
    private sealed class Round(CancellationToken cancellation) : IDisposable
    {
        private readonly ConcurrentDictionary<string, CancellationTokenSource> hosts = new(StringComparer.Ordinal);

        public bool HasSilence => hosts.Values.Any(host => host.IsCancellationRequested);

        /// <summary>The answer; <see langword="null"/> where the host fell silent before it.</summary>
        public async Task<Answered?> AskAsync(RegistryLookup question, Func<RegistryLookup, CancellationToken, Task<Answered>> ask)
        {
            var host = hosts.GetOrAdd(question.Repository.Host, _ => CancellationTokenSource.CreateLinkedTokenSource(cancellation));
            try
            {
                var answer = await ask(question, host.Token).ConfigureAwait(false);
                if (answer.Found.Any(d => d.Rule == Rules.RegistrySilent))
                {
                    await host.CancelAsync().ConfigureAwait(false);
                }

                return answer;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return null;
            }
        }

        public void Dispose()
        {
            foreach (var host in hosts.Values)
            {
                host.Dispose();
            }
        }
    }
}
