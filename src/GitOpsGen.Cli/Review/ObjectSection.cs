using GitOpsGen.Output;
using GitOpsGen.Review;

namespace GitOpsGen.Cli.Review;

/// <summary>Kubernetes objects that differ, with their fields.</summary>
/// <param name="title">What they are called together.</param>
/// <param name="changes">The objects.</param>
/// <param name="environments">How environments are named.</param>
internal sealed class ObjectSection(string title, ImmutableArray<ObjectChange> changes, EnvironmentNames environments)
{
    private readonly ImmutableArray<Block> names = [.. changes.Select(change => NameOf(change, environments))];

    // Which of them is how manieth by the length of its fields.
    private readonly Dictionary<object, int> ranks = changes
        .OrderBy(Size)
        .Index()
        .ToDictionary(place => (object)place.Item, place => place.Index, ReferenceEqualityComparer.Instance);

    /// <summary>How many there are.</summary>
    public int Count => changes.Length;

    /// <summary>The section; nothing without objects.</summary>
    /// <param name="detail">How much is shown.</param>
    /// <param name="withFields">Of how many the fields are shown: of those with the fewest.</param>
    public IEnumerable<Block> Blocks(PageDetail detail, int withFields) =>
        changes.IsEmpty
            ? []
            :
            [
                new Block.Details(
                    Words.Of($"{title}: {ReviewPage.CountsBy(changes.GroupBy(change => change.Change))}"),
                    detail.ObjectNames ? [.. changes.Index().SelectMany(place => Blocks(place.Index, place.Item, withFields))] : []
                ),
            ];

    private ImmutableArray<Block> Blocks(int place, ObjectChange change, int withFields) =>
        ranks[change] < withFields && !change.Fields.IsEmpty
            ? [names[place], new Block.Changes([.. change.Fields.SelectMany(Lines)])]
            : [names[place]];

    private static Block.Paragraph NameOf(ObjectChange change, EnvironmentNames environments) =>
        new Block.Paragraph(
            environments.Of(change.Environments)
                + (change.Environments.IsEmpty ? "" : ": ")
                + $"{change.Change.Word()} "
                + Words.Code(change.Object.Kind)
                + " "
                + Words.Code(change.Object.Name)
                + (change.Object.Namespace.Length == 0 ? Words.None : Words.Of(" in ") + Words.Code(change.Object.Namespace))
        );

    private static int Size(ObjectChange change) =>
        change.Fields.Sum(field => field.Path.Length + (field.From?.Length ?? 0) + (field.To?.Length ?? 0));

    private static IEnumerable<ChangedLine> Lines(FieldChange field)
    {
        yield return new(' ', field.Path);
        if (field.From is { } from)
            yield return new('-', from);

        if (field.To is { } to)
            yield return new('+', to);
    }
}
