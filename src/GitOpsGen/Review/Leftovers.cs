using GitOpsGen.Output;
using GitOpsGen.Validation.Builds;

namespace GitOpsGen.Review;

/// <summary>What stays in a cluster although Git no longer has it, because nothing may delete it but a person.</summary>
internal static class Leftovers
{
    private const string Group = "pkg.crossplane.io/";

    // What packages refer to goes after them.
    private static readonly Dictionary<string, int> Order = new(StringComparer.Ordinal)
    {
        ["Configuration"] = 0,
        ["Function"] = 0,
        ["Provider"] = 0,
        ["DeploymentRuntimeConfig"] = 1,
        ["ImageConfig"] = 2,
    };

    /// <summary>The objects of one environment, and their places in the order of deletion.</summary>
    /// <param name="pair">The environment.</param>
    /// <param name="changes">What differs in it.</param>
    public static IEnumerable<Leftover> In(EnvironmentPair pair, IEnumerable<ObjectChange> changes)
    {
        var waves = (
            from wave in pair.Before?.Waves ?? []
            from package in wave.Packages
            select (Key: (package.Entry.Kind.ToString(), package.Entry.ObjectName.Value), wave.Number)
        ).ToDictionary(package => package.Key, package => package.Number);
        return changes
            .Where(change => change.Change == ChangeKind.Removed && IsPackageObject(change.Object))
            .Select(change => new Leftover(
                // Those of later waves depend on those of earlier ones.
                Order[change.Object.Kind] * 1000
                    + 999
                    - waves.GetValueOrDefault((change.Object.Kind, change.Object.Name)),
                TypeOf(change.Object.Kind),
                change.Object.Name
            )
            {
                Environments = [pair.Name],
            });
    }

    /// <summary>The type of a kind of package, as kubectl takes it.</summary>
    public static string TypeOf(PackageKind kind) => TypeOf(kind.ToString());

    public static string RevisionTypeOf(PackageKind kind) => TypeOf($"{kind}Revision");

    private static string TypeOf(string kind) => $"{kind.ToLowerInvariant()}s.pkg.crossplane.io";

    private static bool IsPackageObject(ObjectKey key) => key.ApiVersion.StartsWith(Group, StringComparison.Ordinal) && Order.ContainsKey(key.Kind);
}
