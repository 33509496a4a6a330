namespace GitOpsGen.Tests.Laws;

/// <summary>One environment of a random project.</summary>
internal sealed record RandomEnvironment(int Registry, bool PinsDigests, bool FoldsResources, bool UsesArgoCd, bool HasPackageManager)
{
    public string Text(string name, string registry, string prefix) =>
        $"  {name}:\n    registry: {{ {registry}, prefix: {prefix} }}\n    install: direct\n    pin: {(PinsDigests ? "digest" : "tag")}\n"
        + $"    iam:\n      resources: {(FoldsResources ? "wildcard" : "exact")}\n      nodes: {{ roles: [node-{name}] }}\n"
        + (HasPackageManager ? $"      packageManager: {{ role: pull-{name}, oidcIssuer: oidc.example.com/id/{name} }}\n" : "")
        + (UsesArgoCd ? "    gitops:\n      engine: argocd\n      argocd: { repoURL: https://example.com/x.git, destination: { name: " + name + " } }\n" : "");
}
