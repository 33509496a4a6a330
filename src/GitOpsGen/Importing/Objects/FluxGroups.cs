namespace GitOpsGen.Importing.Objects;

/// <summary>The API groups of Flux.</summary>
internal static class FluxGroups
{
    public const string Kustomize = "kustomize.toolkit.fluxcd.io";
    public const string Helm = "helm.toolkit.fluxcd.io";
    public const string Source = "source.toolkit.fluxcd.io";
}
