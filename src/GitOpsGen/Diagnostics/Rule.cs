namespace GitOpsGen.Diagnostics;

/// <summary>One thing GitOpsGen checks.</summary>
/// <param name="Code"><c>GOG</c> and four digits; the first digit is the area (DESIGN.md, section 7).</param>
/// <param name="Default">The severity without a setting.</param>
/// <param name="CanChange">Whether <c>rules:</c> in the settings may change the severity.</param>
/// <param name="Summary">One line for <c>docs/rules.md</c> and SARIF.</param>
public sealed record Rule(string Code, Severity Default, bool CanChange, string Summary);
