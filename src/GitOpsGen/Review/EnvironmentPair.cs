using GitOpsGen.Lockfile;
using GitOpsGen.Planning;

namespace GitOpsGen.Review;

/// <summary>One environment on both sides.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Before">At base; <see langword="null"/> where base lacks it.</param>
/// <param name="After">At head; <see langword="null"/> where head lacks it.</param>
internal sealed record EnvironmentPair(string Name, EnvironmentPlan? Before, EnvironmentPlan? After)
{
    /// <summary>Every environment of two plans.</summary>
    public static IEnumerable<EnvironmentPair> Of(Plan? before, Plan after, IEnumerable<string> names)
    {
        var old = ByName(before);
        var current = ByName(after);
        return names.Select(name => new EnvironmentPair(name, old.GetValueOrDefault(name), current.GetValueOrDefault(name)));
    }

    /// <summary>The packages, and the core, that both sides have: the entry before and after.</summary>
    public IEnumerable<(LockEntry Before, LockEntry After)> Kept()
    {
        var old = Entries(Before).ToDictionary(entry => entry.Package.Value);
        return Entries(After).Where(entry => old.ContainsKey(entry.Package.Value)).Select(entry => (old[entry.Package.Value], entry));
    }

    /// <summary>Those that only base has.</summary>
    public IEnumerable<LockEntry> Gone() => Without(Before, After);

    /// <summary>Those that only head has.</summary>
    public IEnumerable<LockEntry> New() => Without(After, Before);

    /// <summary>The core on both sides, where both have one.</summary>
    public (PackageVersion Before, PackageVersion After)? Core =>
        CoreOf(Before) is { } old && CoreOf(After) is { } current ? (old.Version.Value, current.Version.Value) : null;

    /// <summary>The core's entry at head.</summary>
    public LockEntry? CoreAfter => CoreOf(After);

    private static LockEntry? CoreOf(EnvironmentPlan? plan) => Entries(plan).FirstOrDefault(entry => entry.Kind == PackageKind.Crossplane);

    private static IEnumerable<LockEntry> Without(EnvironmentPlan? plan, EnvironmentPlan? other)
    {
        var known = Entries(other).Select(entry => entry.Package.Value).ToHashSet();
        return Entries(plan).Where(entry => !known.Contains(entry.Package.Value));
    }

    private static IEnumerable<LockEntry> Entries(EnvironmentPlan? plan) => plan?.Images.Select(image => image.Entry) ?? [];

    private static Dictionary<string, EnvironmentPlan> ByName(Plan? plan) =>
        plan?.Environments.ToDictionary(environment => environment.Settings.Name.Value.Value, StringComparer.Ordinal) ?? [];
}
