namespace GitOpsGen.Importing.Installed;

/// <summary>Registries that everybody pulls from: what is named by one of them is no copy.</summary>
internal static class PublicHosts
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "xpkg.upbound.io",
        "xpkg.crossplane.io",
        "registry.upbound.io",
        "docker.io",
        "index.docker.io",
        "registry-1.docker.io",
        "ghcr.io",
        "quay.io",
        "gcr.io",
        "registry.k8s.io",
        "registry.gitlab.com",
        "public.ecr.aws",
        "mcr.microsoft.com",
    };

    public static bool Has(string host) => Known.Contains(host);
}
