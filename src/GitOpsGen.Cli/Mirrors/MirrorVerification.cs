using GitOpsGen.Cli.Json;
using GitOpsGen.Lockfile;
using GitOpsGen.Planning;
using GitOpsGen.Registry;
using GitOpsGen.Registry.Http;
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
            reading => new(copy.Target, copy.Image.Entry, copy.Environments, reading) { ByDigest = copy.ByDigest }
        );

    private Place Of(ChartCopy copy) =>
        new(
            copy.Target.Image!.Host,
            () => inspector.InspectAsync(copy.Target, cancellation),
            reading => new($"{copy.Target.Image}:{copy.Target.Version.Tag}", copy.Core, copy.Environments, reading)
        );

    private sealed record Place(string Host, Func<Task<MirrorReading>> Inspect, Func<MirrorReading, MirrorRow> Row);
}

/// <summary>One place of a mirror, and what is there.</summary>
/// <param name="Target">The reference.</param>
/// <param name="Entry">The lock entry that wants it there.</param>
/// <param name="Environments">Who pulls it from there.</param>
/// <param name="Reading">What was found.</param>
internal sealed record MirrorRow(string Target, LockEntry Entry, ImmutableArray<EnvironmentName> Environments, MirrorReading Reading)
{
    /// <summary>Which of <see cref="Environments"/> pull it by its digest.</summary>
    public ImmutableArray<EnvironmentName> ByDigest { get; init; } = [];

    /// <summary>The state as users read it, in every form.</summary>
    public string Word =>
        Reading.State switch
        {
            MirrorState.Same => "ok",
            MirrorState.Missing => "missing",
            MirrorState.Different => "different",
            MirrorState.AnnotationLost => "annotation lost",
            MirrorState.AttachmentMissing => "attachment missing",
            _ => "unknown",
        };

    /// <summary>Whether the mirror is known not to have what is locked.</summary>
    public bool Differs => Reading.State is not (MirrorState.Same or MirrorState.Unknown);

    /// <summary>What a person has to do about it; <see langword="null"/>: nothing.</summary>
    public Diagnostic? Finding =>
        Reading switch
        {
            { State: MirrorState.Missing } => new(
                Rules.MirrorLacks,
                $"{Target} is missing, or a part of it; {Pulls}.",
                "Run what 'gitopsgen mirror plan' prints.",
                Entry.Package.Span
            ),
            { State: MirrorState.Different } => new(
                Rules.MirrorDiffers,
                $"{Target} is {Reading.Found} and not the locked {Entry.Digest}; {Pulls}.",
                "Find out who moved the tag; then delete it and run what 'gitopsgen mirror plan' prints, or review and lock the other image.",
                Entry.Digest!.Value.Span
            ),
            { State: MirrorState.AnnotationLost } => new(
                Rules.AnnotationLost,
                $"{Target} is {Reading.Found}, an image without the annotation of a package; {Pulls}.",
                "'docker pull', 'tag' and 'push' lose it: delete the tag and copy with skopeo or crane, as 'gitopsgen mirror plan' prints it.",
                Entry.Digest!.Value.Span
            ),
            { State: MirrorState.AttachmentMissing } => new(
                Rules.AttachmentMissing,
                $"{Target} is there without its {string.Join(" and ", Reading.Missing.Select(missing => $"{missing.Kind.Word()} ({missing.Suffix[1..]})"))}; {Pulls}.",
                "Run what 'gitopsgen mirror plan' prints: an ImageConfig that verifies signatures refuses an image without one.",
                Entry.Package.Span
            ),
            { WasNeverAnnotated: true } => new(
                Rules.NeverAnnotated,
                $"{Entry.Package} {Entry.Version} was published without the annotation of a package.",
                "Crossplane reads the whole image for it, which can take too long: ask its publisher to push it with the crossplane or up program.",
                Entry.Package.Span
            ),
            { Failure: { } failure } => failure.ToDiagnostic(Entry.Package.Span),
            _ => null,
        };

    public JsonMirrorPlace ToJson() =>
        new(Target, Word, Reading.Found?.Text, Reading.Missing.Select(missing => missing.Suffix[1..]))
        {
            Origin = Entry.Package,
            PulledBy = Environments,
        };

    private string Pulls =>
        Reading.HasLocked is { } isThere
            ? string.Join(
                ", and ",
                [
                    .. Environments.Except(ByDigest).ToArray() is { Length: > 0 } byTag ? [$"{Each(byTag)} pulls it"] : Array.Empty<string>(),
                    $"{Each([.. ByDigest])} pulls the locked digest, which is {(isThere ? "there" : "not there")}",
                ]
            )
            : $"{Each([.. Environments])} pulls it";

    private static string Each(EnvironmentName[] names) =>
        names is [var one] ? one.ToString() : $"each of {string.Join(", ", names.Select(name => name.ToString()))}";
}
