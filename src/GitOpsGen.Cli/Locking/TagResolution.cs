using System.Collections.Concurrent;
using GitOpsGen.Importing;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Registry;

namespace GitOpsGen.Cli.Locking;

/// <summary>Finds the complete versions behind tags that can move, and behind digests: the newest tag that has the same digest.</summary>
internal sealed class TagResolution(RegistryClient client, CancellationToken cancellation)
{
    // What a moving tag stands for is among the newest.
    private const int MostTags = 200;

    /// <summary>The versions that were found, and why others were not.</summary>
    public async Task<(ImmutableDictionary<(string Package, string Text), string> Versions, ImmutableArray<Diagnostic> Found)> FindAsync(
        ImmutableArray<OpenVersion> open,
        int jobs
    )
    {
        var versions = new ConcurrentDictionary<(string, string), string>();
        var found = new ConcurrentBag<Diagnostic>();
        await Parallel
            .ForEachAsync(
                open,
                new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation },
                async (one, _) =>
                {
                    var (version, problem) = await FindAsync(one).ConfigureAwait(false);
                    if (version is not null)
                        versions[(one.Package.ToString(), one.Text)] = version.Text;
                    else if (problem is not null)
                        found.Add(problem);
                }
            )
            .ConfigureAwait(false);
        return (
            versions.ToImmutableDictionary(),
            [.. found.OrderBy(finding => finding.Span?.File, StringComparer.Ordinal).ThenBy(finding => finding.Span?.Start)]
        );
    }

    private async Task<(PackageVersion? Version, Diagnostic? Problem)> FindAsync(OpenVersion open)
    {
        var wanted = open.Digest;
        if (wanted is null)
        {
            var resolved = await client.ResolveAsync(open.Package, open.Text, cancellation).ConfigureAwait(false);
            if (!resolved.IsSuccess)
                return (null, resolved.Failure.ToDiagnostic(open.Span));

            wanted = resolved.Value;
        }

        var tags = await client.ListTagsAsync(open.Package, cancellation).ConfigureAwait(false);
        if (!tags.IsSuccess)
            return (null, tags.Failure.ToDiagnostic(open.Span));

        foreach (var version in new PublishedVersions(tags.Value.Tags).Descending.Take(MostTags))
        {
            var digest = await client.ResolveAsync(open.Package, version.Text, cancellation).ConfigureAwait(false);
            if (digest is { IsSuccess: false, Failure.IsUnknown: true })
                return (null, digest.Failure.ToDiagnostic(open.Span));

            if (digest.Value == wanted)
                return (version, null);
        }

        // GOG8401 stays.
        return (null, null);
    }
}
