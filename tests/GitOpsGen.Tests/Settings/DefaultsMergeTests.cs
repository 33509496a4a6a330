using System.Diagnostics;
using CsCheck;
using GitOpsGen.Settings;
using GitOpsGen.Tests.Testing;
using GitOpsGen.Tests.Yaml;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Settings;

/// <summary>Maps merge key by key, lists and scalars replace, registry, each route and destination replace as a whole.</summary>
public class DefaultsMergeTests
{
    [Theory]
    [InlineData("{ a: 1 }", "{ b: 2 }", "{ b: 2, a: 1 }")]
    [InlineData("{ a: 1 }", "{ a: 2 }", "{ a: 1 }")]
    [InlineData("{ a: { x: 1 } }", "{ a: { x: 2, y: 3 } }", "{ a: { x: 1, y: 3 } }")]
    [InlineData("{ a: [1] }", "{ a: [2, 3] }", "{ a: [1] }")]
    [InlineData("{ a: { x: 1 } }", "{ a: [2] }", "{ a: { x: 1 } }")]
    [InlineData("{ a: 1 }", "{ a: { x: 2 } }", "{ a: 1 }")]
    [InlineData("{ a: {} }", "{ a: { x: 2 } }", "{ a: { x: 2 } }")]
    [InlineData("{ registry: { host: h } }", "{ registry: { ecr: {}, prefix: p } }", "{ registry: { host: h } }")]
    [InlineData(
        "{ upstreams: { ghcr.io: { from: upstream }, quay.io: {} } }",
        "{ upstreams: { ghcr.io: { host: h, prefix: p }, docker.io: { path: q } } }",
        "{ upstreams: { ghcr.io: { from: upstream }, docker.io: { path: q }, quay.io: {} } }"
    )]
    [InlineData("{ registry: none }", "{ registry: { host: h } }", "{ registry: none }")]
    [InlineData(
        "{ gitops: { path: p, argocd: { destination: { name: n } } } }",
        "{ gitops: { argocd: { project: q, destination: { server: s } } } }",
        "{ gitops: { argocd: { project: q, destination: { name: n } }, path: p } }"
    )]
    [InlineData(
        "{ crossplane: { values: { registry: { a: 1 } } } }",
        "{ crossplane: { values: { registry: { b: 2 } } } }",
        "{ crossplane: { values: { registry: { b: 2, a: 1 } } } }"
    )]
    [InlineData(
        "{ packages: { p: { spec: { a: 1 } } } }",
        "{ packages: { p: { spec: { b: 1 } }, q: {} } }",
        "{ packages: { p: { spec: { b: 1, a: 1 } }, q: {} } }"
    )]
    public void Defaults_are_merged_under_an_environment(string own, string under, string merged) =>
        Assert.Equal(Print(Parse(merged)), Print(DefaultsMerge.Under(Parse(own), Parse(under))));

    [Fact]
    public void A_value_keeps_the_place_of_who_wrote_it()
    {
        var merged = DefaultsMerge.Under(Parse("{ a: { x: 1 } }"), Parse("\n\n{ a: { x: 2, y: 3 }, b: 4 }"));
        Assert.Equal((1, 3, 3), (LineOf(merged, "a", "x"), LineOf(merged, "a", "y"), LineOf(merged, "b")));
    }

    [Fact]
    public void Merging_is_idempotent_and_the_environment_always_wins() =>
        Gen.Select(Maps(3), Maps(3))
            .Sample(
                (own, under) =>
                {
                    var merged = DefaultsMerge.Under(own, under);
                    Assert.Equal(Print(own), Print(DefaultsMerge.Under(own, own)));
                    Assert.Equal(Print(merged), Print(DefaultsMerge.Under(merged, under)));
                    Assert.All(own.Entries, entry => Assert.True(entry.Value is YamlMapping || merged[entry.Key.Text] == entry.Value));
                    Assert.All(under.Entries, entry => Assert.True(own[entry.Key.Text] is not null || merged[entry.Key.Text] == entry.Value));
                }
            );

    [Fact]
    public void A_hundred_thousand_keys_are_quickly_merged()
    {
        var large = Parse(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"k{i}: v\n")));
        var clock = Stopwatch.StartNew();
        Assert.Equal(100_000, DefaultsMerge.Under(large, large).Entries.Length);
        Assert.True(clock.Elapsed < HangGuard.Bound, $"It took {clock.Elapsed}.");
    }

    private static YamlMapping Parse(string text) => Assert.IsType<YamlMapping>(YamlText.Sound(text));

    private static int LineOf(YamlNode node, params string[] keys) =>
        keys.Aggregate(node, (inner, key) => ((YamlMapping)inner)[key]!).Span.Start.Line;

    private static string Print(YamlNode node)
    {
        var output = new System.Text.StringBuilder();
        YamlWriter.Write(output, node, 0);
        return output.ToString();
    }

    private static Gen<YamlMapping> Maps(int depth)
    {
        var scalar = Gen.Int[0, 3].Select(YamlNode (i) => YamlScalar.String($"s{i}", default));
        var value =
            depth == 0
                ? scalar
                : Gen.OneOf(
                    scalar,
                    scalar.Array[0, 2].Select(YamlNode (items) => new YamlSequence([.. items], default)),
                    Maps(depth - 1).Select(YamlNode (map) => map)
                );
        return Gen.Select(Gen.OneOf("a", "b", "c", "registry"), value)
            .Array[0, 4]
            .Select(entries => new YamlMapping(
                [.. entries.DistinctBy(e => e.Item1).Select(e => new YamlEntry(YamlScalar.String(e.Item1, default), e.Item2))],
                default
            ));
    }
}
