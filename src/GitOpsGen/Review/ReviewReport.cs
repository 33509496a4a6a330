using GitOpsGen.Output;

namespace GitOpsGen.Review;

/// <summary>What a change does to the control planes, in the language of packages and access. Every list is sorted.</summary>
internal sealed record ReviewReport
{
    /// <summary>The environments of both sides: those of head in the order of its settings, then those that only base has.</summary>
    public required ImmutableArray<string> Environments { get; init; }

    /// <summary>Why the inputs of base were not compared; <see langword="null"/> where they were.</summary>
    public string? BaseProblem { get; init; }

    /// <summary>What can hurt, with the steps that avoid it.</summary>
    public ImmutableArray<Danger> Dangerous { get; init; } = [];

    /// <summary>Which packages move.</summary>
    public ImmutableArray<PackageChange> Packages { get; init; } = [];

    /// <summary>Images that a registry has to hold before the merge, and that nothing needed there before.</summary>
    public ImmutableArray<ImageNeed> Images { get; init; } = [];

    /// <summary>Repositories that have to exist before the merge, and that no document named before.</summary>
    public ImmutableArray<RepositoryNeed> Repositories { get; init; } = [];

    /// <summary>What principals may do after the merge and could not do before: to be applied before it.</summary>
    public ImmutableArray<AccessChange> Gained { get; init; } = [];

    /// <summary>What they may no longer do: to be revoked when the objects are gone.</summary>
    public ImmutableArray<AccessChange> Lost { get; init; } = [];

    /// <summary>IAM documents that changed, and that nobody looked into: for <c>--fail-on</c>, they count as wider.</summary>
    public ImmutableArray<UnreadDocument> NotEvaluated { get; init; } = [];

    /// <summary>Objects that no engine deletes, in the order in which a person should.</summary>
    public ImmutableArray<Leftover> Leftovers { get; init; } = [];

    /// <summary>The Kubernetes objects that differ.</summary>
    public ImmutableArray<ObjectChange> Objects { get; init; } = [];

    /// <summary>The files that differ.</summary>
    public ImmutableArray<FileChange> Files { get; init; } = [];

    /// <summary>Environments that change alike, the largest group first; those that do not change are in none.</summary>
    public ImmutableArray<EnvironmentGroup> Groups { get; init; } = [];

    /// <summary>The packages that move, with their neighbours: a picture for each set of environments in which they are the same.</summary>
    public ImmutableArray<ChangedGraph> Graphs { get; init; } = [];

    /// <summary>All that happens in environments.</summary>
    public IEnumerable<ReviewItem> Items =>
        [.. Dangerous, .. Packages, .. Images, .. Repositories, .. Gained, .. Lost, .. NotEvaluated, .. Leftovers, .. Objects];

    /// <summary>
    /// The items for a reader: of what happens alike in a group of environments, only what happens in its first one, with all environments that it
    /// speaks for.
    /// </summary>
    public ImmutableArray<T> Told<T>(IEnumerable<T> items)
        where T : ReviewItem
    {
        var places = Environments.Index().ToDictionary(place => place.Item, place => place.Index, StringComparer.Ordinal);
        var groups = Groups.ToDictionary(group => group.Like, group => group.Environments, StringComparer.Ordinal);
        return [.. items.Select(Telling).OfType<T>()];

        T? Telling(T item)
        {
            var spokenFor = item.Environments.Where(groups.ContainsKey).SelectMany(name => groups[name]).OrderBy(name => places[name]);
            return item.Environments.IsEmpty ? item
                : item with { Environments = [.. spokenFor] } is { Environments.IsEmpty: false } told ? told
                : null;
        }
    }

    /// <summary>The environments that change.</summary>
    public int ChangedEnvironments => Groups.Sum(group => group.Environments.Length);

    /// <summary>Whether nothing at all differs.</summary>
    public bool IsEmpty => Files.IsEmpty && Packages.IsEmpty && Dangerous.IsEmpty && Images.IsEmpty;

    /// <summary>Whether somebody may do more than before, or may do so as far as is known.</summary>
    public bool WidensAccess => !Gained.IsEmpty || !NotEvaluated.IsEmpty;

    /// <summary>Objects and access that differ although no input asks for it: another version of GitOpsGen, or edits by hand.</summary>
    public bool HasDrift => Objects.Any(change => change.IsDrift) || Gained.Concat(Lost).Any(change => change.IsDrift);
}

/// <summary>An image that has to be in a registry.</summary>
/// <param name="Registry">The registry's host.</param>
/// <param name="Repository">The path there.</param>
/// <param name="Tag">Its tag.</param>
/// <param name="Digest">What it is, byte for byte; <see langword="null"/> where the lock does not say.</param>
internal sealed record ImageNeed(string Registry, string Repository, string Tag, string? Digest) : ReviewItem
{
    public override ImmutableArray<string> Words => [Registry, Repository, Tag, Digest ?? ""];
}

/// <summary>A repository that has to exist.</summary>
/// <param name="Registry">The registry's host.</param>
/// <param name="Repository">The path there.</param>
/// <param name="Policy">The document to set on it, below the output; <see langword="null"/> where it needs none.</param>
internal sealed record RepositoryNeed(string Registry, string Repository, string? Policy) : ReviewItem
{
    public override ImmutableArray<string> Words => [Registry, Repository, Policy ?? ""];
}

/// <summary>An object that stays in the cluster although Git no longer has it.</summary>
/// <param name="Order">Its place in the order of deletion: dependents come first.</param>
/// <param name="Type">Its resource type, as kubectl takes it: <c>providers.pkg.crossplane.io</c>.</param>
/// <param name="Name">Its name.</param>
internal sealed record Leftover(int Order, string Type, string Name) : ReviewItem
{
    public string Command => $"kubectl delete {Type} {ShellWord.Of(Name)}";

    public override ImmutableArray<string> Words => [$"{Order:D6}", Type, Name];
}

/// <summary>One file that differs.</summary>
/// <param name="Path">Below the output.</param>
/// <param name="Change">What happens to it.</param>
internal sealed record FileChange(string Path, ChangeKind Change)
{
    /// <summary>Whether it only lists or explains others: a ledger, a kustomization, a README.</summary>
    public bool IsBookkeeping => Path.Split('/')[^1] is "kustomization.yaml" or "README.md" || Path.Split('/')[^1].StartsWith('.');

    /// <summary>The environment that it belongs to; <see langword="null"/> for one of all.</summary>
    public string? Environment => LedgerScope.Of(RelativePath.Parse(Path)).Environment;

    /// <summary>The first folder of the path; empty for a file of the output itself.</summary>
    public string Folder => Path.IndexOf('/') is > 0 and var end ? Path[..end] : "";
}

/// <summary>Environments that change alike: what happens in one happens in the others, with their own name, account, region and host.</summary>
/// <param name="Environments">In the order of the report.</param>
internal sealed record EnvironmentGroup(ImmutableArray<string> Environments)
{
    /// <summary>The one whose values are shown.</summary>
    public string Like => Environments[0];
}
