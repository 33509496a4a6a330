namespace GitOpsGen.Tests.Laws;

/// <summary>One environment of a random project.</summary>
internal sealed record RandomEnvironment(int Registry, bool PinsDigests, bool FoldsResources, bool UsesArgoCd, bool HasPackageManager)
{
    // Patterns that match some packages, all of them or none; a later one over an earlier one.
    private static readonly string[] Options =
    [
        "",
        "    packages: {}\n",
        "    packages:\n      \"*\": { spec: { revisionActivationPolicy: Manual } }\n",
        "    packages:\n      \"*\":\n        spec: { commonLabels: { team: a } }\n        runtime: { replicas: 2, serviceAccount: { annotations: { \"x.y/z\": \"on\" } } }\n"
            + "      named-*: { spec: { revisionHistoryLimit: 0 }, runtime: { replicas: 0 } }\n"
            + "      upbound-provider-1: { spec: { commonLabels: { team: b, \"yes\": \"no\" } }, runtime: { serviceAccount: { name: one } } }\n",
    ];

    public bool IsRewritten { get; init; }

    public bool HasPullSecret { get; init; }

    public int Packages { get; init; }

    /// <summary>Keys and values of <c>upstreams</c>.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    public string Text(string name, string registry, string prefix) =>
        $"  {name}:\n    registry: {(registry == "none" ? registry : $"{{ {registry}, prefix: {prefix}{(HasPullSecret ? ", pullSecret: registry" : "")} }}")}\n"
        + (Routes.Count == 0 ? "" : "    upstreams:\n" + string.Concat(Routes.Select(route => $"      {route}\n")))
        + $"    install: {(IsRewritten ? "rewrite" : "direct")}\n    pin: {(PinsDigests ? "digest" : "tag")}\n"
        + $"    iam:\n      resources: {(FoldsResources ? "wildcard" : "exact")}\n      nodes: {{ roles: [node-{name}] }}\n"
        + (HasPackageManager ? $"      packageManager: {{ role: pull-{name}, oidcIssuer: oidc.example.com/id/{name} }}\n" : "")
        + (
            UsesArgoCd
                ? "    gitops:\n      engine: argocd\n      argocd: { repoURL: https://example.com/x.git, destination: { name: " + name + " } }\n"
                : ""
        )
        + Options[Packages];
}
