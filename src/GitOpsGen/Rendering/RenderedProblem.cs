using GitOpsGen.Diagnostics;

namespace GitOpsGen.Rendering;

/// <summary>What is wrong with a rendered file, and where in it.</summary>
internal readonly record struct RenderedProblem(SourcePosition At, string What);
