using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;

namespace GitOpsGen.Planning;

/// <summary>
/// Two environments may share a role only if both ask for the same documents: applying one environment's would lock out the
/// other's.
/// </summary>
internal static class SharedRoles
{
    public static void Check(IEnumerable<EnvironmentPlan> environments, DiagnosticBag bag)
    {
        var first = new Dictionary<(string Role, string Document), (EnvironmentPlan Environment, string Content)>();
        foreach (var environment in environments)
        {
            if (environment.Access is not { } access)
            {
                continue;
            }

            foreach (var role in access.NodeRoles)
            {
                Compare(environment, role, "node policy", Text(access.NodePolicy));
            }

            if (access.PackageManager is { } manager)
            {
                Compare(environment, manager.RoleArn, "package manager policy", Text(manager.Policy));
                Compare(environment, manager.RoleArn, "trust policy", manager.Trust.ToString());
            }
        }

        void Compare(EnvironmentPlan environment, string role, string document, string content)
        {
            if (!first.TryAdd((role, document), (environment, content)) && first[(role, document)] is var (other, theirs) && theirs != content)
            {
                bag.Add(
                    Rules.SharedRole,
                    environment.Settings.Name.Span,
                    $"Environments {other.Settings.Name} and {environment.Settings.Name} share {role}, but need a different {document} for it.",
                    "Give each environment its own role.");
            }
        }
    }

    private static string Text(ImmutableArray<PolicyDocument> documents) =>
        string.Join(';', documents.SelectMany(document => document.Statements).SelectMany(statement => statement.Resources));
}
