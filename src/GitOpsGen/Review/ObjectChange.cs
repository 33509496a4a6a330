using GitOpsGen.Output;
using GitOpsGen.Validation.Builds;

namespace GitOpsGen.Review;

/// <summary>A Kubernetes object that differs between what is committed at base and what head renders.</summary>
/// <param name="Object">Which one.</param>
/// <param name="Change">Whether it comes, changes or goes.</param>
/// <param name="Fields">What differs in it; for one that comes or goes, nothing.</param>
internal sealed record ObjectChange(ObjectKey Object, ChangeKind Change, ImmutableArray<FieldChange> Fields) : ReviewItem
{
    /// <summary>Whether base's inputs, rendered by this version, already give what head gives: the author of the change did not cause it.</summary>
    public bool IsDrift { get; init; }

    /// <summary>The whole object before; <see langword="null"/> for one that comes.</summary>
    public YamlNode? Before { get; init; }

    /// <summary>The whole object after; <see langword="null"/> for one that goes.</summary>
    public YamlNode? After { get; init; }

    public override ImmutableArray<string> Words =>
        [
            Object.Kind,
            Object.Name,
            Object.Namespace,
            Object.ApiVersion,
            Change.ToString(),
            IsDrift ? "drift" : "",
            .. Fields.SelectMany(value => new[] { value.Path, value.From ?? "\u0001", value.To ?? "\u0001" }),
        ];
}
