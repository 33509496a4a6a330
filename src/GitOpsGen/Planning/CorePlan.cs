using GitOpsGen.Iam;
using GitOpsGen.Yaml;

namespace GitOpsGen.Planning;

/// <summary>The core in one environment.</summary>
/// <param name="Image">Its image.</param>
/// <param name="Chart">The chart that installs it; <see langword="null"/> where the lock pins none.</param>
/// <param name="Values">The Helm values: generated and the user's, merged, keys in ordinal order.</param>
internal sealed record CorePlan(RegistryImage Image, ChartPlan? Chart, YamlMapping Values);
