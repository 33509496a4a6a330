namespace GitOpsGen.Cli.Locking;

/// <summary>Environments in one cell: their names, or how many they are where they are all of many.</summary>
internal static class EnvironmentList
{
    private const int Many = 5;

    /// <param name="names">The environments, in the order in which they are named.</param>
    /// <param name="all">All environments; empty where the settings have none, so that packages are locked for any that may come.</param>
    public static string Of(ImmutableArray<EnvironmentName> names, ImmutableArray<EnvironmentName> all) =>
        all.IsEmpty ? "everywhere"
        : names.Length == all.Length && all.Length >= Many ? $"all {all.Length}"
        : string.Join(", ", names);
}
