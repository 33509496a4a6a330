using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Validation.Builds;

/// <summary>Inline patches, targets, JSON patches, labels and components come to what Kustomize makes of them, and it refuses the same.</summary>
public sealed class KustomizationPatchTests
{
    private const string Start = "## k/kustomization.yaml\nresources: [o.yaml]\n";
    private const string Objects =
        "## k/o.yaml\nTHING---\napiVersion: example.org/v1\nkind: Thing\nmetadata: { name: b, labels: { l: m, n: o }, annotations: { z: y } }\nspec: { list: [1, 2], x: \"2\" }\n---\n"
        + "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: s }\ndata: { k: v }\n";

    /// <summary>The rest of a kustomization of two Things and a ConfigMap, other files, and what is found.</summary>
    public static TheoryData<string, string> Cases { get; } =
        new()
        {
            // Inline patches for the object that they name.
            { "patches: [{ patch: '{ apiVersion: example.org/v1, kind: Thing, metadata: { name: a }, spec: { y: 2, x: null } }' }]", "" },
            { "patches:\n- patch: |-\n    apiVersion: example.org/v1\n    kind: Thing\n    metadata:\n      name: a\n    spec:\n      x: 3\n", "" },
            {
                "patches:\n- patch: |-\n    apiVersion: example.org/v1\n    kind: Thing\n    metadata: { name: a }\n    spec: { x: 3 }\n    ---\n    apiVersion: example.org/v1\n    kind: Thing\n    metadata: { name: b }\n    spec: { x: 3 }\n",
                ""
            },
            { "patches: [{ patch: '{ apiVersion: example.org/v1, kind: Thing, metadata: { name: c } }' }]", "GOG7109 k/kustomization.yaml:2" },
            { "patches: [{ patch: '{ spec: { x: 1 } }' }]", "GOG7109 k/kustomization.yaml:2" },
            { "patches: [{ patch: '' }]", "GOG7109 k/kustomization.yaml:2" },
            { "patches: [{ patch: x }]", "GOG7109 k/kustomization.yaml:2" },
            {
                "patches: [{ path: p.yaml, patch: '{ apiVersion: example.org/v1, kind: Thing, metadata: { name: a } }' }]\n## k/p.yaml\nTHING",
                "GOG7109 k/kustomization.yaml:2"
            },
            { "patches: [{ patch: '{ $patch: delete, apiVersion: example.org/v1, kind: Thing, metadata: { name: a } }' }]", "" },
            // Targets.
            {
                "patches: [{ target: { kind: Thing }, patch: '{ apiVersion: example.org/v1, kind: Thing, metadata: { name: any, labels: { p: q } }, spec: { y: 2 } }' }]",
                ""
            },
            {
                "patches: [{ target: { kind: Thing }, patch: '{ apiVersion: other/v1, kind: Other, metadata: { name: any, namespace: t }, spec: { y: 2 } }' }]",
                ""
            },
            {
                "patches: [{ target: { kind: Thing, name: a }, path: p.yaml }]\n## k/p.yaml\napiVersion: example.org/v1\nkind: Thing\nmetadata: { name: any }\nspec: { y: 2 }\n",
                ""
            },
            { "patches: [{ target: { kind: Thing, name: 'a|b' }, patch: '- { op: add, path: /spec/y, value: 2 }' }]", "" },
            { "patches: [{ target: { kind: 'Th.*' }, patch: '- { op: add, path: /spec/y, value: 2 }' }]", "" },
            { "patches: [{ target: { kind: Th }, patch: '- { op: add, path: /spec/y, value: 2 }' }]", "" },
            { "patches: [{ target: { group: example.org, version: v1 }, patch: '- { op: add, path: /spec/y, value: 2 }' }]", "" },
            { "patches: [{ target: { group: other }, patch: '- { op: add, path: /spec/y, value: 2 }' }]", "" },
            { "patches: [{ target: { namespace: default }, patch: '- { op: add, path: /spec/y, value: 2 }' }]", "" },
            { "patches: [{ target: { namespace: s }, patch: '- { op: add, path: /data/y, value: z }' }]", "" },
            { "patches: [{ target: { labelSelector: 'l=m,n=o' }, patch: '- { op: add, path: /spec/y, value: 2 }' }]", "" },
            { "patches: [{ target: { labelSelector: 'l==m' }, patch: '- { op: add, path: /spec/y, value: 2 }' }]", "" },
            { "patches: [{ target: { annotationSelector: 'z=y' }, patch: '- { op: add, path: /spec/y, value: 2 }' }]", "" },
            { "patches: [{ target: { annotationSelector: 'z=x' }, patch: '- { op: add, path: /spec/y, value: 2 }' }]", "" },
            { "patches: [{ target: {}, patch: '- { op: add, path: /metadata/labels, value: { yy: z } }' }]", "" },
            {
                "patches: [{ target: { kind: Thing, name: a }, patch: '{ $patch: delete, apiVersion: example.org/v1, kind: Thing, metadata: { name: any } }' }]",
                ""
            },
            { "patches: [{ target: { kind: Thing }, patch: '{ spec: { x: 1 } }' }]", "GOG7109 k/kustomization.yaml:2" },
            // JSON patches.
            { "patches: [{ target: { name: a, kind: Thing }, patch: '- { op: replace, path: /spec/x, value: { q: 1 } }' }]", "" },
            { "patches: [{ target: { name: a, kind: Thing }, patch: '- { op: remove, path: /spec/x }' }]", "" },
            {
                "patches: [{ target: { name: a, kind: Thing }, patch: \"- { op: test, path: /spec/x, value: 1 }\\n- { op: add, path: /spec/a~1b~0c, value: 2 }\" }]",
                ""
            },
            { "patches: [{ target: { name: a, kind: Thing }, patch: '- { op: test, path: /spec/x, value: 7 }' }]", "GOG7109 k/kustomization.yaml:2" },
            { "patches: [{ target: { name: a, kind: Thing }, patch: '- { op: remove, path: /spec/q }' }]", "GOG7109 k/kustomization.yaml:2" },
            { "patches: [{ target: { name: a, kind: Thing }, patch: '- { op: replace, path: /spec/q, value: 1 }' }]", "" },
            {
                "patches: [{ target: { name: a, kind: Thing }, patch: '- { op: add, path: /spec/q/r, value: 1 }' }]",
                "GOG7109 k/kustomization.yaml:2"
            },
            {
                "patches: [{ target: { name: b, kind: Thing }, patch: \"- { op: add, path: /spec/list/0, value: 0 }\\n- { op: add, path: /spec/list/-, value: 9 }\\n- { op: remove, path: /spec/list/1 }\\n- { op: replace, path: /spec/list/1, value: 5 }\" }]",
                ""
            },
            { "patches: [{ target: { name: b, kind: Thing }, patch: '- { op: add, path: /spec/list/2, value: 0 }' }]", "" },
            {
                "patches: [{ target: { name: b, kind: Thing }, patch: '- { op: add, path: /spec/list/3, value: 0 }' }]",
                "GOG7109 k/kustomization.yaml:2"
            },
            { "patches: [{ target: { name: b, kind: Thing }, patch: '- { op: remove, path: /spec/list/2 }' }]", "GOG7109 k/kustomization.yaml:2" },
            { "patches: [{ target: { name: a, kind: Thing }, patch: '- { op: replace, path: /metadata/name, value: c }' }]", "" },
            { "patches: [{ target: { name: a, kind: Thing }, patch: '[{\"op\": \"replace\", \"path\": \"/spec/x\", \"value\": \"s\"}]' }]", "" },
            {
                "patches: [{ target: { name: a, kind: Thing }, path: p.json }]\n## k/p.json\n[{\"op\": \"replace\", \"path\": \"/spec/x\", \"value\": \"s\"}]\n",
                ""
            },
            {
                "patches: [{ target: { name: a, kind: Thing }, path: p.yaml }]\n## k/p.yaml\n- { op: add, path: /spec/y, value: [1, { a: b }] }\n- { op: add, path: /spec/y/1/c, value: d }\n",
                ""
            },
            { "patches: [{ patch: '- { op: add, path: /spec/y, value: 2 }' }]", "GOG7109 k/kustomization.yaml:2" },
            { "patches: [{ target: { name: a, kind: Thing }, patch: '[{ op: add, path: /spec/y, value: 2 }]' }]", "GOG7109 k/kustomization.yaml:2" },
            // Labels and annotations, in their order.
            { "labels: [{ pairs: { p: q } }, { pairs: { r: s, l: t } }]", "" },
            { "labels: [{ pairs: { p: q }, includeSelectors: true }]", "" },
            { "labels: [{ pairs: { p: q }, includeTemplates: true }]", "" },
            { "commonLabels: { p: q, l: r }", "" },
            { "commonLabels: { p: q }\nlabels: [{ pairs: { r: s } }]\ncommonAnnotations: { z: x }", "" },
            { "labels: [{ pairs: { p: 1 } }]", "GOG7109 k/kustomization.yaml:2" },
            { "labels: [{ pair: { p: q } }]", "GOG7109 k/kustomization.yaml:2" },
            { "labels: { p: q }", "GOG7109 k/kustomization.yaml:2" },
            { "labels: [{ pairs: { p: q } }]\npatches: [{ target: { labelSelector: 'p=q' }, patch: '- { op: add, path: /spec/y, value: 2 }' }]", "" },
            // Components.
            {
                "components: [c]\n## k/c/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{ target: { kind: Thing }, patch: '- { op: add, path: /spec/y, value: 2 }' }]\n",
                ""
            },
            { "components: [../c]\n## c/kustomization.yaml\nkind: Component\nlabels: [{ pairs: { p: q } }]\ncommonAnnotations: { r: s }\n", "" },
            {
                "components: [../c]\npatches: [{ target: { name: c }, patch: '- { op: add, path: /spec/y, value: 2 }' }]\n## c/kustomization.yaml\nkind: Component\nresources: [o.yaml]\n## c/o.yaml\napiVersion: example.org/v1\nkind: Thing\nmetadata: { name: c }\nspec: {}\n",
                ""
            },
            {
                "components: [../c, ../d]\n## c/kustomization.yaml\nkind: Component\ncommonAnnotations: { r: s, t: u }\n## d/kustomization.yaml\nkind: Component\ncomponents: [../e]\ncommonAnnotations: { r: t }\n## e/kustomization.yaml\nkind: Component\ncommonAnnotations: { r: v, w: x }\n",
                ""
            },
            {
                "components: [../c]\n## c/kustomization.yaml\nkind: Component\npatches: [{ path: p.yaml }]\n## c/p.yaml\napiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\nspec: { x: 8 }\n",
                ""
            },
            {
                "components: [../c]\n## c/kustomization.yaml\nkind: Component\npatches: [{ path: p.yaml }]\n## c/p.yaml\napiVersion: example.org/v1\nkind: Thing\nmetadata: { name: q }\n",
                "GOG7109 c/p.yaml:1"
            },
            { "components: [../c]\n## c/kustomization.yaml\nresources: []\n", "GOG7109 k/kustomization.yaml:2" },
            { "components: [../c]\n", "GOG7109 k/kustomization.yaml:2" },
            {
                "components: [../c]\n## c/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Component\n",
                "GOG7109 c/kustomization.yaml:1"
            },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_cannot_be_built_is_found_where_it_is_written(string files, string found) =>
        Assert.Equal(found, string.Join(' ', BuildText.Places(BuildText.Of(Text(files)))));

    [Theory]
    [InlineData("kubectl")]
    [InlineData("kubectl35")]
    public void Kustomize_refuses_the_same_and_builds_the_rest_to_the_same(string program) =>
        BuildText.AssertSame(Kustomize.Require(program), Cases.Select(row => (Text(row.Data.Item1), row.Data.Item2)));

    [Theory]
    [InlineData("patches: [{ target: { labelSelector: 'a in (b)' }, patch: '[]' }]", "k/kustomization.yaml:2")]
    [InlineData("patches: [{ target: { name: '(?i)a' }, patch: '[]' }]", "k/kustomization.yaml:2")]
    [InlineData("patches: [{ target: { name: a }, patch: '- { op: move, from: /spec/x, path: /spec/y }' }]", "k/kustomization.yaml:2")]
    [InlineData("patches: [{ target: { name: a, kind: Thing }, patch: '- { op: add, path: /spec/x, value: null }' }]", "k/kustomization.yaml:2")]
    [InlineData("patches: [{ target: { name: a }, patch: '{ a: &b c }' }]", "k/kustomization.yaml:2")]
    [InlineData("patches: [{ target: { kind: Thing }, patch: '- { op: add, path: /spec/q, value: { y: z } }' }]", "k/kustomization.yaml:2")]
    [InlineData("patches: [{ target: { kind: Thing }, patch: '- { op: add, path: /spec/q, value: yes }' }]", "k/kustomization.yaml:2")]
    [InlineData("labels: [{ pairs: { a: b }, fields: [{ path: spec/x }] }]", "k/kustomization.yaml:2")]
    [InlineData("configMapGenerator: [{ name: a, behavior: merge, literals: [b=c] }]", "k/kustomization.yaml:2")]
    [InlineData("configMapGenerator: [{ name: g, literals: [b=c] }]\npatches: [{ target: { kind: '.*' }, patch: '[]' }]", "k/kustomization.yaml:3")]
    [InlineData("components: ['https://example.com/c?ref=v1']", "k/kustomization.yaml:2")]
    public void What_is_not_followed_is_reported(string rest, string place) =>
        Assert.Equal([$"GOG7203 {place}"], BuildText.Places(BuildText.Of(Text(rest))));

    [Fact]
    public void Labels_of_selectors_are_not_followed() =>
        Assert.Equal(
            ["GOG7203 k/kustomization.yaml:2"],
            BuildText.Places(
                BuildText.Of(
                    "## k/kustomization.yaml\nresources: [o.yaml]\ncommonLabels: { a: b }\n## k/o.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\n"
                )
            )
        );

    private static string Text(string rest)
    {
        var at = rest.IndexOf("## ", StringComparison.Ordinal);
        var (own, others) = at < 0 ? (rest, "") : (rest[..at], rest[at..]);
        return $"{Start}{own.TrimEnd('\n')}\n{Objects}{others}";
    }
}
