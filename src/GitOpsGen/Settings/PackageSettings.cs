using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Yaml;

namespace GitOpsGen.Settings;

/// <summary>What the user decides about the packages whose object name a pattern matches.</summary>
/// <param name="Pattern">An object name, or a glob over them.</param>
/// <param name="Spec">Optional fields of the package's spec.</param>
/// <param name="Runtime">The pods that run the package.</param>
internal sealed record PackageSettings(Located<NamePattern> Pattern, YamlMapping? Spec, RuntimeSettings? Runtime);
