using GitOpsGen.Yaml;

namespace GitOpsGen.Importing.Objects;

/// <summary>The cluster that an Argo CD Application is for.</summary>
internal static class ArgoCluster
{
    private const string OwnName = "in-cluster";
    private const string OwnServer = "https://kubernetes.default.svc";

    /// <summary>The value that names it; <see langword="null"/> where nothing does.</summary>
    public static YamlScalar? Of(SourceObject application) =>
        application.Spec.At("destination") is var destination && destination.TextAt("name") is { Length: > 0 }
            ? destination.At("name") as YamlScalar
            : destination.At("server") as YamlScalar;

    /// <summary>What to compare: the cluster that Argo CD itself runs in has a name and an address.</summary>
    public static string Known(string cluster) => cluster == OwnName ? OwnServer : cluster.TrimEnd('/');
}
