using GitOpsGen.Yaml;

namespace GitOpsGen.Planning;

/// <summary>One DeploymentRuntimeConfig: how the pods of one package run.</summary>
/// <param name="Name">The object's name, the package's own.</param>
/// <param name="ServiceAccount">A fixed name for the pods' service account.</param>
/// <param name="Annotations">Annotations of the service account.</param>
/// <param name="Replicas">How many pods there are.</param>
internal sealed record RuntimeConfigPlan(string Name, string? ServiceAccount, YamlMapping? Annotations, YamlScalar? Replicas);
