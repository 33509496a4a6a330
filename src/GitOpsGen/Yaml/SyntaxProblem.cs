using GitOpsGen.Diagnostics;

namespace GitOpsGen.Yaml;

/// <summary>What is wrong with a text, and where in it.</summary>
internal readonly record struct SyntaxProblem(SourcePosition At, string What);
