using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Locking;

/// <summary>That one package needs another.</summary>
internal sealed record Demand(LockEntry Dependent, Dependency Dependency)
{
    /// <summary>
    /// Whether a version may be what is needed. What cannot be read rules nothing out here; GOG2103 says what is to be said about it. Nor
    /// does a digest, as the tag behind it is another question.
    /// </summary>
    public bool MayBeMetBy(PackageVersion version) =>
        Dependency.Constraint.Value is not DependencyConstraint.Range range || range.Constraint.Accepts(version);

    /// <summary>Whether what is locked may move to a version. Away from a digest that is asked for, it may not.</summary>
    public bool AllowsMoveTo(PackageVersion version) => Dependency.Constraint.Value is not DependencyConstraint.Exact && MayBeMetBy(version);
}
