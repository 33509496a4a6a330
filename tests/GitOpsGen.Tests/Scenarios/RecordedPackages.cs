using System.Text.Json.Nodes;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>Packages as a live Crossplane wrote them, and what each engine has to make of them.</summary>
internal static class RecordedPackages
{
    // A package that waits for a person is neither healthy nor failed: Flux waits, and Argo CD shows it as suspended.
    private static readonly (string Name, string Flux, string ArgoCd)[] Known =
    [
        ("configuration-healthy", "Current", "Healthy"),
        ("function-healthy", "Current", "Healthy"),
        ("provider-awaits-activation", "InProgress", "Suspended"),
        ("provider-healthy", "Current", "Healthy"),
        ("provider-image-missing", "Failed", "Degraded"),
        ("provider-incompatible-core", "InProgress", "Progressing"),
        ("provider-installing", "InProgress", "Progressing"),
        ("provider-just-created", "Failed", "Degraded"),
        ("provider-update-first", "InProgress", "Progressing"),
        ("provider-update-runtime", "InProgress", "Progressing"),
        ("provider-updated", "Current", "Healthy"),
    ];

    /// <summary>All of them; the test is skipped without the recordings.</summary>
    public static IReadOnlyList<(string Name, string Flux, string ArgoCd, JsonObject Object)> Require()
    {
        var folder = SharedData.Require("data", "live");
        var objects = Directory
            .GetFiles(folder, "*.json")
            .Select(file => (Name: Path.GetFileNameWithoutExtension(file), Object: (JsonObject)JsonNode.Parse(File.ReadAllText(file))!))
            .Where(pair => pair.Object["kind"]!.GetValue<string>() is "Provider" or "Function" or "Configuration")
            .ToDictionary(pair => pair.Name, pair => pair.Object);
        Assert.Equal(Known.Select(known => known.Name), objects.Keys.Order(StringComparer.Ordinal));
        return [.. Known.Select(known => (known.Name, known.Flux, known.ArgoCd, objects[known.Name]))];
    }
}
