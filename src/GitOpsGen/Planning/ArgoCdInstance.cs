namespace GitOpsGen.Planning;

/// <summary>The Argo CD that reads the output.</summary>
/// <param name="Namespace">Its namespace; <see langword="null"/> where the environments name several, so that no file can know.</param>
internal sealed record ArgoCdInstance(string? Namespace);
