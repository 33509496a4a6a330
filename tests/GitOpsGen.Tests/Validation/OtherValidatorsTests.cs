using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GitOpsGen.Diagnostics;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Yaml;
using GitOpsGen.Tests.Yaml.Shapes;
using GitOpsGen.Validation;
using GitOpsGen.Yaml;
using Json.Schema;
using Xunit;

namespace GitOpsGen.Tests.Validation;

/// <summary>
/// Thousands of damaged objects of real kinds are refused exactly when validators of JSON Schema refuse them. Where structural schemas
/// are no JSON Schema, the difference is made up for on the other side: see <see cref="JsonSchemas"/> (unknown fields, nullable,
/// int-or-string, defaults) and the keyword for list-map keys below. CEL, metadata and controllers' rules have no counterpart. Each object
/// is both created and applied server-side.
/// </summary>
public sealed class OtherValidatorsTests
{
    private const int PerKind = 700;

    private const string Validate = """
        const Ajv = require('ajv');
        const { kinds } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;
        const time = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;
        console.log(JSON.stringify(kinds.map(({ schema, documents }) => {
          const ajv = new Ajv({ strict: false });
          ajv.addFormat('int32', true);
          ajv.addFormat('int64', true);
          ajv.addFormat('date-time', time);
          ajv.addFormat('byte', base64);
          ajv.addKeyword({ keyword: 'x-kubernetes-list-map-keys', type: 'array', schemaType: 'array', validate: (keys, list) => {
            const identities = list.filter(item => item && typeof item === 'object').map(item => JSON.stringify(keys.map(key => item[key])));
            return new Set(identities).size === identities.length;
          } });
          const validate = ajv.compile(schema);
          return documents.map(document => validate(JSON.parse(document)));
        })));
        """;

    [Fact]
    public void Ajv_refuses_the_same_objects()
    {
        var kinds = Kinds();
        Assert.InRange(kinds.Sum(kind => kind.Documents.Length), 2_000, 100_000);
        var accepted = Ajv(kinds, schema => schema);

        Assert.Empty(Disagreements(kinds, accepted));
        Assert.InRange(accepted.Sum(kind => kind.Count(ok => ok)), 500, kinds.Sum(kind => kind.Documents.Length) - 1_000);
    }

    /// <summary>Negative controls: each keyword decides about some of the objects, so that agreement means something.</summary>
    [Theory]
    [InlineData("type", "Provider")]
    [InlineData("required", "HelmRelease")]
    [InlineData("enum", "HelmRelease")]
    [InlineData("pattern", "Kustomization")]
    [InlineData("maxLength", "HelmRelease")]
    [InlineData("minLength", "HelmRelease")]
    [InlineData("minItems", "ManagedResourceActivationPolicy")]
    [InlineData("format", "Application")]
    [InlineData("format", "CompositeResourceDefinition")]
    [InlineData("additionalProperties", "Provider")]
    [InlineData("x-kubernetes-list-map-keys", "DeploymentRuntimeConfig")]
    public void A_schema_without_a_keyword_is_noticed(string keyword, string kind)
    {
        ImmutableArray<MutatedKind> kinds = [.. Kinds().Where(k => k.Documents[0].Contains($"\"{kind}\"", StringComparison.Ordinal))];

        Assert.NotEmpty(Disagreements(kinds, Ajv(kinds, schema => Without(schema, keyword)!)));
    }

    /// <summary>A second opinion, from another implementation in another language. What it does otherwise than the API server is named.</summary>
    [Fact]
    public void JsonSchema_Net_refuses_the_same_objects()
    {
        var kinds = Kinds();
        var options = new BuildOptions { Dialect = Dialect.Draft202012 }; // it lets keywords be that it does not know
        bool[][] accepted =
        [
            .. kinds.Select(kind =>
            {
                var schema = JsonSchema.FromText(Without(kind.Schema, "format")!.ToJsonString(), options);
                return kind.Prepared.AsParallel().AsOrdered().Select(json => schema.Evaluate(JsonElement.Parse(json)).IsValid).ToArray();
            }),
        ];

        var disagreements = Disagreements(kinds, accepted).ToList();
        Assert.DoesNotContain(disagreements, d => !OtherThanJsonSchema.Any(reason => reason.Applies(d)));
        Assert.All(OtherThanJsonSchema, reason => Assert.Contains(disagreements, d => reason.Applies(d)));
    }

