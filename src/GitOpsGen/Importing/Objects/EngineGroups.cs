namespace GitOpsGen.Importing.Objects;

/// <summary>The API groups of Argo CD and Flux.</summary>
internal static class EngineGroups
{
    public const string ArgoCd = "argoproj.io";
    public const string Kustomize = "kustomize.toolkit.fluxcd.io";
    public const string Helm = "helm.toolkit.fluxcd.io";
    public const string Source = "source.toolkit.fluxcd.io";
}
