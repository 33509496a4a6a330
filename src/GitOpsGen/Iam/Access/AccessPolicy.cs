using System.Collections.Immutable;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Iam.Access;

/// <summary>An IAM document as it was read, whoever wrote it. What a plan wants to be rendered is a <see cref="PolicyDocument"/>.</summary>
/// <param name="Kind">What it is attached to.</param>
/// <param name="Statements">Its statements, in the order of the text.</param>
internal sealed record AccessPolicy(PolicyKind Kind, ImmutableArray<AccessStatement> Statements);

/// <summary>One statement of a document.</summary>
internal sealed record AccessStatement
{
    /// <summary>The statement's id; <see langword="null"/> where it has none.</summary>
    public string? Sid { get; init; }

    /// <summary>Whether it allows, or denies.</summary>
    public required bool Allows { get; init; }

    /// <summary>Whom it is about; <see langword="null"/> in an identity policy.</summary>
    public Selection<PolicyPrincipal>? Principals { get; init; }

    /// <summary>What it is about.</summary>
    public required Selection<string> Actions { get; init; }

    /// <summary>On what; <see langword="null"/> where the document is attached to the resource.</summary>
    public Selection<string>? Resources { get; init; }

    /// <summary>All that has to hold.</summary>
    public ImmutableArray<PolicyCondition> Conditions { get; init; } = [];

    /// <summary>Where it stands.</summary>
    public required SourceSpan Span { get; init; }
}
