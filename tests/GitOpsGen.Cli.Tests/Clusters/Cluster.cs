using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GitOpsGen.Registry.Tests.Servers;

namespace GitOpsGen.Cli.Tests.Clusters;

/// <summary>
/// As much of an API server as kubectl needs to apply, get, wait, patch and delete: the kinds of Crossplane, what is stored, and what was
/// asked. A package is Installed and Healthy as soon as it is applied, unless a test says otherwise.
/// </summary>
internal sealed partial class Cluster : IDisposable
{
    private static readonly Kind[] Kinds =
    [
        new("pkg.crossplane.io/v1", "providers", "Provider", "pkg"),
        new("pkg.crossplane.io/v1", "functions", "Function", "pkg"),
        new("pkg.crossplane.io/v1", "configurations", "Configuration", "pkg"),
        new("pkg.crossplane.io/v1", "providerrevisions", "ProviderRevision", "pkgrev"),
        new("pkg.crossplane.io/v1", "functionrevisions", "FunctionRevision", "pkgrev"),
        new("pkg.crossplane.io/v1", "configurationrevisions", "ConfigurationRevision", "pkgrev"),
        new("pkg.crossplane.io/v1beta1", "imageconfigs", "ImageConfig", "crossplane"),
        new("pkg.crossplane.io/v1beta1", "deploymentruntimeconfigs", "DeploymentRuntimeConfig", "crossplane"),
        new("pkg.crossplane.io/v1beta1", "locks", "Lock", "crossplane"),
        new("aws.upbound.io/v1beta1", "providerconfigs", "ProviderConfig", "provider"),
        new("s3.aws.upbound.io/v1beta1", "buckets", "Bucket", "managed"),
        new("argoproj.io/v1alpha1", "applications", "Application", "argo") { Namespaced = true },
        new("apps/v1", "deployments", "Deployment", "all") { Namespaced = true, Short = "deploy" },
        new("apiextensions.k8s.io/v1", "customresourcedefinitions", "CustomResourceDefinition", "api-extensions") { Short = "crd" },
    ];

    private readonly SortedDictionary<string, JsonObject> objects = new(StringComparer.Ordinal);
    private readonly List<string> log = [];
    private readonly LoopbackServer server;

    public Cluster()
    {
        foreach (var kind in Kinds.Where(kind => kind.Group.Contains('.', StringComparison.Ordinal)))
        {
            Add(
                "apiextensions.k8s.io/v1",
                "customresourcedefinitions",
                $$"""{ "metadata": { "name": "{{kind.Plural}}.{{kind.Group}}" }, "spec": { "group": "{{kind.Group}}", "names": { "kind": "{{kind.Name}}" } } }"""
            );
        }

        server = new(request =>
        {
            lock (objects)
            {
                return Answer(request);
            }
        });
    }

    /// <summary>Names of packages that never become healthy.</summary>
    public HashSet<string> Unhealthy { get; } = [];

