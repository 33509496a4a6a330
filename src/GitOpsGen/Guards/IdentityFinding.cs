using System.Collections.Immutable;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Guards;

/// <summary>A difference between what Kustomize builds and the plan.</summary>
/// <param name="Diagnostic">What is wrong; its place is in a rendered file.</param>
/// <param name="Sources">The rendered files, below the output, whose templates may be to blame, the likeliest first.</param>
internal sealed record IdentityFinding(Diagnostic Diagnostic, ImmutableArray<string> Sources);
