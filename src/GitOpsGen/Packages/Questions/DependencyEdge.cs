using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Questions;

/// <summary>A package asks for another one, or for the core.</summary>
/// <param name="From">Who asks.</param>
/// <param name="Target">For what.</param>
/// <param name="Constraint">At which versions, where the lockfile says so.</param>
/// <param name="To">What is locked for it; <see langword="null"/> where nothing is.</param>
internal sealed record DependencyEdge(LockEntry From, Repository Target, Located<DependencyConstraint> Constraint, LockEntry? To)
{
    public EdgeState State =>
        To is null ? EdgeState.Missing
        : Constraint.Value is DependencyConstraint.Invalid ? EdgeState.Unreadable
        // A constraint on the core is on its version; Crossplane does not know its own digest.
        : Constraint.Value.Excludes(To.Version.Value, To.Kind == PackageKind.Crossplane ? null : To.Digest?.Value) ? EdgeState.NotMet
        : EdgeState.Met;

    /// <summary>The target as people call it: its object's name, or the repository where no entry gives it one.</summary>
    public string TargetName => To?.ObjectName.Value ?? Target.ToString();
}
