namespace GitOpsGen.Review;

/// <summary>Access that a principal gains or loses.</summary>
/// <param name="Principal">A role by its ARN; somebody that the settings do not name by what they do.</param>
/// <param name="Action">The action, or a pattern of actions.</param>
/// <param name="Resource">The ARN, the pattern, or the repositories that a document is set on.</param>
/// <param name="Document">The document that says so at head, or at base for what is lost, below the output.</param>
internal sealed record AccessChange(string Principal, string Action, string Resource, string Document) : ReviewItem
{
    /// <summary>Whether base's inputs, rendered by this version, already give what head gives.</summary>
    public bool IsDrift { get; init; }

    public override ImmutableArray<string> Words => [Principal, Resource, Action, Document, IsDrift ? "drift" : ""];
}

/// <summary>An IAM document that differs, and of which nobody can say whether it allows more.</summary>
/// <param name="Document">The document, below the output.</param>
/// <param name="Reason">Why it was not evaluated.</param>
internal sealed record UnreadDocument(string Document, string Reason) : ReviewItem
{
    public override ImmutableArray<string> Words => [Document, Reason];
}
