using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Yaml;

namespace GitOpsGen.Settings;

/// <summary>The core of an environment.</summary>
/// <param name="Namespace">Where it runs; <c>crossplane-system</c> by default.</param>
/// <param name="Release">The Helm release's name; <c>crossplane</c> by default.</param>
/// <param name="ChartRepository">Another place for the chart than the lock names.</param>
/// <param name="Values">The user's Helm values.</param>
internal sealed record CrossplaneSettings(string Namespace, string Release, Located<ChartRepository>? ChartRepository, YamlMapping? Values);
