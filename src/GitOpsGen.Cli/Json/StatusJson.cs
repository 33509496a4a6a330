namespace GitOpsGen.Cli.Json;

/// <summary>What <c>status</c> shows.</summary>
/// <param name="Environments">The chosen environments, in the order of the settings.</param>
/// <param name="Packages">The packages, in the order of the lockfile.</param>
internal sealed record StatusResult(IEnumerable<string> Environments, IEnumerable<JsonPackageStatus> Packages)
{
    public static StatusResult Of(FleetStatus status) =>
        new(status.Environments.Select(name => name.Value), status.Packages.Select(package => JsonPackageStatus.Of(package, status)));
}

/// <summary>One package; the last three are lists of its versions.</summary>
internal sealed record JsonPackageStatus(
    string Package,
    string Kind,
    IReadOnlyDictionary<string, string> Versions,
    IEnumerable<string> Stale,
    IEnumerable<string> Unlocked,
    IEnumerable<string> MayBeGone
)
{
    public static JsonPackageStatus Of(PackageStatus package, FleetStatus status) =>
        new(
            $"{package.Package}",
            $"{package.Kind}",
            new OrderedDictionary<string, string>(
                status.Environments.Where(package.Versions.ContainsKey).Select(name => KeyValuePair.Create(name.Value, package.Versions[name].Text))
            ),
            package.Stale.Select(Text),
            package.Unlocked.Select(Text),
            package.Departures.Select(departure => departure.Entry.Version.Value.Text)
        );

    private static string Text(PackageVersion version) => version.Text;
}
