namespace GitOpsGen.Validation.Cel;

/// <summary>The pieces of a rule.</summary>
internal enum CelTokenKind
{
    End,
    Name,
    Number,
    Text,
    Operator,
}
