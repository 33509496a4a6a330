using GitOpsGen.Iam;
using GitOpsGen.Lockfile;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>What has to be copied so that the registries of some environments hold what is locked for them; nothing twice.</summary>
internal sealed record MirrorPlan(ImmutableArray<ImageCopy> Images, ImmutableArray<ChartCopy> Charts)
{
    /// <summary>The repositories in ECR, which have to exist before a push; of each, the registry by the first host that names it.</summary>
    public required ImmutableArray<MirrorRepository> EcrRepositories { get; init; }

    /// <summary>The environment whose registry everything is copied from; <see langword="null"/>: from where it was published.</summary>
    public EnvironmentName? From { get; init; }
}

/// <summary>A repository in ECR.</summary>
/// <param name="Registry">Where it is.</param>
/// <param name="Path">Its name.</param>
/// <param name="Policy">Whose policy it gets when it is made; <see langword="null"/> where no role of another account pulls from it.</param>
internal sealed record MirrorRepository(EcrRegistry Registry, string Path, ImageClass? Policy);

/// <summary>One locked image that has to be in a registry which is not its own.</summary>
/// <param name="Image">The image as it is stored there.</param>
/// <param name="Digest">What it is, byte for byte.</param>
/// <param name="Environments">Who pulls it from there, by name.</param>
internal sealed record ImageCopy(RegistryImage Image, Digest Digest, ImmutableArray<EnvironmentName> Environments)
{
    /// <summary>The repository that it is copied from.</summary>
    public required Repository From { get; init; }

    /// <summary>What lies beside it, and is copied with it.</summary>
    public required ImmutableArray<Attachment> Attached { get; init; }

    /// <summary>Which of <see cref="Environments"/> pull it by its digest, whatever its tag points to.</summary>
    public required ImmutableArray<EnvironmentName> ByDigest { get; init; }

    /// <summary>The tag in the mirror: that of the lock.</summary>
    public string Tag => Image.Entry.Version.Value.Text;

    /// <summary>What is copied: by digest alone, because skopeo takes no tag together with one.</summary>
    public string Source => $"{From}@{Digest}";

    /// <summary>Where it is pulled from.</summary>
    public string Target => $"{Image.Repository}:{Tag}";
}

/// <summary>A chart that environments take from a place other than the one in the lock.</summary>
/// <param name="Core">The lock entry that pins it.</param>
/// <param name="Source">Where the lock has it.</param>
/// <param name="Target">Where the environments have it.</param>
/// <param name="Environments">The environments, by name.</param>
internal sealed record ChartCopy(LockEntry Core, ChartPlan Source, ChartPlan Target, ImmutableArray<EnvironmentName> Environments);

/// <summary>Derives the copies that the environments of a plan need.</summary>
internal sealed class MirrorPlanner
{
    private readonly DiagnosticBag bag = new(DiagnosticBag.ReadableLimit);
    private readonly EnvironmentPlan? from;

    private MirrorPlanner(EnvironmentPlan? from) => this.from = from;

    /// <summary>The copies, in the order of the environments and their installation. A copy with a finding is left out.</summary>
    /// <param name="environments">Who pulls.</param>
    /// <param name="registries">What each registry needs over all environments.</param>
    /// <param name="from">The environment whose registry is copied from; <see langword="null"/>: where images were published.</param>
    public static (MirrorPlan Plan, ImmutableArray<Diagnostic> Found) Of(
        ImmutableArray<EnvironmentPlan> environments,
        ImmutableArray<RegistryPlan> registries,
        EnvironmentPlan? from = null
    )
    {
        var planner = new MirrorPlanner(from);
        ImmutableArray<ImageCopy> images = [.. planner.Images(environments)];
        ImmutableArray<ChartCopy> charts = [.. planner.Charts(environments)];
        var plan = new MirrorPlan(images, charts)
        {
            EcrRepositories = [.. EcrRepositories(images, charts, registries)],
            From = from?.Settings.Name.Value,
        };
        return (plan, planner.bag.ToImmutable());
    }

    private static IEnumerable<MirrorRepository> EcrRepositories(
        ImmutableArray<ImageCopy> images,
        ImmutableArray<ChartCopy> charts,
        ImmutableArray<RegistryPlan> registries
    )
    {
        var shared = registries
            .SelectMany(registry => registry.RepositoryPolicies.Keys.Select(shared => (registry.Ecr.FolderName, Class: shared)))
            .ToHashSet();
        return images
            .Select(copy => (Repository: copy.Image.Repository, Class: (ImageClass?)copy.Image.Class))
            .Concat(charts.Where(chart => chart.Target.Image is not null).Select(copy => (Repository: copy.Target.Image!, Class: (ImageClass?)null)))
            .Select(pair =>
                EcrRegistry.TryParseHost(pair.Repository.Host, out var ecr)
                    ? new MirrorRepository(
                        ecr,
                        pair.Repository.Path,
                        pair.Class is { } imageClass && shared.Contains((ecr.FolderName, imageClass)) ? imageClass : null
                    )
                    : null
            )
            .OfType<MirrorRepository>()
            .DistinctBy(repository => (repository.Registry.FolderName, repository.Path));
    }

