using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using GitOpsGen.Model;
using GitOpsGen.Tests.Validation;
using GitOpsGen.Validation;
using GitOpsGen.Validation.Builds;
using GitOpsGen.Yaml;
using NJsonSchema;

namespace GitOpsGen.Benchmarks;

/// <summary>
/// GitOpsGen's validator and NJsonSchema on the same objects in one process, one thread, each from the same JSON text to its verdict,
/// with everything loaded and warm. GitOpsGen checks metadata, CEL rules and controllers' rules beyond that.
/// </summary>
internal sealed class ValidatorRace
{
    private readonly ObjectValidator own;
    private readonly List<(byte[] Utf8, string Text, JsonSchema Schema)> objects = [];

    private ValidatorRace(CrdCatalogue catalogue) => own = new(catalogue);

    /// <summary>How many objects are validated in a round.</summary>
    public int Count => objects.Count;

    /// <param name="output">A folder that was rendered.</param>
    /// <param name="crds">A folder with definitions of its kinds.</param>
    public static async Task<ValidatorRace> Load(string output, string crds)
    {
        var (catalogue, _) = CrdCatalogue.Read([.. Directory.EnumerateFiles(crds, "*.yaml", SearchOption.AllDirectories).Select(path => new CrdFile(path, File.ReadAllBytes(path)))]);
        var race = new ValidatorRace(catalogue!);
        var schemas = new Dictionary<string, JsonSchema>(StringComparer.Ordinal);
        foreach (var node in Objects(output))
        {
            var (apiVersion, kind) = (Text(node, "apiVersion"), Text(node, "kind"));
            var served = catalogue!.Find(apiVersion.Split('/')[0], kind)?.Served(apiVersion.Split('/')[^1]);
            if (served is null)
            {
                continue;
            }

            if (!schemas.TryGetValue($"{apiVersion} {kind}", out var schema))
            {
                var json = JsonSchemas.Of(JsonNode.Parse(Json(served.Root.Source))!.AsObject());
                schemas[$"{apiVersion} {kind}"] = schema = await JsonSchema.FromJsonAsync(json.ToJsonString());
            }

            var text = Json(node);
            race.objects.Add((Encoding.UTF8.GetBytes(text), text, schema));
        }

        return race;
    }

    /// <summary>One round of GitOpsGen.</summary>
    public TimeSpan Own() => Round(o => own.CheckFile("object.json", o.Utf8) is { IsValid: true, IsComplete: true });

    /// <summary>One round of NJsonSchema.</summary>
    public TimeSpan Other() => Round(o => o.Schema.Validate(o.Text).Count == 0);

    private TimeSpan Round(Func<(byte[] Utf8, string Text, JsonSchema Schema), bool> isValid)
    {
        var watch = Stopwatch.StartNew();
        var valid = objects.Count(isValid);
        watch.Stop();
        return valid == objects.Count ? watch.Elapsed : throw new InvalidOperationException($"{objects.Count - valid} of {objects.Count} objects are refused.");
    }

    private static IEnumerable<YamlMapping> Objects(string output)
    {
        var files = Directory.EnumerateFiles(output, "*.yaml", SearchOption.AllDirectories)
            .Select(path => new OutputFile(RelativePath.Parse(Path.GetRelativePath(output, path)), File.ReadAllBytes(path)));
        var build = new OutputBuild(new(files), RelativePath.Parse("manifests"));
        return build.Folders.SelectMany(folder => build.Build(folder).Objects).Cast<YamlMapping>();
    }

    private static string Text(YamlMapping mapping, string key) => ((YamlScalar)mapping[key]!).Text;

    private static string Json(YamlNode node)
    {
        var text = new StringBuilder();
        return JsonWriter.TryWrite(text, node, 0, out _) ? text.ToString() : throw new InvalidOperationException("No JSON.");
    }
}
