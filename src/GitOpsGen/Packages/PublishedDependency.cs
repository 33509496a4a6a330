using GitOpsGen.Model;

namespace GitOpsGen.Packages;

/// <summary>One item of <c>dependsOn</c>, whichever form it was written in.</summary>
internal sealed record PublishedDependency(Repository Package, PackageKind Kind, DependencyConstraint Constraint);
