using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Planning;

/// <summary>
/// Crossplane's RBAC manager shares CRD access inside a provider family only between packages whose references agree in registry
/// and first path segment (crossplane internal/controller/rbac/provider/roles, OrgDiffer). What counts is the reference that
/// <c>spec.package</c> carries.
/// </summary>
internal static class FamilyRules
{
    public static void Check(EnvironmentName environment, IReadOnlyCollection<PackagePlan> packages, DiagnosticBag bag)
    {
        var families = packages.Where(package => package.Entry.IsProviderFamily).ToDictionary(package => package.Entry.Package.Value);
        foreach (var member in packages)
        {
            foreach (var dependency in member.Entry.DependsOn ?? [])
            {
                if (
                    families.TryGetValue(dependency.Package.Value, out var family)
                    && (family.Repository.Host, family.Repository.Organisation) != (member.Repository.Host, member.Repository.Organisation)
                )
                {
                    bag.Add(
                        Rules.FamilySplit,
                        member.Entry.Package.Span,
                        $"In environment {environment}, {member.Repository} and its family {family.Repository} differ in registry or first path segment: family RBAC breaks.",
                        "Take both from one organisation, or put both under one 'prefix'."
                    );
                }
            }
        }
    }
}
