namespace GitOpsGen.Validation.Cel;

/// <summary>A rule is outside of the subset, or no CEL; the message is the end of a sentence.</summary>
internal sealed class CelUnsupportedException(string what) : Exception(what);
