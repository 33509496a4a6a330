namespace GitOpsGen.Tests.Access;

/// <summary>One question with the table's answer.</summary>
internal sealed record AccessCell(Principal Principal, IamQuestion Question, bool IsAllowed)
{
    public override string ToString() => $"{Principal.Document}: {Question.Principal}: {Question.Action} on {Question.Resource} should be {(IsAllowed ? "allowed" : "denied")}";
}
