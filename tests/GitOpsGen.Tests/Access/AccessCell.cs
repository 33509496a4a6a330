namespace GitOpsGen.Tests.Access;

/// <summary>One question with the table's answer.</summary>
internal sealed record AccessCell(Principal Principal, IamQuestion Question, bool IsAllowed)
{
    /// <summary>Whether a mistake in an ARN would show here: the principal may do this somewhere, or the repository is a locked one.</summary>
    public required bool IsTelling { get; init; }

    public override string ToString() =>
        $"{Principal.Document}: {Question.Principal}: {Question.Action} on {Question.Resource} should be {(IsAllowed ? "allowed" : "denied")}";
}
