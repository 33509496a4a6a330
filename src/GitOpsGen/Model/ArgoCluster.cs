namespace GitOpsGen.Model;

/// <summary>The clusters that Argo CD knows. The one that it runs in has a name and an address.</summary>
internal static class ArgoCluster
{
    private const string OwnName = "in-cluster";
    private const string OwnServer = "https://kubernetes.default.svc";

    /// <summary>Whether it is the cluster that Argo CD itself runs in.</summary>
    /// <inheritdoc cref="Known"/>
    public static bool IsOwn(string cluster) => Known(cluster) == OwnName;

    /// <summary>What to compare.</summary>
    /// <param name="cluster">The name or the address in a destination.</param>
    public static string Known(string cluster) => cluster.TrimEnd('/') is var known and not OwnServer ? known : OwnName;
}
