using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Lockfile;

/// <summary>One dependency as a package publishes it.</summary>
internal sealed record Dependency(Located<Repository> Package, PackageKind Kind, Located<DependencyConstraint> Constraint);
