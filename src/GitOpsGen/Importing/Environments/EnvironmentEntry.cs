namespace GitOpsGen.Importing.Environments;

/// <summary>An environment, and the files and folders that belong to it alone.</summary>
/// <param name="Name">Its name, a DNS label.</param>
/// <param name="Keys">Keys of the tree.</param>
/// <param name="IsGiven">Whether the command line says so.</param>
/// <param name="Original">The name as it was found.</param>
internal sealed record EnvironmentEntry(string Name, ImmutableArray<string> Keys, bool IsGiven, string Original);
