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

    /// <summary>A policy that is over quota goes on in a second file: nothing for the first part, then <c>-2</c>, <c>-3</c>.</summary>
    Part = 16,
    ImageConfig = 32,
}