    /// <summary>What changed and what was waited for, in order: <c>apply providers/a</c>, <c>look providers/a</c>, <c>delete …</c>.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (objects)
            {
                return [.. log];
            }
        }
    }

    /// <summary>A kubeconfig for kubectl.</summary>
    public string Config =>
        $$"""
            apiVersion: v1
            kind: Config
            clusters: [{ name: test, cluster: { server: "http://{{server.Host}}" } }]
            contexts: [{ name: test, context: { cluster: test } }]
            current-context: test

            """;

    public void Add(string version, string plural, string json)
    {
        var kind = Kinds.Single(kind => kind.Version == version && kind.Plural == plural);
        var item = JsonNode.Parse(json)!.AsObject();
        item["apiVersion"] = kind.Version;
        item["kind"] = kind.Name;
        var within = item["metadata"]!["namespace"] is { } place ? $"namespaces/{place}/" : "";
        objects[$"/apis/{version}/{within}{plural}/{item["metadata"]!["name"]}"] = item;
    }

    /// <summary>The stored object, or null.</summary>
    public JsonObject? this[string plural, string name] =>
        objects.FirstOrDefault(pair => pair.Key.EndsWith($"/{plural}/{name}", StringComparison.Ordinal)).Value;

    public void Dispose() => server.Dispose();

    private static Response Json(JsonNode answer, int status = 200) =>
        Response.Text(status, answer.ToJsonString(), ("Content-Type", "application/json"));

    private static Response Refuse(int status, string reason) =>
        Json(
            new JsonObject
            {
                ["kind"] = "Status",
                ["apiVersion"] = "v1",
                ["status"] = "Failure",
                ["reason"] = reason,
                ["code"] = status,
            },
            status
        );

    private Response Answer(Request request) =>
        request.Path switch
        {
            "/api" => Json(JsonNode.Parse("""{ "kind": "APIVersions", "versions": ["v1"] }""")!),
            "/api/v1" => Json(JsonNode.Parse("""{ "kind": "APIResourceList", "groupVersion": "v1", "resources": [] }""")!),
            "/apis" => Json(Groups()),
            // kubectl looks here whether the server validates fields; for custom resources it looks at Namespace.
            "/openapi/v3" => Json(JsonNode.Parse("""{ "paths": { "api/v1": { "serverRelativeURL": "/openapi/v3/api/v1" } } }""")!),
            "/openapi/v3/api/v1" => Json(
                JsonNode.Parse(
                    """
                    { "openapi": "3.0.0", "info": { "title": "test", "version": "1" }, "paths": { "/api/v1/namespaces/{name}": { "patch": {
                      "parameters": [{ "name": "fieldValidation", "in": "query", "schema": { "type": "string" } }], "responses": {},
                      "x-kubernetes-group-version-kind": { "group": "", "version": "v1", "kind": "Namespace" } } } } }
                    """
                )!
            ),
            _ when ResourcePath().Match(request.Path) is { Success: true } match => Resource(request, match.Groups),
            _ when Kinds.Any(kind => request.Path == $"/apis/{kind.Version}") => Json(Resources(request.Path["/apis/".Length..])),
            _ => Refuse(404, "NotFound"),
        };

    private Response Resource(Request request, GroupCollection path)
    {
        if (Kinds.FirstOrDefault(kind => kind.Version == path["version"].Value && kind.Plural == path["plural"].Value) is not { } kind)
            return Refuse(404, "NotFound");
        if (!path["name"].Success)
            return request.Method == "POST" ? Make(request, kind) : List(request, kind);
        if (request is { Method: "PATCH" } && request["Content-Type"] == "application/apply-patch+yaml")
            return Apply(request, kind);
        if (!objects.TryGetValue(request.Path, out var item))
            return Refuse(404, "NotFound");
        switch (request.Method)
        {
            case "PATCH":
                log.Add($"patch {kind.Plural}/{path["name"].Value}");
                Merge(item, JsonNode.Parse(request.Body)!.AsObject());
                break;
            case "DELETE":
                log.Add($"delete {kind.Plural}/{path["name"].Value}");
                objects.Remove(request.Path);
                return Json(
                    new JsonObject
                    {
                        ["kind"] = "Status",
                        ["apiVersion"] = "v1",
                        ["status"] = "Success",
                    }
                );
            default:
                log.Add($"look {kind.Plural}/{path["name"].Value}");
                break;
        }

        return Json(item.DeepClone());
    }

    private Response Make(Request request, Kind kind)
    {
        var item = JsonNode.Parse(request.Body)!.AsObject();
        var name = $"{item["metadata"]!["name"]}";
        log.Add($"apply {kind.Plural}/{name}");
        objects[$"{request.Path}/{name}"] = item;
        return Json(item.DeepClone(), 201);
    }

    private Response List(Request request, Kind kind)
    {
        // A client that wants the list as a watch is told to list first; a watch tells nothing new.
        if (request.Query.Contains("sendInitialEvents=true", StringComparison.Ordinal))
            return Refuse(422, "Invalid");
        if (request.Query.Contains("watch=true", StringComparison.Ordinal))
            return Response.Text(200, "", ("Content-Type", "application/json")) with { SaysLength = false, Delay = TimeSpan.FromMilliseconds(100) };

        var name = SelectedName().Match(Uri.UnescapeDataString(request.Query)).Groups["name"].Value;
        if (name.Length > 0)
            log.Add($"look {kind.Plural}/{name}");
        var end = $"/{kind.Plural}/";
        var found = objects.Where(pair =>
            pair.Key.StartsWith($"/apis/{kind.Version}/", StringComparison.Ordinal)
            && pair.Key.Contains(end, StringComparison.Ordinal)
            && (name.Length == 0 || pair.Key.EndsWith($"{end}{name}", StringComparison.Ordinal))
        );
        return Json(
            new JsonObject
            {
                ["kind"] = $"{kind.Name}List",
                ["apiVersion"] = kind.Version,
                ["metadata"] = new JsonObject { ["resourceVersion"] = "1" },
                ["items"] = new JsonArray([.. found.Select(pair => pair.Value.DeepClone())]),
            }
        );
    }

    private Response Apply(Request request, Kind kind)
    {
        var item = JsonNode.Parse(request.Body)!.AsObject();
        var name = item["metadata"]!["name"]!.GetValue<string>();
        log.Add($"apply {kind.Plural}/{name}");
        item["metadata"]!["generation"] = 1;
        var status = Unhealthy.Contains(name) ? "False" : "True";
        if (kind.Category == "pkg")
        {
            item["status"] = JsonNode.Parse(
                $$"""
                { "conditions": [{ "type": "Installed", "status": "True", "observedGeneration": 1 }, { "type": "Healthy", "status": "{{status}}", "observedGeneration": 1 }] }
                """
            );
        }

        objects[request.Path] = item;
        return Json(item.DeepClone(), 201);
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is JsonObject inner && target[key] is JsonObject old)
                Merge(old, inner);
            else
                target[key] = value?.DeepClone();
        }
    }

    private static JsonObject Groups() =>
        new()
        {
            ["kind"] = "APIGroupList",
            ["apiVersion"] = "v1",
            ["groups"] = new JsonArray([
                .. Kinds
                    .GroupBy(kind => kind.Group, kind => kind.Version, StringComparer.Ordinal)
                    .Select(group => new JsonObject
                    {
                        ["name"] = group.Key,
                        ["versions"] = new JsonArray([.. group.Distinct(StringComparer.Ordinal).Select(Version)]),
                        ["preferredVersion"] = Version(group.First()),
                    }),
            ]),
        };

    private static JsonObject Version(string version) => new() { ["groupVersion"] = version, ["version"] = version.Split('/')[1] };

    private static JsonObject Resources(string version) =>
        new()
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = version,
            ["resources"] = new JsonArray([
                .. Kinds
                    .Where(kind => kind.Version == version)
                    .Select(kind => new JsonObject
                    {
                        ["name"] = kind.Plural,
                        ["singularName"] = kind.Name.ToLowerInvariant(),
                        ["namespaced"] = kind.Namespaced,
                        ["kind"] = kind.Name,
                        ["verbs"] = new JsonArray("get", "list", "watch", "create", "patch", "delete"),
                        ["categories"] = new JsonArray(kind.Category),
                        ["shortNames"] = new JsonArray(kind.Short),
                    }),
            ]),
        };

    [GeneratedRegex("^/apis/(?<version>[^/]+/[^/]+)/(namespaces/[^/]+/)?(?<plural>[^/]+)(/(?<name>[^/]+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex ResourcePath();

    [GeneratedRegex("fieldSelector=metadata.name=(?<name>[^&]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex SelectedName();

    private sealed record Kind(string Version, string Plural, string Name, string Category)
    {
        public string Group => Version.Split('/')[0];

        public bool Namespaced { get; init; }

        public string? Short { get; init; }
    }
}
