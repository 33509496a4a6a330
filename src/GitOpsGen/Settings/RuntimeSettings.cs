using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Settings;

/// <summary>What a DeploymentRuntimeConfig says about the pods of a package.</summary>
/// <param name="ServiceAccount">A fixed name for their service account; without it, it changes with every revision.</param>
/// <param name="Annotations">Annotations of the service account.</param>
/// <param name="Replicas">How many pods there are.</param>
internal sealed record RuntimeSettings(Located<string>? ServiceAccount, YamlMapping? Annotations, YamlScalar? Replicas);