    private static readonly (string Why, Func<Disagreement, bool> Applies)[] OtherThanJsonSchema =
    [
        (
            ".NET's $ matches before a last line feed; Go's and ECMA's do not.",
            d =>
                d.OtherAccepts
                && d.Json.Contains("\\n\"", StringComparison.Ordinal)
                && d.Findings.Contains("does not match the pattern", StringComparison.Ordinal)
        ),
        ("Keys of a list are no JSON Schema.", d => d.OtherAccepts && d.Findings.Contains("as an item before it", StringComparison.Ordinal)),
        (
            "Formats were taken out: which of them are enforced, each validator decides itself.",
            d =>
                d.OtherAccepts
                && (d.Findings.Contains("date-time", StringComparison.Ordinal) || d.Findings.Contains("the format byte", StringComparison.Ordinal))
        ),
    ];

    private static IEnumerable<Disagreement> Disagreements(ImmutableArray<MutatedKind> kinds, bool[][] accepted) =>
        kinds
            .Zip(accepted)
            .SelectMany(kind =>
                kind.First.Documents.Zip(kind.First.Findings, kind.Second)
                    .Where(triple => triple.Third != (triple.Second.Length == 0))
                    .Select(triple => new Disagreement(triple.First, string.Join(", ", triple.Second), triple.Third))
            );

    private static bool[][] Ajv(ImmutableArray<MutatedKind> kinds, Func<JsonNode, JsonNode> change)
    {
        var input = new JsonObject
        {
            ["kinds"] = new JsonArray([
                .. kinds.Select(kind => new JsonObject
                {
                    ["schema"] = change(kind.Schema.DeepClone()),
                    ["documents"] = new JsonArray([.. kind.Prepared.Select(document => (JsonNode?)document)]),
                }),
            ]),
        };
        return JsonSerializer.Deserialize<bool[][]>(Tool.Require("ajv").Run(["-e", Validate], input.ToJsonString()).RequireSuccess())!;
    }

    private static string[] Findings(CrdCatalogue catalogue, string json, bool isServerSide) =>
        [
            .. new ObjectValidator(catalogue)
                .CheckFile(YamlText.File, Encoding.UTF8.GetBytes(JsonTrees.ToYaml(json)), isServerSide)
                .Findings.Where(d =>
                    d.Rule == Rules.UnknownField
                    || d.Rule == Rules.MissingField
                    || d.Rule == Rules.FieldType
                    || d.Rule == Rules.FieldValue
                    || d.Rule.Code.StartsWith("GOG10", StringComparison.Ordinal)
                )
                .Select(d => $"{d.Rule.Code} {d.Message}"),
        ];

    private static readonly Lazy<ImmutableArray<MutatedKind>> Shared = new(() =>
        [.. SampleObjects.All.SelectMany(sample => ((bool[])[false, true]).Select(isServerSide => Mutated(RealCrds.Catalogue, sample, isServerSide)))]
    );

    private static ImmutableArray<MutatedKind> Kinds() => Shared.Value;

    private static MutatedKind Mutated(CrdCatalogue catalogue, string sample, bool isServerSide)
    {
        var tree = JsonTrees.Parse(sample)!;
        var (group, version) = ((string)tree["apiVersion"]!).Split('/') is [var first, var second]
            ? (first, second)
            : throw new InvalidOperationException(sample);
        var root = catalogue.Find(group, (string)tree["kind"]!)!.Served(version)!.Root;
        var structural = ToJson(root.Source);
        var hasStatus = root.Schema.Field("status")?.Schema.IsDropped == true;
        string[] all = [.. JsonTrees.MutationsOfObject(tree)];
        string[] some = [.. all.Where((_, i) => i % Math.Max(1, all.Length / PerKind) == 0)];
        return new(
            JsonSchemas.Of(structural, hasStatus, isServerSide),
            [.. some],
            [.. some.Select(m => Prepared(JsonNode.Parse(m)!, structural, isServerSide))],
            [.. some.AsParallel().AsOrdered().Select(json => Findings(catalogue, json, isServerSide))]
        );
    }

    // A status of its own gets no defaults, and any null: a kind without the subresource has none of these in the samples.
    private static string Prepared(JsonNode mutation, JsonObject structural, bool keepsNull) =>
        JsonSchemas.Defaulted(mutation, structural, keepsNull)!.ToJsonString();

    private static JsonNode? Without(JsonNode? node, string keyword) =>
        node switch
        {
            JsonObject schema => new JsonObject(
                schema
                    .Where(e => e.Key != keyword || (keyword == "type" && e.Value is JsonObject))
                    .Select(e => KeyValuePair.Create(e.Key, Without(e.Value, keyword)))
            ),
            JsonArray list => new JsonArray([.. list.Select(item => Without(item, keyword))]),
            _ => node?.DeepClone(),
        };

    private static JsonObject ToJson(YamlNode source)
    {
        var text = new StringBuilder();
        YamlWriter.Write(text, source, 0);
        return (JsonObject)JsonTrees.Parse(text.ToString())!;
    }
}
