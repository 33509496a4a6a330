using System.Collections.Immutable;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Planning;

/// <summary>A chart that environments take from another place than the lock names.</summary>
/// <param name="Core">The lock entry that pins it.</param>
/// <param name="Source">Where the lock has it.</param>
/// <param name="Target">Where the environments have it.</param>
/// <param name="Environments">The environments, by name.</param>
internal sealed record ChartCopy(LockEntry Core, ChartPlan Source, ChartPlan Target, ImmutableArray<EnvironmentName> Environments);
