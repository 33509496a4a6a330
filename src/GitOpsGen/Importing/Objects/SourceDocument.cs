namespace GitOpsGen.Importing.Objects;

/// <summary>A document of the sources.</summary>
/// <param name="Key">The path of its file below the folder that all sources are in.</param>
/// <param name="Node">Its content; each value has its place.</param>
internal sealed record SourceDocument(string Key, YamlNode Node);
