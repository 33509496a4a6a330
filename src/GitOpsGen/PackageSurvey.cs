using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages;

namespace GitOpsGen;

/// <summary>What is locked, as far as it can be looked at.</summary>
/// <param name="Lockfile">The lockfile; <see langword="null"/> where it or the settings cannot be read.</param>
/// <param name="Graphs">One for each set of packages that run together, with the chosen environments alone.</param>
/// <param name="Diagnostics">
/// The errors. A circle or a missing dependency is one, and stands in the graphs all the same; what else the rules find is lint's to say.
/// </param>
internal sealed record PackageSurvey(PackageLock? Lockfile, ImmutableArray<PackageGraph> Graphs, ImmutableArray<Diagnostic> Diagnostics);
