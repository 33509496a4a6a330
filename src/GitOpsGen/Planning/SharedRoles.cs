using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;

namespace GitOpsGen.Planning;

/// <summary>
/// Two environments may share a role, by its name or by its ARN, only if both need the same documents: applying the documents of one
/// would lock out the other. There is one finding for each role, at the first environment that differs.
/// </summary>
internal static class SharedRoles
{
    public static void Check(IEnumerable<EnvironmentPlan> environments, DiagnosticBag bag)
    {
        var needs = environments.SelectMany(Needs).ToLookup(need => need.Role, StringComparer.Ordinal);
        foreach (var role in needs)
        {
            var differing = role.GroupBy(need => need.Document).SelectMany(Differing).ToList();
            if (differing.FirstOrDefault() is not { } first)
            {
                continue;
            }

            var documents = differing.Where(pair => pair.Need.Environment == first.Need.Environment).Select(pair => pair.Need.Document);
            var others = differing.Select(pair => pair.Need.Environment).Distinct().Count() - 1;
            bag.Add(
                Rules.SharedRole,
                first.Need.Environment.Settings.Name.Span,
                $"Environments {first.Other.Environment.Settings.Name} and {first.Need.Environment.Settings.Name}{(others > 0 ? $" (and {others} more)" : "")} share {role.Key}, but need a different {string.Join(" and ", documents)} for it.",
                "Give each environment its own role."
            );
        }
    }

    private static IEnumerable<Pair> Differing(IEnumerable<Need> needs)
    {
        var other = needs.First();
        return needs.Where(need => !AreEqual(need.Content, other.Content)).Select(need => new Pair(other, need));
    }

    // Environments that pull the same images have identical documents.
    private static bool AreEqual(ImmutableArray<PolicyDocument> one, ImmutableArray<PolicyDocument> other) =>
        one == other || Text(one) == Text(other);

    private static IEnumerable<Need> Needs(EnvironmentPlan environment)
    {
        var access = environment.Access?.Registry;
        foreach (var role in access?.Nodes?.Roles ?? [])
        {
            yield return new(environment, role.ToString(), "node policy", access!.Nodes!.Policy);
        }

        if (access?.PackageManager is { } manager)
        {
            yield return new(environment, manager.Role.ToString(), "package manager policy", manager.Policy);
            yield return new(environment, manager.Role.ToString(), "trust policy", [manager.Trust]);
        }
    }

    private static string Text(ImmutableArray<PolicyDocument> documents) =>
        string.Join(
            ';',
            documents
                .SelectMany(document => document.Statements)
                .SelectMany(s => s.Resources.Concat(s.Principals?.Names ?? []).Concat(s.Conditions.Select(c => $"{c.Key}={c.Value}")))
        );

    private sealed record Need(EnvironmentPlan Environment, string Role, string Document, ImmutableArray<PolicyDocument> Content);

    private sealed record Pair(Need Other, Need Need);
}
