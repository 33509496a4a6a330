namespace GitOpsGen.Tests.Validation;

/// <summary>An object about which two validators are not of one mind.</summary>
/// <param name="Json">The object.</param>
/// <param name="Findings">What GitOpsGen says against it; empty where it accepts it.</param>
/// <param name="OtherAccepts">Whether the other validator accepts it.</param>
internal sealed record Disagreement(string Json, string Findings, bool OtherAccepts);
