using System.Text.Json.Nodes;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>The environment's objects for Flux, as Flux would find them: Kustomizations, in the order of their kustomization.</summary>
internal sealed class FluxOverlay(string output, string environment)
{
    /// <summary>The environment's folder.</summary>
    public string Overlay { get; } = Path.Combine(output, "overlays", environment);

    public string Folder => Path.Combine(Overlay, "flux");

    public bool Exists => Directory.Exists(Folder);

    /// <summary>The Kustomizations; none where the environment does not use Flux.</summary>
    public IReadOnlyList<JsonObject> Kustomizations =>
        !Exists
            ? []
            :
            [
                .. Documents
                    .Strings(Documents.Read(Path.Combine(Folder, "kustomization.yaml"))!["resources"])
                    .Select(file => (JsonObject)Documents.Read(Path.Combine(Folder, file))!)
                    .Where(document => document["kind"]!.GetValue<string>() == "Kustomization"),
            ];

    public static string NameOf(JsonObject kustomization) => kustomization["metadata"]!["name"]!.GetValue<string>();

    /// <summary>The folder that a Kustomization applies, wherever the engine's repository has the output.</summary>
    public string FolderOf(JsonObject kustomization)
    {
        var path = kustomization["spec"]!["path"]!.GetValue<string>();
        var below = $"/overlays/{environment}/";
        return Path.Combine(Overlay, path[(path.LastIndexOf(below, StringComparison.Ordinal) + below.Length)..]);
    }

    /// <summary>What each Kustomization applies, by its namespace and name: after a sync, this is its inventory.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<BuiltObject>> Inventories(Kustomize kustomize) =>
        Kustomizations.ToDictionary(kustomization => new BuiltObject(kustomization).Id, kustomization => kustomize.Build(FolderOf(kustomization)));
}
