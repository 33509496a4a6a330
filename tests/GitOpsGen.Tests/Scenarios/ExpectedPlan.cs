using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>
/// What lock and settings mean, read and merged here once more and in another way than the product does it, so that a test compares
/// two opinions and not one with itself.
/// </summary>
internal sealed record ExpectedPlan(IReadOnlyList<ExpectedEnvironment> All)
{
    /// <summary>The environments that are rendered.</summary>
    public IEnumerable<ExpectedEnvironment> Environments => All.Where(environment => environment.IsSelected);

    public static ExpectedPlan Of(Scenario scenario)
    {
        var settings = Documents.Read(Path.Combine(scenario.Folder, ".config", "gitopsgen.yaml"))!;
        var lockfile = settings["lockfile"]?.GetValue<string>() ?? "packages.lock.yaml";
        return Of(settings, Documents.Read(Path.Combine(scenario.Folder, lockfile))!, scenario.Options);
    }

    public static ExpectedPlan Of(JsonNode settings, JsonNode lockfile, RunOptions options)
    {
        var environments = settings["environments"]!.AsObject();
        var entries = lockfile["packages"]!.AsArray().Select(entry => entry!).ToList();
        return new([.. environments.Select(pair => Environment(pair.Key, pair.Value!.AsObject()))]);

        ExpectedEnvironment Environment(string name, JsonObject own)
        {
            var merged = (JsonObject)Merge(settings["defaults"]?.AsObject() ?? [], own, "");
            var images = entries
                .GroupBy(entry => entry["package"]!.GetValue<string>())
                .Select(package => package.SingleOrDefault(e => AppliesByName(e, name)) ?? package.SingleOrDefault(e => e["environments"] is null))
                .OfType<JsonNode>()
                .Select(entry => new ExpectedPackage(entry, ExpectedRegistry.For(merged, entry["package"]!.GetValue<string>()), merged));
            var isSelected = options.Environments.IsEmpty || options.Environments.Any(pattern => Matches(pattern, name));
            return new(name, merged, ExpectedRegistry.Home(merged), [.. images], isSelected);
        }
    }

    public static bool Matches(string pattern, string name) =>
        Regex.IsMatch(name, "^" + Regex.Escape(pattern).Replace(@"\*", ".*").Replace(@"\?", ".") + "$", RegexOptions.Singleline);

    private static bool AppliesByName(JsonNode entry, string environment) =>
        entry["environments"] is JsonArray patterns && patterns.Any(pattern => Matches(pattern!.GetValue<string>(), environment));

    public static JsonNode Merge(JsonNode under, JsonNode over, string path)
    {
        if (
            under is not JsonObject left
            || over is not JsonObject right
            || path is "/registry" or "/gitops/argocd/destination"
            || path.StartsWith("/upstreams/", StringComparison.Ordinal)
        )
            return over.DeepClone();
        var merged = (JsonObject)left.DeepClone();
        foreach (var (key, value) in right)
            merged[key] = left[key] is { } below && value is not null ? Merge(below, value, $"{path}/{key}") : value?.DeepClone();
        return merged;
    }
}
