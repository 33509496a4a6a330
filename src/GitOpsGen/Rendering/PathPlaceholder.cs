namespace GitOpsGen.Rendering;

/// <summary>What may stand in braces in a template's path: the template is rendered once for each.</summary>
[Flags]
internal enum PathPlaceholder
{
    None = 0,
    Environment = 1,
    Registry = 2,
    Wave = 4,
    Object = 8,
    Part = 16,
}
