using GitOpsGen.Review;

namespace GitOpsGen.Cli.Review;

/// <summary>The worst that happens in an environment; the worse comes later.</summary>
internal enum EnvironmentKind
{
    Unchanged,
    Drift,
    Changes,
    Breaking,
    Access,
    Danger,
}

/// <summary>The environments of a report by kind.</summary>
internal static class EnvironmentKinds
{
    public static IReadOnlyDictionary<string, EnvironmentKind> Of(ReviewReport report)
    {
        var worst = report.Environments.ToDictionary(name => name, _ => EnvironmentKind.Unchanged, StringComparer.Ordinal);
        foreach (var name in report.Groups.SelectMany(group => group.Environments))
            worst[name] = EnvironmentKind.Drift;

        var gained = report.Gained.Where(change => !change.IsDrift).ToHashSet<ReviewItem>(ReferenceEqualityComparer.Instance);
        foreach (var item in report.Items)
        {
            var kind = gained.Contains(item) ? EnvironmentKind.Access : KindOf(item);
            foreach (var name in item.Environments.Where(name => worst[name] < kind))
                worst[name] = kind;
        }

        return worst;
    }

    /// <summary>The kind in a few words.</summary>
    public static string Text(this EnvironmentKind kind) =>
        kind switch
        {
            EnvironmentKind.Danger => "dangerous",
            EnvironmentKind.Access => "access wider",
            EnvironmentKind.Breaking => "breaking package",
            EnvironmentKind.Changes => "changes",
            EnvironmentKind.Drift => "drift only",
            _ => "no change",
        };

    /// <summary>A shape of its own, for those who see no colour.</summary>
    public static string Shape(this EnvironmentKind kind) =>
        kind switch
        {
            EnvironmentKind.Danger => "▲",
            EnvironmentKind.Access => "◆",
            EnvironmentKind.Breaking => "■",
            EnvironmentKind.Changes => "●",
            EnvironmentKind.Drift => "◇",
            _ => "○",
        };

    /// <summary>The class of its look.</summary>
    public static string Look(this EnvironmentKind kind) =>
        kind switch
        {
            EnvironmentKind.Danger => "bad",
            EnvironmentKind.Access or EnvironmentKind.Breaking => "watch",
            EnvironmentKind.Changes => "moves",
            _ => "plain",
        };

    private static EnvironmentKind KindOf(ReviewItem item) =>
        item switch
        {
            Danger => EnvironmentKind.Danger,
            ObjectChange { IsDrift: true } or AccessChange { IsDrift: true } => EnvironmentKind.Drift,
            UnreadDocument => EnvironmentKind.Access,
            PackageChange { Step: PackageStep.Breaking or PackageStep.Major } => EnvironmentKind.Breaking,
            _ => EnvironmentKind.Changes,
        };
}
