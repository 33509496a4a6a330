namespace GitOpsGen.Iam.Access;

/// <summary>
/// An answer about a policy that may not be known: an operator that is not looked into, a policy variable, a point that AWS leaves
/// open. In order, so that <c>and</c> is the smaller and <c>or</c> the greater (Kleene's three values).
/// </summary>
internal enum Certainty
{
    No,
    Maybe,
    Yes,
}
