namespace GitOpsGen.Validation.Cel;

/// <summary>A piece of a rule.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The operator or name as written, the number as written, or the string's value.</param>
internal readonly record struct CelToken(CelTokenKind Kind, string Text);
