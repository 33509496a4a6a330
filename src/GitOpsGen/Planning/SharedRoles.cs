using GitOpsGen.Iam;

namespace GitOpsGen.Planning;

/// <summary>
/// Two environments may share a role, by its name or by its ARN, only if both need the same documents: applying the documents of one
/// would lock out the other. There is one finding for all roles that the same environments share, at the first environment that differs.
/// </summary>
internal static class SharedRoles
{
    public static void Check(IEnumerable<EnvironmentPlan> environments, DiagnosticBag bag)
    {
        var needs = environments.SelectMany(Needs).ToLookup(need => need.Role, StringComparer.Ordinal);
        // Two clusters that differ in one thing differ in all the roles that they share.
        foreach (var same in needs.Select(ConflictOf).OfType<Conflict>().GroupBy(conflict => string.Join(' ', conflict.Names)))
        {
            var conflict = same.First();
            var (names, others) = (conflict.Names, conflict.Names.Length - 2);
            bag.Add(
                new Diagnostic(
                    Rules.SharedRole,
                    $"Environments {names[0]} and {names[1]}{(others > 0 ? $" (and {others} more)" : "")} share {string.Join(" and ", same.Select(one => one.Role))}, but need a different {string.Join(", and a different ", same.Select(one => $"{string.Join(" and ", one.Documents)} for {one.Role}"))}.",
                    "Give each environment its own role.",
                    conflict.Place
                )
                {
                    Environments = names,
                }
            );
        }
    }

    private static Conflict? ConflictOf(IGrouping<string, Need> role)
    {
        var differing = role.GroupBy(need => need.Document).SelectMany(Differing).ToList();
        if (differing.FirstOrDefault() is not { } first)
            return null;

        return new(
            role.Key,
            [NameOf(first.Other), .. differing.Select(pair => NameOf(pair.Need)).Distinct()],
            [.. differing.Where(pair => pair.Need.Environment == first.Need.Environment).Select(pair => pair.Need.Document)],
            first.Need.Environment.Settings.Name.Span
        );

        static string NameOf(Need need) => need.Environment.Settings.Name.Value.Value;
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
            yield return new(environment, role.ToString(), "node policy", access!.Nodes!.Policy);

        if (access?.PackageManager is { } manager)
        {
            yield return new(environment, manager.Role.ToString(), "package manager policy", manager.Policy);
            yield return new(environment, manager.Role.ToString(), "trust policy", [manager.Trust]);
        }

        foreach (var role in environment.Access?.Pods ?? [])
            yield return new(environment, role.Role.ToString(), "trust policy", [role.Trust]);
    }

    private static string Text(ImmutableArray<PolicyDocument> documents) =>
        string.Join(
            ';',
            documents
                .SelectMany(document => document.Statements)
                .SelectMany(s =>
                    s.Actions.Concat(s.Resources)
                        .Concat(s.Principals?.Names ?? [])
                        .Concat(s.Conditions.Select(c => $"{c.Key}={string.Join(',', c.Values)}"))
                )
        );

    private sealed record Need(EnvironmentPlan Environment, string Role, string Document, ImmutableArray<PolicyDocument> Content);

    private sealed record Pair(Need Other, Need Need);

    /// <summary>A role, the environments that differ (the one with which they are compared is first), and the documents of the first of them.</summary>
    private sealed record Conflict(string Role, ImmutableArray<string> Names, ImmutableArray<string> Documents, SourceSpan Place);
}
