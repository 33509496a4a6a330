using GitOpsGen.Output;
using GitOpsGen.Planning;
using GitOpsGen.Settings;

namespace GitOpsGen.Review;

/// <summary>One side of a change: what its inputs decide, and what they render.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Plan">What was decided for every environment.</param>
/// <param name="Tree">The rendered files.</param>
internal sealed record ReviewSide(ProjectSettings Settings, Plan Plan, FileTree Tree);

/// <summary>
/// Compares three outputs: what is committed at base, what head renders, and what base's inputs render. From the first to the second is
/// what merges. From the third to the second is what the author did. The rest is drift.
/// </summary>
/// <param name="before">Base's inputs; <see langword="null"/> where they cannot be rendered, or there are none.</param>
/// <param name="committed">The output that is committed at base.</param>
/// <param name="after">Head.</param>
internal sealed class Reviewer(ReviewSide? before, CommittedOutput committed, ReviewSide after)
{
    /// <summary>Why base's inputs cannot be rendered; <see langword="null"/> where they can, or there are none.</summary>
    public string? BaseProblem { get; init; }

    /// <summary>The report.</summary>
    /// <param name="isChosen">Whether the report is about an environment.</param>
    /// <param name="jobs">How many environments at once.</param>
    /// <param name="cancellation">Stops it.</param>
    public ReviewReport Report(Func<string, bool> isChosen, int jobs, CancellationToken cancellation)
    {
        var known = Names();
        var names = known.Where(isChosen).ToImmutableArray();
        var others = known.Except(names).ToHashSet(StringComparer.Ordinal);
        var pairs = EnvironmentPair.Of(before?.Plan, after.Plan, names).ToImmutableArray();
        var objects = new ObjectComparison(committed.Tree, after.Tree, after.Settings.Output).Compare(jobs, cancellation);
        var hasDrift = before is not null && !FileComparison.Of(before.Tree, committed.Tree).IsEmpty;
        var own =
            before is null || !hasDrift ? objects : new ObjectComparison(before.Tree, after.Tree, after.Settings.Output).Compare(jobs, cancellation);
        ImmutableArray<Plan> beforePlan = before is null ? [] : [before.Plan];
        var (held, given) = (
            new AccessDocuments(committed.Tree, [.. beforePlan, after.Plan]),
            new AccessDocuments(after.Tree, [after.Plan, .. beforePlan])
        );
        var asked = new Lazy<AccessDocuments>(() => new(before!.Tree, [before.Plan, after.Plan]));
        var access = new AccessReview();
        var files = committed.Changes.Where(file => file.Environment is not { } environment || !others.Contains(environment)).ToImmutableArray();

        var report = new ReviewReport
        {
            Environments = names,
            BaseProblem = BaseProblem,
            Packages = BaseProblem is not null ? [] : Folded(Each(pair => PackageChange.Between(pair.Name, pair.Before, pair.After))),
            Images = BaseProblem is not null ? [] : Folded(Each(MergeNeeds.Images)),
            Repositories = BaseProblem is not null ? [] : Folded(MergeNeeds.Repositories(before?.Plan, after.Plan)),
            Gained = Folded(Marked(access.Beyond(given, held), () => access.Beyond(given, asked.Value))),
            Lost = Folded(Marked(access.Beyond(held, given), () => access.Beyond(asked.Value, given))),
            NotEvaluated = Folded(AccessReview.NotEvaluated(held, given)),
            Objects = Folded(Objects(objects, own)),
            Leftovers = Folded(Each(pair => Leftovers.In(pair, objects.Of(pair.Name).Changes))),
            Dangerous = Folded(Each(pair => DangersIn(pair, objects.Of(pair.Name)))),
            Files = files,
            Graphs = BaseProblem is not null ? [] : ChangedGraph.Of(pairs),
        };
        return report with { Groups = EnvironmentGroups.Of(pairs, [.. report.Items], files, Contents(objects)) };

        IEnumerable<T> Each<T>(Func<EnvironmentPair, IEnumerable<T>> found) =>
            pairs.SelectSideBySide(pair => found(pair).ToArray(), cancellation).SelectMany(items => items);

        ImmutableArray<T> Folded<T>(IEnumerable<T> items)
            where T : ReviewItem => ReviewItems.Fold(items, names);

        IEnumerable<AccessChange> Marked(IEnumerable<AccessChange> changes, Func<IEnumerable<AccessChange>> ofInputs)
        {
            var own = hasDrift ? ofInputs().Select(change => change.Key).ToHashSet() : null;
            return changes.Select(change => change with { IsDrift = own?.Contains(change.Key) == false });
        }
    }

    private static IEnumerable<Danger> DangersIn(EnvironmentPair pair, EnvironmentObjects objects) =>
        PackageDangers
            .In(pair)
            .Concat(InstallDangers.In(pair))
            .Concat(ObjectDangers.In(pair, objects))
            .Concat(ApplicationDangers.In(pair, objects))
            .Select(danger => danger with { Environments = [pair.Name] });

    private static IEnumerable<ObjectChange> Objects(ObjectChanges changes, ObjectChanges ofInputs) =>
        from environment in changes.Environments
        let asked = ofInputs.Of(environment).Changes.Select(change => change.Object).ToHashSet()
        from change in changes.Of(environment).Changes
        select change with
        {
            IsDrift = !asked.Contains(change.Object),
        };

    // Of an object that comes, the report has the name; what is in it still makes environments differ.
    private static IEnumerable<(string Environment, string Text)> Contents(ObjectChanges changes) =>
        from environment in changes.Environments
        from change in changes.Of(environment).Changes
        where change.Change == ChangeKind.Added
        select (environment, NodeDifference.Of(null, change.After)[0].To!);

    private List<string> Names()
    {
        var current = after.Settings.InOrderOfTheFile.Select(environment => environment.Name.Value.Value).ToList();
        var gone = (before?.Settings.InOrderOfTheFile ?? [])
            .Select(environment => environment.Name.Value.Value)
            .Except(current, StringComparer.Ordinal);
        return [.. current, .. gone];
    }
}
