using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Yaml;

namespace GitOpsGen.Planning;

/// <summary>One DeploymentRuntimeConfig: how the pods of one package run.</summary>
/// <param name="Entry">The package's lock entry.</param>
/// <param name="ServiceAccount">A fixed name for the pods' service account.</param>
/// <param name="Annotations">Annotations of the service account.</param>
/// <param name="Replicas">How many pods there are.</param>
internal sealed record RuntimeConfigPlan(LockEntry Entry, Located<string>? ServiceAccount, YamlMapping? Annotations, YamlScalar? Replicas)
{
    /// <summary>The object's name, the package's own.</summary>
    public string Name => Entry.ObjectName.Value;
}