    private IEnumerable<ImageCopy> Images(ImmutableArray<EnvironmentPlan> environments)
    {
        var wanted = environments.SelectMany(environment =>
            environment.Images.Where(image => image.IsCopied).Select(image => (environment.Settings, Image: image))
        );

        // One account in one region is one registry, whichever of its hosts an environment names.
        foreach (var place in wanted.GroupBy(pair => (pair.Image.Place.RegistryKey, pair.Image.Repository.Path, pair.Image.Entry.Version.Value.Text)))
        {
            var image = place.First().Image;
            ImmutableArray<LockEntry> entries = [.. place.Select(pair => pair.Image.Entry).Distinct()];
            if (DigestOf(image.Repository, entries) is { } digest && SourceOf(image, digest) is { } source && !IsSamePlace(source, image.Repository))
            {
                yield return new(image, digest, [.. place.Select(pair => pair.Settings.Name.Value)])
                {
                    From = source,
                    Attached = [.. entries.SelectMany(entry => entry.Attached ?? []).Distinct()],
                    ByDigest = [.. place.Where(pair => pair.Settings.Pin == PinMode.Digest).Select(pair => pair.Settings.Name.Value)],
                };
            }
        }
    }

    /// <summary>The repository to copy from.</summary>
    private Repository? SourceOf(RegistryImage image, Digest digest)
    {
        var upstream = image.Entry.Package.Value;
        if (from is null)
            return upstream;

        if (from.Images.FirstOrDefault(there => there.Entry.Package.Value == upstream && there.Entry.Digest?.Value == digest) is { } held)
            return held.Repository;

        bag.Add(
            Rules.SourceLacks,
            image.Entry.Package.Span,
            $"The environment {from.Settings.Name} does not have {image.Entry.Package} {image.Entry.Version} with the locked digest.",
            "Copy from an environment that has it, or leave out '--from'; 'gitopsgen status' shows who has which version."
        );
        return null;
    }

    private static bool IsSamePlace(Repository source, Repository target) => source.Path == target.Path && Registry(source) == Registry(target);

    private static string Registry(Repository repository) =>
        EcrRegistry.TryParseHost(repository.Host, out var ecr) ? ecr.FolderName : repository.Host;

    /// <summary>The digest on which the entries of one tag agree.</summary>
    private Digest? DigestOf(Repository repository, ImmutableArray<LockEntry> entries)
    {
        foreach (var entry in entries.Where(entry => entry.Digest is null))
        {
            bag.Add(
                Rules.CopyWithoutDigest,
                entry.Package.Span,
                $"{entry.Package} {entry.Version} has no digest, so its tag could point to anything.",
                "Run 'gitopsgen lock', and review the digests that it adds."
            );
        }

        ImmutableArray<Located<Digest>> digests =
        [
            .. entries.Select(entry => entry.Digest).OfType<Located<Digest>>().DistinctBy(digest => digest.Value),
        ];
        foreach (var other in digests.Skip(1))
        {
            bag.Add(
                Rules.DigestsClash,
                other.Span,
                $"{repository}:{entries[0].Version} would need this digest and the one in line {digests[0].Span.Start.Line}.",
                "Give both entries the digest that the tag has upstream."
            );
        }

        return digests is [var only] && entries.All(entry => entry.Digest is not null) ? only.Value : null;
    }

    private IEnumerable<ChartCopy> Charts(ImmutableArray<EnvironmentPlan> environments) =>
        environments
            .Select(environment =>
                (environment.Settings.Name, Core: environment.Images.FirstOrDefault(image => !image.IsPackage)?.Entry, environment.Core?.Chart)
            )
            .Where(pair => pair.Chart is not null && pair.Chart.Repository != pair.Core!.Chart!.Value.Value.Repository)
            .GroupBy(pair => (Source: pair.Core!.Chart!.Value.Value, pair.Chart!.Repository, pair.Chart.Name))
            .Select(place => (Source: SourceOf(place.First().Core!, place.Key.Source, place.Key.Name), place))
            .Where(copy => copy.Source is not null && copy.Source.Repository != copy.place.Key.Repository)
            .Select(copy => new ChartCopy(
                copy.place.First().Core!,
                copy.Source!,
                copy.place.First().Chart!,
                [.. copy.place.Select(pair => pair.Name.Value)]
            ));

    /// <summary>The chart to copy from.</summary>
    private ChartPlan? SourceOf(LockEntry core, ChartPin pin, string name)
    {
        if (from is null)
            return new(core, pin.Repository, pin.Version, name);

        if (from.Core?.Chart is { } held && held.Version == pin.Version)
            return held;

        bag.Add(
            Rules.SourceLacks,
            core.Chart!.Value.Span,
            $"The environment {from.Settings.Name} does not have the chart of {core.Package} in version {pin.Version}.",
            "Copy from an environment that has it, or leave out '--from'."
        );
        return null;
    }
}
