using System.Collections.Immutable;
using GitOpsGen.Planning;
using GitOpsGen.Registry;
using GitOpsGen.Registry.Mirrors;

namespace GitOpsGen.Cli.Mirrors;

/// <summary>Asks the mirrors for everything that a plan copies.</summary>
/// <param name="registry">Reads them.</param>
/// <param name="progress">Told how many places are done.</param>
/// <param name="cancellation">The user's.</param>
internal sealed class MirrorVerification(RegistryClient registry, IProgress<RunProgress> progress, CancellationToken cancellation)
{
    private readonly MirrorInspector inspector = new(registry);
    private int done;

    /// <summary>A row for each place, in the plan's order.</summary>
    public async Task<ImmutableArray<MirrorRow>> RunAsync(MirrorPlan plan)
    {
        Place[] places = [.. plan.Images.Select(Of), .. plan.Charts.Where(copy => copy.Target.Image is not null).Select(Of)];
        var rows = new MirrorRow[places.Length];
        await Task.WhenAll(Enumerable.Range(0, places.Length).GroupBy(i => places[i].Host, StringComparer.Ordinal).Select(VerifyAsync))
            .ConfigureAwait(false);
        return [.. rows];

        // One by one, a registry that is down would cost the patience of every place.
        async Task VerifyAsync(IGrouping<string, int> host)
        {
            var first = await ReadAsync(host.First(), null).ConfigureAwait(false);
            var down = first.Failure is { Kind: FailureKind.Unreachable } ? first : null;
            await Task.WhenAll(host.Skip(1).Select(i => ReadAsync(i, down))).ConfigureAwait(false);
        }

        async Task<MirrorReading> ReadAsync(int i, MirrorReading? known)
        {
            var reading = known ?? await places[i].Inspect().ConfigureAwait(false);
            rows[i] = places[i].Row(reading);
            progress.Report(new(Interlocked.Increment(ref done), places.Length));
            return reading;
        }
    }

    private Place Of(ImageCopy copy) =>
        new(
            copy.Image.Repository.Host,
            () => inspector.InspectAsync(copy, cancellation),
            reading => new(copy.Target, copy.Image.Entry, copy.Environments, reading)
        );

    private Place Of(ChartCopy copy) =>
        new(
            copy.Target.Image!.Host,
            () => inspector.InspectAsync(copy.Target, cancellation),
            reading => new($"{copy.Target.Image}:{copy.Target.Version.Tag}", copy.Core, copy.Environments, reading)
        );

    private sealed record Place(string Host, Func<Task<MirrorReading>> Inspect, Func<MirrorReading, MirrorRow> Row);
}
