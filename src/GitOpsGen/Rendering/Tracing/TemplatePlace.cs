namespace GitOpsGen.Rendering.Tracing;

/// <summary>A place in a template's text, from 1; for a value, that of the expression that prints it.</summary>
public readonly record struct TemplatePlace(string File, int Line, int Column);
