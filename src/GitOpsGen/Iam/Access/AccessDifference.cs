using System.Collections.Immutable;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Iam.Access;

/// <summary>What a document and the plan differ in: each of the actions on each of the resources for each of the principals.</summary>
/// <param name="Span">The statement that grants more; <see langword="null"/> for access that is lost.</param>
/// <param name="Sid">Its id.</param>
/// <param name="Actions">As they are written.</param>
/// <param name="Resources">As they are written; empty where the document is attached to its resource.</param>
/// <param name="Principals">As they are written; empty in an identity policy.</param>
internal sealed record AccessDifference(
    SourceSpan? Span,
    string? Sid,
    ImmutableArray<string> Actions,
    ImmutableArray<string> Resources,
    ImmutableArray<string> Principals
)
{
    private const int Shown = 3;

    /// <summary>As it stands in a sentence: <c>ecr:* on arn:… and 11 more for arn:…</c>.</summary>
    public override string ToString() => $"{Text(Actions)}{Text(" on ", Resources)}{Text(" for ", Principals)}";

    private static string Text(string word, ImmutableArray<string> items) => items.IsEmpty ? "" : word + Text(items);

    private static string Text(ImmutableArray<string> items)
    {
        var shown = string.Join(", ", items.Take(Shown).Select(item => Excerpt.Of(item, 200)));
        return items.Length <= Shown ? shown : $"{shown} and {items.Length - Shown} more";
    }
}
