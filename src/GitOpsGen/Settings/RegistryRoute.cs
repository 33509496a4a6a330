using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Settings;

/// <summary>How a registry is reached by the commands that read it; no reference in the output is changed by it.</summary>
/// <param name="Host">The host that references begin with.</param>
/// <param name="Endpoint">The proxy that is asked instead; <see langword="null"/>: the host itself.</param>
/// <param name="CaFile">A PEM file, below the root, with authorities that are trusted beside the machine's.</param>
internal sealed record RegistryRoute(Located<string> Host, Uri? Endpoint, Located<RelativePath>? CaFile);
