namespace GitOpsGen.Rendering;

/// <summary>A template's text before it is parsed.</summary>
/// <param name="Name">The path below <c>templates/</c>, without <c>.scriban</c>.</param>
/// <param name="File">The path as diagnostics print it, such as <c>templates/base/x.yaml.scriban</c>.</param>
/// <param name="Text">The text, with any line endings and with or without a byte order mark.</param>
/// <param name="IsUsers">Whether it is the user's, and not in the program itself.</param>
internal sealed record TemplateSource(string Name, string File, string Text, bool IsUsers = false);
