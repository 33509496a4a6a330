using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GitOpsGen.Model;
using GitOpsGen.Tests.Validation;
using GitOpsGen.Validation;
using GitOpsGen.Validation.Builds;
using GitOpsGen.Yaml;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlNode = GitOpsGen.Yaml.YamlNode;
using YamlStream = YamlDotNet.RepresentationModel.YamlStream;

namespace GitOpsGen.Benchmarks;

/// <summary>
/// GitOpsGen's validator and NJsonSchema on the same objects in one process, on one thread, with everything loaded and warm. GitOpsGen
/// checks metadata, CEL rules and controllers' rules beyond that, and knows where each value stands.
/// </summary>
internal sealed class ValidatorRace
{
    private const int Passes = 5;

    private readonly ObjectValidator own;
    private readonly JsonSchemaValidator other = new();
    private readonly List<Contender> objects = [];

    private ValidatorRace(CrdCatalogue catalogue) => own = new(catalogue);

    /// <summary>How many objects are validated in a round.</summary>
    public int Count => objects.Count;

    /// <param name="output">A folder that was rendered.</param>
    /// <param name="crds">A folder with definitions of its kinds.</param>
    public static async Task<ValidatorRace> Load(string output, string crds)
    {
        var (catalogue, _) = CrdCatalogue.Read([
            .. Directory.EnumerateFiles(crds, "*.yaml", SearchOption.AllDirectories).Select(path => new CrdFile(path, File.ReadAllBytes(path))),
        ]);
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
                var json = JsonSchemas.Of(JsonNode.Parse(Json(served.Root.Source))!.AsObject(), hasStatus: false, isServerSide: false);
                schemas[$"{apiVersion} {kind}"] = schema = await JsonSchema.FromJsonAsync(json.ToJsonString());
            }

            var text = new StringBuilder();
            YamlWriter.Write(text, node, 0);
            var token = JToken.Parse(Json(node));
            if (!JToken.DeepEquals(token, ReadByYamlDotNet(text.ToString())))
            {
                throw new InvalidOperationException($"The two do not read the same: {text}");
            }

            race.objects.Add(new(Encoding.UTF8.GetBytes(text.ToString()), text.ToString(), node, token, schema));
        }

        race.WarmUp();
        return race;
    }

    /// <summary>One round of GitOpsGen, on objects that are read already.</summary>
    public TimeSpan Own() => Round(o => own.Check(o.Node) is { IsValid: true, IsComplete: true });

    /// <summary>One round of NJsonSchema, on objects that are read already.</summary>
    public TimeSpan Other() => Round(o => other.Validate(o.Token, o.Schema).Count == 0);

    /// <summary>One round of GitOpsGen from YAML text.</summary>
    public TimeSpan OwnFromText() => Round(o => own.Check(YamlReader.Read("object.yaml", o.Utf8).Value!) is { IsValid: true, IsComplete: true });

    /// <summary>One round of NJsonSchema from YAML text, which YamlDotNet reads for it.</summary>
    public TimeSpan OtherFromText() => Round(o => other.Validate(ReadByYamlDotNet(o.Text), o.Schema).Count == 0);

    // The runtime compiles what is used often a second time, behind its back and only after a while.
    private void WarmUp()
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(8); )
        {
            Own();
            Other();
            OwnFromText();
            OtherFromText();
        }
    }

    // The fastest of some passes in a row: the first of them finds the caches full of what the other one left.
    private TimeSpan Round(Func<Contender, bool> isValid) => Enumerable.Range(0, Passes).Min(_ => Pass(isValid));

    private TimeSpan Pass(Func<Contender, bool> isValid)
    {
        var watch = Stopwatch.StartNew();
        var valid = objects.Count(isValid);
        watch.Stop();
        return valid == objects.Count
            ? watch.Elapsed
            : throw new InvalidOperationException($"{objects.Count - valid} of {objects.Count} objects are refused.");
    }

    private static JToken ReadByYamlDotNet(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Token(stream.Documents[0].RootNode);
    }

    private static JToken Token(YamlDotNet.RepresentationModel.YamlNode node) =>
        node switch
        {
            YamlMappingNode mapping => new JObject(
                mapping.Children.Select(pair => new JProperty(((YamlScalarNode)pair.Key).Value!, Token(pair.Value)))
            ),
            YamlSequenceNode list => new JArray(list.Children.Select(Token)),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } scalar => new JValue(scalar.Value == "true"),
            YamlScalarNode { Style: ScalarStyle.Plain } scalar
                when long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => new JValue(number),
            _ => new JValue(((YamlScalarNode)node).Value),
        };

    private static IEnumerable<YamlMapping> Objects(string output)
    {
        var files = Directory
            .EnumerateFiles(output, "*.yaml", SearchOption.AllDirectories)
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

    private sealed record Contender(byte[] Utf8, string Text, YamlMapping Node, JToken Token, JsonSchema Schema);
}
