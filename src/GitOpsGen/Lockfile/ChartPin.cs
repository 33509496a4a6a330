using GitOpsGen.Model;

namespace GitOpsGen.Lockfile;

/// <summary>The core's Helm chart: the repository that holds it and its exact version.</summary>
internal sealed record ChartPin(ChartRepository Repository, ChartVersion Version);
