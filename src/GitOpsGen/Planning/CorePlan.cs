using GitOpsGen.Yaml;

namespace GitOpsGen.Planning;

/// <summary>The core in one environment.</summary>
/// <param name="Chart">The chart that installs it; <see langword="null"/> where the lock pins none.</param>
/// <param name="Values">The Helm values: generated and the user's, merged, keys in ordinal order.</param>
internal sealed record CorePlan(ChartPlan? Chart, YamlMapping Values);
