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

/// <summary>What an IAM document is attached to; the grammar differs.</summary>
internal enum PolicyKind
{
    /// <summary>A principal: it names resources and no principal.</summary>
    Identity,

    /// <summary>An ECR repository: it names principals and no resource (ECR refuses one, aws/aws-cdk#24314).</summary>
    Repository,

    /// <summary>A role: it names who may assume it, and no resource.</summary>
    Trust,
}

/// <summary>One key of one operator of a <c>Condition</c>: all of them have to hold.</summary>
/// <param name="Operator">The operator as written, its prefix and suffix included.</param>
/// <param name="Key">The context key; compared without case.</param>
/// <param name="Values">The values, never none: one of them has to match.</param>
internal sealed record PolicyCondition(ConditionOperator Operator, string Key, ImmutableArray<string> Values);

/// <summary>An element of a statement in either form: <c>Action</c> or <c>NotAction</c>, <c>Resource</c> or <c>NotResource</c>, …</summary>
/// <param name="Items">What is listed, never nothing.</param>
/// <param name="IsExcept">Whether all but the listed is meant.</param>
internal sealed record Selection<T>(ImmutableArray<Located<T>> Items, bool IsExcept);
