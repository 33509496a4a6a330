using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Settings;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Yaml.Shapes;

/// <summary>The JSON Schemas refuse a document exactly when the readers report a shape error.</summary>
public class SchemaAgreementTests
{
    private const string Validate = """
        const Ajv = require('ajv');
        const { schema, documents } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        const ajv = new Ajv({ strict: true, strictSchema: true, strictTypes: true, strictTuples: true, validateSchema: true });
        ajv.addVocabulary(['patternErrorMessage']);
        const validate = ajv.compile(schema);
        console.log(JSON.stringify(documents.map(document => validate(JSON.parse(document)))));
        """;

    private const string OtherSettings = """
        settingsVersion: 1
        gitopsgen: "*"
        crds: [crds, definitions/flux.yaml]
        rules: { GOG2003: "off", GOG2109: info, GOG2101: error }
        defaults:
          registry: { host: harbor.example.com:8443, prefix: mirror/xpkg, pullSecret: pull.secret }
          iam: { packageManager: { role: "arn:aws:iam::123456789012:role/path/name", identity: podIdentity }, resources: wildcard }
        environments:
          a:
            registry: { host: harbor.example.com, prefix: { xpkg.upbound.io: xpkg-upbound, default: "" } }
            install: direct
            pin: digest
            gitops: { engine: flux, argocd: { destination: { name: in-cluster } }, flux: { source: { kind: OCIRepository } } }
            packages: { "provider-*": { runtime: { replicas: 0 } } }
          preview-1: {}

        """;

    private const string OtherLockfile = """
        lockfileVersion: 1
        packages:
          - { package: "ghcr.io:443/crossplane", kind: Crossplane, version: 1.2.3-rc.1, chart: { repository: "oci://ghcr.io/charts", version: v1.0.0 } }
          - { package: a.b/c_d/e__f.g, kind: Function, version: v0.0.0, published: 2024-02-29, indirect: false, requiresCrossplane: "", attached: [{ kind: sbom, tag: sha256-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.sbom }, { kind: other, digest: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }], environments: ["*"], dependsOn: [{ package: a.b/c, kind: Configuration, constraint: "" }] }

        """;

    [Fact]
    public void The_lockfile_and_its_schema_agree() =>
        Agree(LockfileShape.JsonSchema, [Documents.Lockfile, OtherLockfile], bytes => LockfileReader.Read(YamlText.File, bytes).Diagnostics);

    [Fact]
    public void The_settings_and_their_schema_agree() =>
        Agree(SettingsShape.JsonSchema, [Documents.Settings, OtherSettings], bytes => SettingsReader.Read(YamlText.File, bytes).Diagnostics);

    private static void Agree(string schema, string[] documents, Func<byte[], IEnumerable<Diagnostic>> read)
    {
        var ajv = Tool.Require("ajv");
        string[] mutations = [.. documents.SelectMany(document => JsonTrees.Mutations(JsonTrees.Parse(document)!)).Distinct()];
        Assert.InRange(mutations.Length, 1_500, 100_000);
        var input = new JsonObject { ["schema"] = JsonNode.Parse(schema), ["documents"] = new JsonArray([.. mutations.Select(m => (JsonNode?)m)]) };
        var accepted = JsonSerializer.Deserialize<bool[]>(ajv.Run(["-e", Validate], input.ToJsonString()).RequireSuccess())!;
        var disagreements = mutations
            .Zip(accepted)
            .AsParallel()
            .AsOrdered()
            .Select(pair => (Json: pair.First, Schema: pair.Second, Errors: ShapeErrors(read, pair.First)))
            .Where(pair => pair.Schema != (pair.Errors.Length == 0))
            .Select(pair => $"schema {(pair.Schema ? "accepts" : "refuses")}, reader says [{string.Join(", ", pair.Errors)}]: {pair.Json}");
        Assert.Empty(disagreements);
        Assert.InRange(accepted.Count(ok => ok), 50, mutations.Length / 2);
    }

    private static string[] ShapeErrors(Func<byte[], IEnumerable<Diagnostic>> read, string json) =>
        [
            .. read(Encoding.UTF8.GetBytes(JsonTrees.ToYaml(json)))
                .Where(d => d.Rule.Code.StartsWith("GOG10", StringComparison.Ordinal))
                .Select(d => $"{d.Rule.Code} {d.Message}"),
        ];
}
