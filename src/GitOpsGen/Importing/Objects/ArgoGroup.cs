namespace GitOpsGen.Importing.Objects;

/// <summary>The API group of Argo CD.</summary>
internal static class ArgoGroup
{
    public const string Name = "argoproj.io";
}
