using GitOpsGen.Importing.Comparing;

namespace GitOpsGen.Importing.HandingOver;

/// <summary>
/// The order of a hand-over. Nothing that deletes by itself is left when files move: finalizers and prune go first, and objects that are replaced
/// are deleted only after their successors work.
/// </summary>
internal sealed class HandOverPlanner
{
    private readonly ImportResult imported;
    private readonly ImportComparison comparison;
    private readonly RenderedSide rendered;
    private readonly ImmutableArray<EnvironmentHandOver> environments;

    private HandOverPlanner(ImportResult imported, ImportComparison comparison, RenderedSide rendered)
    {
        (this.imported, this.comparison, this.rendered) = (imported, comparison, rendered);
        var plans = rendered.Plan.Environments.ToDictionary(plan => plan.Settings.Name.Value.Value);
        environments =
        [
            .. imported
                .Environments.Where(environment => plans.ContainsKey(environment.Name))
                .Select(environment => new EnvironmentHandOver(environment, plans[environment.Name], rendered)),
        ];
    }

    public static HandOver Of(ImportResult imported, ImportComparison comparison, RenderedSide rendered) =>
        new HandOverPlanner(imported, comparison, rendered).Plan();

    private HandOver Plan()
    {
        ImmutableArray<HandOverStep> steps =
        [
            Repairs(),
            Copies(),
            Step(
                "Apply the IAM documents of manifests/iam/ before the merge, because the first pull needs them.",
                environment => environment.Access()
            ),
            Step(
                "Take away what deletes by itself, and stop what would undo the next steps, before any file moves. Do it in Git where the objects are in Git.",
                environment => environment.Disarming()
            ),
            Step("Merge, and let the engine read what was rendered. Wait until every package is healthy.", environment => environment.Merging()),
            Step("Delete the objects that others replace, after every package is healthy.", environment => environment.Replaced()),
            Step("Take the old engine's objects away, from Git too. Nothing that they applied goes with them.", environment => environment.Engines()),
            Step("Remove the packages from the old Helm values, last.", environment => environment.ChartLists()),
        ];
        return new([.. steps.Where(step => !step.Parts.IsEmpty)], imported.LeftAlone);
    }

    private HandOverStep Repairs() =>
        new(
            "Repair what is wrong in the existing files; it is wrong today, too.",
            All([
                .. imported
                    .Diagnostics.Where(found => found.Severity == Severity.Error && found.Rule.Code.StartsWith("GOG85", StringComparison.Ordinal))
                    .Select(found => $"{found.Span?.Place}: {found.Rule.Code}: {found.Message} {found.Fix}"),
            ])
        );

    private HandOverStep Copies()
    {
        var changed = comparison
            .Environments.Where(environment =>
                environment.Differences.Any(difference => difference.Field == "pull" || difference is { Verdict: Verdict.New, Field: "" })
            )
            .Select(environment => environment.Name)
            .ToHashSet(StringComparer.Ordinal);
        return Step(
            "Copy the images that are pulled from another place than today, and prove that they are there.",
            environment => changed.Contains(environment.Name) && environment.HasCopies ? environment.Copying() : null
        );
    }

    private HandOverStep Step(string title, Func<EnvironmentHandOver, HandOverPart?> part) =>
        new(title, [.. environments.Select(part).OfType<HandOverPart>().Where(it => !it.Notes.IsEmpty || !it.Commands.IsEmpty)]);

    private static ImmutableArray<HandOverPart> All(ImmutableArray<string> notes) => notes.IsEmpty ? [] : [new("", notes, [])];
}

/// <summary>How a team goes from what it has to what is rendered, without deleting anything that runs.</summary>
/// <param name="Steps">The steps that apply, in their order.</param>
/// <param name="Stays">What is left alone, by kind; it stays in its folder, and with the engine's object that applies it.</param>
internal sealed record HandOver(ImmutableArray<HandOverStep> Steps, ImmutableSortedDictionary<string, int> Stays);

/// <summary>One step.</summary>
/// <param name="Title">What is done, and why.</param>
/// <param name="Parts">What it is for each environment; one with an empty name is for all.</param>
internal sealed record HandOverStep(string Title, ImmutableArray<HandOverPart> Parts);

/// <summary>A step in one environment.</summary>
/// <param name="Environment">The environment; empty for all of them.</param>
/// <param name="Notes">What a person does, a sentence each.</param>
/// <param name="Commands">What a shell does.</param>
internal sealed record HandOverPart(string Environment, ImmutableArray<string> Notes, ImmutableArray<string> Commands);
