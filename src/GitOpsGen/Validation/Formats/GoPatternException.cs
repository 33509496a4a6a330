namespace GitOpsGen.Validation.Formats;

/// <summary>A pattern that Go does not take, or that this program does not translate.</summary>
internal sealed class GoPatternException(string reason) : Exception(reason);
