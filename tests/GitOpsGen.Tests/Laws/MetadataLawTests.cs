using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Laws;

/// <summary>
/// Whatever labels and annotations the settings give, every object that an engine applies bears them, and without them it is what it was:
/// guards, order, spec. Kustomize builds both.
/// </summary>
public sealed class MetadataLawTests
{
    private static readonly string[] Folders = ["packages", "argocd", "flux", "crossplane"];

    private static readonly Gen<string> Name = Gen.Char["abcXYZ019"].Array[1, 8].Select(letters => new string(letters));
    private static readonly Gen<string> Key = Gen.Select(
        Among("k", "acme.com/", "a-b.example/", "app.kubernetes.io/"),
        Name,
        (owner, name) => owner + name
    );
    private static readonly Gen<string> LabelValue = Gen.OneOf(Name, Among("", "yes", "0123", "1.0", "null", "a-b_c.d"));
    private static readonly Gen<string> AnnotationValue = Gen.OneOf(
        LabelValue,
        // Without what GOG1109 and GOG1110 refuse.
        Gen.Char["aZ0 :#{}[]\"'\\-\n\t$é&*!\u0001\u00a0\u2028\ufeff|>%@`"]
            .Array[0, 12]
            .Select(letters => new string(letters).Replace("${", "$ {", StringComparison.Ordinal))
            .Where(text => !text.StartsWith('\t') || !text.Contains('\n', StringComparison.Ordinal))
    );

    [Fact]
    public void Every_object_bears_them_and_nothing_else_changes()
    {
        var kustomize = Kustomize.Require();
        using var run = new ScenarioRun(new("labels-and-annotations-on-everything"));
        var settings = Path.Combine(run.Root, ".config", "gitopsgen.yaml");
        var text = File.ReadAllText(settings);
        var start = text.IndexOf("  metadata:\n", StringComparison.Ordinal);
        var end = text.IndexOf("  packages:\n", StringComparison.Ordinal);
        var plain = (text[..start] + text[end..])
            .Replace("      metadata: { labels: { team: storage, empty: \"\" }, annotations: { zone: a } }\n", "", StringComparison.Ordinal)
            .Replace("metadata: { labels: { family: aws } }, ", "", StringComparison.Ordinal)
            .Replace("    metadata: { labels: { team: edge } }\n", "", StringComparison.Ordinal);
        Assert.DoesNotContain("metadata", plain, StringComparison.Ordinal);
        var before = Built("defaults:\n", plain);
        Assert.True(before.Count > 30, $"{before.Count}");

        // Many in each round: six programs build it.
        Gen.Select(Gen.Dictionary(Key, LabelValue)[0, 16], Gen.Dictionary(Key, AnnotationValue)[0, 16])
            .Sample(
                metadata =>
                {
                    var written = new JsonObject { ["labels"] = Json(metadata.Item1), ["annotations"] = Json(metadata.Item2) };
                    var after = Built($"defaults:\n  metadata: {written.ToJsonString()}\n", plain);

                    Assert.Equal(before.Keys, after.Keys);
                    foreach (var (identity, node) in after)
                    {
                        Take(node, "labels", metadata.Item1, identity);
                        Take(node, "annotations", metadata.Item2, identity);
                        Assert.True(JsonNode.DeepEquals(before[identity], node), $"{identity}\n{written}\n{before[identity]}\n{node}");
                    }
                },
                iter: LongProof.Count(15, 2),
                threads: 1
            );

        SortedDictionary<string, JsonNode> Built(string defaults, string rest)
        {
            File.WriteAllText(settings, rest.Replace("defaults:\n", defaults, StringComparison.Ordinal), new UTF8Encoding(false));
            var outcome = run.Render();
            Assert.False(outcome.HasErrors, string.Join('\n', outcome.Diagnostics));
            var objects = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
            foreach (var overlay in Directory.GetDirectories(Path.Combine(run.Root, "manifests", "overlays")))
            {
                foreach (
                    var folder in Folders
                        .Select(name => Path.Combine(overlay, name))
                        .Where(path => File.Exists(Path.Combine(path, "kustomization.yaml")))
                )
                {
                    foreach (var built in kustomize.Build(folder))
                    {
                        objects.Add($"{Path.GetFileName(overlay)} {Path.GetFileName(folder)} {built.Kind} {built.Name}", built.Content.DeepClone());
                    }
                }
            }

            return objects;
        }
    }

    private static Gen<string> Among(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static JsonObject Json(Dictionary<string, string> pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    private static void Take(JsonNode node, string part, Dictionary<string, string> expected, string identity)
    {
        var metadata = node["metadata"]!.AsObject();
        foreach (var (key, value) in expected)
        {
            Assert.True(metadata[part]?[key]?.GetValue<string>() == value, $"{identity} {part} {key}: {metadata.ToJsonString()}");
            metadata[part]!.AsObject().Remove(key);
        }

        if (metadata[part] is JsonObject { Count: 0 })
        {
            metadata.Remove(part);
        }
    }
}
