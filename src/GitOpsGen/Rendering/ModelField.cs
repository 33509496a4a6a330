namespace GitOpsGen.Rendering;

/// <summary>What templates may read from a model object: one line of the reference for template authors.</summary>
/// <param name="Name">The name in templates, in snake_case.</param>
/// <param name="Type">The type in words: <c>text</c>, <c>flag</c>, <c>number</c>, <c>yaml</c>, a model type's name, or <c>list of …</c>.</param>
/// <param name="Meaning">One line.</param>
/// <param name="IsOptional">Whether it may be null.</param>
internal record ModelField(string Name, string Type, string Meaning, bool IsOptional);
