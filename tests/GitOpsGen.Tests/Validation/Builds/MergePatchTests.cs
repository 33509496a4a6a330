using CsCheck;
using GitOpsGen.Diagnostics;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Scenarios;
using GitOpsGen.Tests.Yaml;
using GitOpsGen.Validation.Builds;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Validation.Builds;

public sealed class MergePatchTests
{
    // Which shape a key has is in its first letter: Kustomize merges no two shapes.
    private static readonly Gen<string> Scalars = Gen.OneOf([.. new[] { "1", "true", "\"\"", "\"1\"", "text", "null" }.Select(Gen.Const)]);

    [Theory]
    [InlineData("{ a: 1 }", "{ b: 2 }", """{"a":1,"b":2}""")]
    [InlineData("{ a: 1 }", "{ a: 2 }", """{"a":2}""")]
    [InlineData("{ a: 1, b: 2 }", "{ a: null, c: null }", """{"b":2}""")]
    [InlineData("{ a: { b: 1, c: 2 } }", "{ a: { c: 3 } }", """{"a":{"b":1,"c":3}}""")]
    [InlineData("{ a: { b: 1 } }", "{ a: { b: null } }", """{"a":{}}""")]
    [InlineData("{ a: { b: 1 } }", "{ a: {} }", """{"a":{"b":1}}""")]
    [InlineData("{ a: [1, 2] }", "{ a: [3] }", """{"a":[3]}""")]
    [InlineData("{ a: [{ name: b, c: 1 }] }", "{ a: [{ name: b, d: 2 }] }", """{"a":[{"d":2,"name":"b"}]}""")]
    [InlineData("{ a: null }", "{ a: { b: 1, c: null } }", """{"a":{"b":1}}""")]
    [InlineData("{ a: '1', b: '2', c: 3 }", "{ a: 4, b: true, c: '5' }", """{"a":"4","b":"true","c":"5"}""")]
    [InlineData("{ a: null }", "{}", """{"a":null}""")]
    [InlineData("{}", "{ a: { b: { c: null } }, d: [null] }", """{"a":{"b":{}},"d":[null]}""")]
    public void Mappings_merge_null_removes_and_the_rest_replaces(string target, string patch, string merged)
    {
        var bag = new DiagnosticBag();

        Assert.Equal([merged], BuildText.Json([MergePatch.Apply(Mapping(target), Mapping(patch), bag)]));
        Assert.Empty(bag.ToImmutable());
    }

    [Theory]
    [InlineData("{ a: 1 }", "{ a: { b: 1 } }")]
    [InlineData("{ a: { b: 1 } }", "{ a: 1 }")]
    [InlineData("{ a: [1] }", "{ a: { b: 1 } }")]
    [InlineData("{ a: { b: 1 } }", "{ a: [1] }")]
    [InlineData("{ a: 1 }", "{ a: [1] }")]
    public void Nothing_replaces_a_value_of_another_shape(string target, string patch)
    {
        var bag = new DiagnosticBag();

        MergePatch.Apply(Mapping(target), Mapping(patch), bag);

        Assert.Equal(["GOG7109 1:6"], bag.ToImmutable().Places());
        Assert.Null(Kustomized(Kustomize.Require("kubectl35"), [(target, patch)]));
    }

    [Theory]
    [InlineData("kubectl")]
    [InlineData("kubectl35")]
    public void Kustomize_merges_any_two_objects_to_the_same(string program)
    {
        var kustomize = Kustomize.Require(program);
        // A program takes longer to start than to patch two hundred objects.
        Gen.Select(Mappings(3), Mappings(3))
            .Array[200]
            .Sample(
                pairs =>
                {
                    var ours = pairs.Select(pair => MergePatch.Apply(Mapping(pair.Item1), Mapping(pair.Item2), new()));
                    Assert.Equal(BuildText.Json(ours), Kustomized(kustomize, pairs));
                },
                iter: 3,
                threads: 1
            );
    }

    private static YamlMapping Mapping(string text) => (YamlMapping)YamlText.Sound(text);

    /// <summary>What Kustomize makes of the specs of as many objects, sorted; <see langword="null"/> where it refuses.</summary>
    private static IEnumerable<string>? Kustomized(Kustomize kustomize, IReadOnlyList<(string Target, string Patch)> pairs)
    {
        using var temp = new TempFolder();
        temp.Write("kustomization.yaml", "resources: [o.yaml]\npatches: [{ path: p.yaml }]\n");
        temp.Write("o.yaml", string.Concat(pairs.Select((pair, i) => Object(i, pair.Target))));
        temp.Write("p.yaml", string.Concat(pairs.Select((pair, i) => Object(i, pair.Patch))));
        return BuildText
            .Kustomized(temp.Path, kustomize)
            ?.Select(json => json[(json.IndexOf("\"spec\":", StringComparison.Ordinal) + "\"spec\":".Length)..^1])
            .Order(StringComparer.Ordinal);
    }

    private static string Object(int number, string spec) =>
        $"---\napiVersion: example.org/v1\nkind: Thing\nmetadata: {{ name: a{number} }}\nspec: {spec}\n";

    private static Gen<string> Mappings(int depth)
    {
        var entries = new List<Gen<string>> { Entry("s", Scalars), Entry("l", Lists(depth)) };
        if (depth > 0)
            entries.Add(Entry("m", Gen.Frequency((5, Mappings(depth - 1)), (1, Gen.Const("null")))));
        return Gen.OneOf([.. entries]).Array[0, 5].Select(pairs => "{ " + string.Join(", ", pairs.DistinctBy(pair => pair[..2])) + " }");
    }

    private static Gen<string> Lists(int depth) =>
        Gen.OneOf(Scalars, depth > 0 ? Mappings(depth - 1) : Scalars).Array[0, 3].Select(items => $"[{string.Join(", ", items)}]");

    private static Gen<string> Entry(string shape, Gen<string> value) =>
        Gen.Select(Gen.Int[0, 3], value, (number, text) => $"{shape}{number}: {text}");
}
