using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GitOpsGen.Diagnostics;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Yaml;
using GitOpsGen.Tests.Yaml.Shapes;
using GitOpsGen.Validation;
using Json.Schema;
using Xunit;

namespace GitOpsGen.Tests.Validation.BuiltIn;

/// <summary>
/// Thousands of damaged objects of Kubernetes' own kinds are refused by their built-in schemas exactly when validators of JSON Schema refuse
/// them by the OpenAPI that the server publishes, and objects of the other kinds exactly as by their definitions.
/// </summary>
public sealed class BuiltInKindsTests
{
    private const int PerKind = 160;

    private const string Validate = """
        const Ajv = require('ajv');
        const { schemas, documents } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        const validators = schemas.map(schema => new Ajv({ strict: false }).compile(schema));
        console.log(JSON.stringify(documents.map(({ schema, text }) => validators[schema](JSON.parse(text)))));
        """;

    /// <param name="Schema">The number of its kind's schema.</param>
    /// <param name="Json">The object.</param>
    /// <param name="Codes">What is found in it, as far as a schema says it.</param>
    private sealed record Damaged(int Schema, string Json, string Codes);

    private static readonly CrdCatalogue None = Crds.Read().Value!;

    private static readonly Lazy<(JsonObject[] Schemas, Damaged[] Documents)> Shared = new(Damage);

    [Fact]
    public void Ajv_refuses_the_same_objects_by_the_OpenAPI()
    {
        var tool = Tool.Require("ajv");
        var (schemas, documents) = Shared.Value;
        var input = new JsonObject
        {
            ["schemas"] = new JsonArray([.. schemas.Select(schema => schema.DeepClone())]),
            ["documents"] = new JsonArray([.. documents.Select(d => new JsonObject { ["schema"] = d.Schema, ["text"] = d.Json })]),
        };
        Agrees(documents, JsonSerializer.Deserialize<bool[]>(tool.Run(["-e", Validate], input.ToJsonString()).RequireSuccess())!);
    }

    [Fact]
    public void JsonSchema_Net_refuses_the_same_objects_by_the_OpenAPI()
    {
        var (schemas, documents) = Shared.Value;
        var options = new BuildOptions { Dialect = Dialect.Draft202012 };
        JsonSchema[] read = [.. schemas.Select(schema => JsonSchema.FromText(schema.ToJsonString(), options))];
        Agrees(documents, [.. documents.AsParallel().AsOrdered().Select(d => read[d.Schema].Evaluate(JsonElement.Parse(d.Json)).IsValid)]);
    }

    /// <summary>The built-in kinds of Crossplane, Argo CD and Flux say the same as their definitions, in the same words.</summary>
    [Fact]
    public void A_table_says_what_the_definition_says()
    {
        var defined = new ObjectValidator(RealCrds.Catalogue);
        var builtIn = new ObjectValidator(None);
        var documents = SampleObjects
            .All.Select(sample => JsonTrees.Parse(sample)!)
            .SelectMany(tree => Sample(JsonTrees.MutationsOfObject(tree)))
            .Select(JsonTrees.ToYaml)
            .ToList();

        Assert.InRange(documents.Count, 1_000, 10_000);
        Assert.All(documents.AsParallel().Select(text => (Said(defined, text), Said(builtIn, text))), pair => Assert.Equal(pair.Item1, pair.Item2));
    }

    private static void Agrees(Damaged[] documents, bool[] accepted)
    {
        Assert.InRange(documents.Length, 2_000, 10_000);
        Assert.InRange(accepted.Count(ok => ok), 200, documents.Length - 500);
        Assert.Equal(
            [],
            documents
                .Zip(accepted)
                .Where(pair => pair.Second != (pair.First.Codes.Length == 0))
                .Select(pair => $"{pair.First.Codes} {pair.First.Json}")
        );
    }

    private static (JsonObject[], Damaged[]) Damage()
    {
        var folder = SharedData.Require("data", "kubernetes");
        var validator = new ObjectValidator(None);
        var schemas = new List<JsonObject>();
        var documents = new List<Damaged>();
        foreach (var sample in ServerSamples.All)
        {
            var tree = JsonTrees.Parse(sample)!;
            var (version, kind) = ((string)tree["apiVersion"]!, (string)tree["kind"]!);
            var file = $"{(version.Contains('/', StringComparison.Ordinal) ? version.Replace('/', '_') : $"core_{version}")}.json";
            var number = schemas.Count;
            schemas.Add(OpenApiSchemas.Of((JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(folder, file)))!, kind));
            documents.AddRange(
                Sample(JsonTrees.MutationsOfObject(tree)).AsParallel().AsOrdered().Select(json => new Damaged(number, json, Codes(validator, json)))
            );
        }

        return ([.. schemas], [.. documents]);
    }

    private static IEnumerable<string> Sample(IEnumerable<string> mutations)
    {
        string[] all = [.. mutations];
        return all.Where((_, i) => i % Math.Max(1, all.Length / PerKind) == 0);
    }

    private static string Codes(ObjectValidator validator, string json) =>
        string.Join(
            ' ',
            validator
                .CheckFile(YamlText.File, Encoding.UTF8.GetBytes(JsonTrees.ToYaml(json)))
                .Findings.Select(d => d.Rule)
                .Where(rule => rule == Rules.UnknownField || rule == Rules.MissingField || rule == Rules.FieldType || rule == Rules.FieldValue)
                .Select(rule => rule.Code)
        );

    private static string Said(ObjectValidator validator, string text)
    {
        var check = validator.CheckFile(YamlText.File, Encoding.UTF8.GetBytes(text));
        return string.Join('\n', check.Findings.Concat(check.Gaps).Select(d => $"{d.Rule.Code} {d.Span} {d.Message}"));
    }
}
