using GitOpsGen.Lockfile;
using GitOpsGen.Packages.Updating;
using GitOpsGen.Planning;

namespace GitOpsGen.Review;

/// <summary>A package that moves.</summary>
/// <param name="Package">The upstream repository.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Object">The object's name at head, or at base for a package that leaves.</param>
/// <param name="From">The version before; <see langword="null"/> for a new package.</param>
/// <param name="To">The version after; <see langword="null"/> for a package that leaves.</param>
/// <param name="Step">How far it moves.</param>
internal sealed record PackageChange(Repository Package, PackageKind Kind, string Object, string? From, string? To, PackageStep Step) : ReviewItem
{
    /// <summary>Who needs a new package that nobody asked for, by object name.</summary>
    public ImmutableArray<string> NeededBy { get; init; } = [];

    public override ImmutableArray<string> Words =>
        [Package.ToString(), Kind.ToString(), Object, From ?? "", To ?? "", Step.ToString(), string.Join(',', NeededBy)];

    /// <summary>What moves in one environment, where both sides have it.</summary>
    /// <param name="name">The environment.</param>
    /// <param name="before">What runs there at base; <see langword="null"/> where base lacks the environment.</param>
    /// <param name="after">What runs there at head; <see langword="null"/> where head lacks the environment.</param>
    public static IEnumerable<PackageChange> Between(string name, EnvironmentPlan? before, EnvironmentPlan? after)
    {
        var old = Entries(before);
        var current = Entries(after);
        foreach (var (package, entry) in current)
        {
            var was = old.GetValueOrDefault(package);
            if (StepOf(was, entry) is { } step)
            {
                yield return Of(entry, was, entry, step) with
                {
                    Environments = [name],
                    Cause = entry.Version.Span,
                    NeededBy = was is null && entry.IsIndirect ? Askers(entry, current.Values) : [],
                };
            }
        }

        foreach (var (package, entry) in old.Where(pair => !current.ContainsKey(pair.Key)))
        {
            yield return Of(entry, entry, null, PackageStep.Removed) with
            {
                Environments = [name],
            };
        }
    }

    private static PackageChange Of(LockEntry entry, LockEntry? from, LockEntry? to, PackageStep step) =>
        new(entry.Package.Value, entry.Kind, entry.ObjectName.Value, from?.Version.Value.Text, to?.Version.Value.Text, step);

    private static Dictionary<Repository, LockEntry> Entries(EnvironmentPlan? plan) =>
        plan?.Images.ToDictionary(image => image.Entry.Package.Value, image => image.Entry) ?? [];

    private static ImmutableArray<string> Askers(LockEntry entry, IEnumerable<LockEntry> all) =>
        [
            .. all.Where(other => other.DependsOn?.Any(need => need.Package.Value == entry.Package.Value) == true)
                .Select(other => other.ObjectName.Value)
                .Order(StringComparer.Ordinal),
        ];

    private static PackageStep? StepOf(LockEntry? before, LockEntry after)
    {
        if (before is null)
            return PackageStep.New;

        var (from, to) = (before.Version.Value, after.Version.Value);
        if (from == to)
            return before.Digest?.Value is { } old && after.Digest?.Value is { } moved && old != moved ? PackageStep.Digest : null;

        return to.ComparePrecedence(from) < 0 ? PackageStep.Downgrade
            : UpdateLimits.IsMajorStep(from, to) ? (from.Major == to.Major ? PackageStep.Breaking : PackageStep.Major)
            : to.IsPrerelease ? PackageStep.PreRelease
            : from.Minor != to.Minor ? PackageStep.Minor
            : PackageStep.Patch;
    }
}

/// <summary>How far a package moves; the more severe comes later.</summary>
internal enum PackageStep
{
    /// <summary>It was not there.</summary>
    New,

    /// <summary>The third number.</summary>
    Patch,

    /// <summary>The second number.</summary>
    Minor,

    /// <summary>To a version that is not released yet.</summary>
    PreRelease,

    /// <summary>The second number below 1.0, where anything may break.</summary>
    Breaking,

    /// <summary>The first number.</summary>
    Major,

    /// <summary>Other content under the same version.</summary>
    Digest,

    /// <summary>To an older version.</summary>
    Downgrade,

    /// <summary>It leaves.</summary>
    Removed,
}

/// <summary>The spelling of a step.</summary>
internal static class PackageSteps
{
    /// <summary>As it is written in every form.</summary>
    public static string Word(this PackageStep step) => step == PackageStep.PreRelease ? "pre-release" : step.ToString().ToLowerInvariant();
}
