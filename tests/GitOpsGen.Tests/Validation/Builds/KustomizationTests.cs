using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Validation.Builds;

/// <summary>What is wrong with a kustomization is what Kustomize refuses; and what it does beyond what is applied here is said.</summary>
public sealed class KustomizationTests
{
    private const string Patched = "## k/o.yaml\nTHING## k/p.yaml\n";

    /// <summary>The files of a build of <c>k</c>, and what is found.</summary>
    public static TheoryData<string, string> Cases { get; } =
        new()
        {
            // Resources.
            { "## k/kustomization.yaml\nresources: [o.yaml]\n## k/o.yaml\nTHING", "" },
            { "## k/kustomization.yml\nresources: [./o.yaml]\n## k/o.yaml\nTHING", "" },
            { "## k/Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [o.yaml]\n## k/o.yaml\nTHING", "" },
            { "## k/kustomization.yaml\nresources: [o.yaml, missing.yaml]\n## k/o.yaml\nTHING", "GOG7109 k/kustomization.yaml:1" },
            { "## k/kustomization.yaml\nresources:\n- o.yaml\n- d\n## k/o.yaml\nTHING## k/d/o.yaml\nTHING", "GOG7109 k/kustomization.yaml:3" },
            { "## k/kustomization.yaml\nresources: [../d]\n## d/kustomization.yaml\nresources: [o.yaml]\n## d/o.yaml\nTHING", "" },
            { "## k/kustomization.yaml\nresources: [../o.yaml]\n## o.yaml\nTHING", "GOG7109 k/kustomization.yaml:1" },
            { "## k/kustomization.yaml\nresources: [../kk/o.yaml]\n## kk/o.yaml\nTHING", "GOG7109 k/kustomization.yaml:1" },
            { "## k/kustomization.yaml\nresources: [.]\n", "GOG7109 k/kustomization.yaml:1" },
            {
                "## k/kustomization.yaml\nresources: [..]\n## kustomization.yaml\nresources: [k]\n",
                "GOG7109 k/kustomization.yaml:1 GOG7109 kustomization.yaml:1"
            },
            {
                "## k/kustomization.yaml\nresources: [../l]\n## l/kustomization.yaml\nresources: [../m]\n## m/kustomization.yaml\nresources: [../k]\n",
                "GOG7109 k/kustomization.yaml:1 GOG7109 l/kustomization.yaml:1 GOG7109 m/kustomization.yaml:1"
            },
            { "## k/kustomization.yaml\nresources: [o.yaml, o.yaml]\n## k/o.yaml\nTHING", "GOG7109 k/o.yaml:1" },
            {
                "## k/kustomization.yaml\nresources: [o.yaml, d]\ncommonAnnotations: { a: b }\n## k/o.yaml\nTHING## k/d/kustomization.yaml\nresources: [o.yaml]\n## k/d/o.yaml\nTHING",
                "GOG7109 k/kustomization.yaml:1"
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml, p.yaml]\n"
                    + Patched
                    + "apiVersion: example.org/v2\nkind: Thing\nmetadata: { name: a }\n",
                ""
            },
            { "## k/kustomization.yaml\nresources: [o.yaml, p.yaml]\n" + Patched, "" },
            { "## k/kustomization.yaml\nresources: [o.yaml, p.yaml]\n" + Patched + "# nothing\n---\n---\n# nothing\n", "" },
            {
                "## k/kustomization.yaml\nresources: [p.yaml]\n"
                    + Patched
                    + "apiVersion: v1\nkind: List\nitems:\n- { apiVersion: a/v1, kind: A, metadata: { name: a } }\n- { apiVersion: a/v1, kind: A, metadata: { name: b } }\n",
                ""
            },
            {
                "## k/kustomization.yaml\nresources: [p.yaml]\n"
                    + Patched
                    + "apiVersion: a/v1\nkind: A\nmetadata: { name: a }\n---\napiVersion: a/v1\nkind: A\nmetadata: { name: b }\n",
                ""
            },
            // The file itself.
            { "## k/kustomization.yaml\n", "GOG7109 k/kustomization.yaml:1" },
            { "## k/kustomization.yaml\n[]\n", "GOG7109 k/kustomization.yaml:1" },
            { "## k/kustomization.yaml\nresources: []\n", "" },
            { "## k/kustomization.yaml\nresources: []\n## k/kustomization.yml\nresources: []\n", "GOG7109 k/kustomization.yaml:1" },
            { "## k/kustomization.yaml\nresources: o.yaml\n## k/o.yaml\nTHING", "GOG7109 k/kustomization.yaml:1" },
            { "## k/kustomization.yaml\nresources: [1]\n", "GOG7109 k/kustomization.yaml:1" },
            { "## k/kustomization.yaml\nresources: [a: b]\n", "GOG7109 k/kustomization.yaml:1" },
            { "## k/kustomization.yaml\nresources: ['']\n", "GOG7109 k/kustomization.yaml:1" },
            { "## k/kustomization.yaml\nresources: [o.yaml]\nresorces: []\n## k/o.yaml\nTHING", "GOG7109 k/kustomization.yaml:2" },
            { "## k/kustomization.yaml\napiVersion: v1\nkind: Kustomization\nresources: []\n", "GOG7109 k/kustomization.yaml:1" },
            {
                "## k/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Thing\nresources: []\n",
                "GOG7109 k/kustomization.yaml:2"
            },
            { "## k/kustomization.yaml\nresources: [\n", "GOG1003 k/kustomization.yaml:2 GOG7109 k/kustomization.yaml:1" },
            { "## k/kustomization.yaml\nresources: [o.yaml]\nlabels: []\nnamespace:\n## k/o.yaml\nTHING", "" },
            // Patches.
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\npatches: [{ path: p.yaml }]\n"
                    + Patched
                    + "apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a, annotations: { b: c } }\nspec: { x: null, y: [1] }\n",
                ""
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\npatches: [{ path: p.yaml }]\n"
                    + Patched
                    + "apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\nspec: { y: 1 }\n---\napiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\nspec: { y: 2 }\n",
                ""
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\npatches: [{ path: p.yaml }]\n"
                    + Patched
                    + "apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a, namespace: default }\nspec: { y: 1 }\n",
                ""
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\npatches: [{ path: p.yaml }]\n"
                    + Patched
                    + "apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a, namespace: b }\n",
                "GOG7109 k/p.yaml:1"
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\npatches: [{ path: p.yaml }]\n"
                    + Patched
                    + "apiVersion: example.org/v2\nkind: Thing\nmetadata: { name: a }\n",
                "GOG7109 k/p.yaml:1"
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\npatches: [{ path: p.yaml }]\n"
                    + Patched
                    + "apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: b }\n",
                "GOG7109 k/p.yaml:1"
            },
            { "## k/kustomization.yaml\nresources: [o.yaml]\npatches: [{ path: p.yaml }]\n" + Patched + "spec: { x: 1 }\n", "GOG7109 k/p.yaml:1" },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\npatches: [{ path: p.yaml }]\n" + Patched + "[{ op: add, path: /spec/z, value: 1 }]\n",
                "GOG7109 k/p.yaml:1"
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\npatches: [{ path: p.yaml }]\n" + Patched + "# nothing\n",
                "GOG7109 k/kustomization.yaml:2"
            },
            { "## k/kustomization.yaml\nresources: [o.yaml]\npatches: [{ path: missing.yaml }]\n" + Patched, "GOG7109 k/kustomization.yaml:2" },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\npatches: [{ path: ../p.yaml }]\n## k/o.yaml\nTHING## p.yaml\nTHING",
                "GOG7109 k/kustomization.yaml:2"
            },
            { "## k/kustomization.yaml\nresources: [o.yaml]\npatches: [{ pat: p.yaml }]\n" + Patched, "GOG7109 k/kustomization.yaml:2" },
            { "## k/kustomization.yaml\nresources: [o.yaml]\npatches: [p.yaml]\n" + Patched + "THING", "GOG7109 k/kustomization.yaml:2" },
            { "## k/kustomization.yaml\nresources: [o.yaml]\npatches: p.yaml\n" + Patched + "THING", "GOG7109 k/kustomization.yaml:2" },
            {
                "## k/kustomization.yaml\nresources: [d]\npatches: [{ path: p.yaml }]\n## k/d/kustomization.yaml\nresources: [o.yaml]\n## k/d/o.yaml\nTHING## k/p.yaml\napiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\nspec: { y: 1 }\n",
                ""
            },
            // Keys that are not strings.
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\n## k/o.yaml\napiVersion: a/v1\nkind: A\nmetadata: { name: a }\nspec:\n  true: a\n",
                "GOG7109 k/o.yaml:5"
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\n## k/o.yaml\napiVersion: a/v1\nkind: A\nmetadata: { name: a }\nspec:\n- 1: a\n",
                "GOG7109 k/o.yaml:5"
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\n## k/o.yaml\napiVersion: a/v1\nkind: A\nmetadata: { name: a }\nspec:\n  1.5: a\n",
                "GOG7109 k/o.yaml:5"
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\n## k/o.yaml\napiVersion: a/v1\nkind: A\nmetadata: { name: a }\nspec: { yes: a, 'true': b }\n",
                ""
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\npatches: [{ path: p.yaml }]\n"
                    + Patched
                    + "apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\nspec: { true: 1 }\n",
                "GOG7109 k/p.yaml:4"
            },
            // Characters that it writes raw and refuses to read.
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\n## k/o.yaml\napiVersion: a/v1\nkind: A\nmetadata: { name: a }\nspec:\n  a: [\"\\x7F\"]\n",
                "GOG1110 k/o.yaml:5"
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\n## k/o.yaml\napiVersion: a/v1\nkind: A\nmetadata: { name: a }\nspec:\n  \"\\uFFFE\": a\n",
                "GOG1110 k/o.yaml:5"
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\npatches: [{ path: p.yaml }]\n"
                    + Patched
                    + "apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\nspec: { y: \"a\\x9Fb\" }\n",
                "GOG1110 k/p.yaml:4"
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\ncommonAnnotations: { a: \"\\uFFFF\" }\n## k/o.yaml\nTHING",
                "GOG1110 k/kustomization.yaml:2"
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\n## k/o.yaml\napiVersion: a/v1\nkind: A\nmetadata: { name: a }\nspec: [\"\\x01\\xA0\\uFEFF\\u2028\"]\n",
                ""
            },
            // Order.
            { "## k/kustomization.yaml\nresources: [o.yaml]\nsortOptions: { order: fifo }\n## k/o.yaml\nTHING", "" },
            { "## k/kustomization.yaml\nresources: [o.yaml]\nsortOptions:\n## k/o.yaml\nTHING", "" },
            { "## k/kustomization.yaml\nresources: [o.yaml]\nsortOptions: { order: fifo, legacySortOptions: null }\n## k/o.yaml\nTHING", "" },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\nsortOptions: { order: legacy, legacySortOptions: { orderFirst: [Thing], orderLast: null } }\n## k/o.yaml\nTHING",
                ""
            },
            { "## k/kustomization.yaml\nresources: [o.yaml]\nsortOptions: fifo\n## k/o.yaml\nTHING", "GOG7109 k/kustomization.yaml:2" },
            { "## k/kustomization.yaml\nresources: [o.yaml]\nsortOptions: {}\n## k/o.yaml\nTHING", "GOG7109 k/kustomization.yaml:2" },
            { "## k/kustomization.yaml\nresources: [o.yaml]\nsortOptions: { order: FIFO }\n## k/o.yaml\nTHING", "GOG7109 k/kustomization.yaml:2" },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\nsortOptions: { order: fifo, by: name }\n## k/o.yaml\nTHING",
                "GOG7109 k/kustomization.yaml:2"
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\nsortOptions: { order: fifo, legacySortOptions: {} }\n## k/o.yaml\nTHING",
                "GOG7109 k/kustomization.yaml:2"
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\nsortOptions: { order: legacy, legacySortOptions: [Thing] }\n## k/o.yaml\nTHING",
                "GOG7109 k/kustomization.yaml:2"
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\nsortOptions: { order: legacy, legacySortOptions: { orderFirst: [1] } }\n## k/o.yaml\nTHING",
                "GOG7109 k/kustomization.yaml:2"
            },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\nsortOptions: { order: legacy, legacySortOptions: { first: [Thing] } }\n## k/o.yaml\nTHING",
                "GOG7109 k/kustomization.yaml:2"
            },
            // Annotations, which come last.
            { "## k/kustomization.yaml\nresources: [o.yaml]\ncommonAnnotations: { a: b, c: \"1\" }\n## k/o.yaml\nTHING", "" },
            {
                "## k/kustomization.yaml\nresources: [o.yaml]\ncommonAnnotations: { a: b, c: d }\npatches: [{ path: p.yaml }]\n"
                    + Patched
                    + "apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a, annotations: { a: z, e: f } }\n",
                ""
            },
            {
                "## k/kustomization.yaml\nresources: [d]\ncommonAnnotations: { a: b }\n## k/d/kustomization.yaml\nresources: [o.yaml]\ncommonAnnotations: { a: c, d: e }\n## k/d/o.yaml\nTHING",
                ""
            },
            { "## k/kustomization.yaml\nresources: [o.yaml]\ncommonAnnotations: { a: 1 }\n## k/o.yaml\nTHING", "GOG7109 k/kustomization.yaml:2" },
            { "## k/kustomization.yaml\nresources: [o.yaml]\ncommonAnnotations: [a]\n## k/o.yaml\nTHING", "GOG7109 k/kustomization.yaml:2" },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_cannot_be_built_is_found_where_it_is_written(string files, string found) =>
        Assert.Equal(found, string.Join(' ', BuildText.Places(BuildText.Of(files))));

    [Theory]
    [InlineData("kubectl")]
    [InlineData("kubectl35")]
    public void Kustomize_refuses_the_same_and_builds_the_rest_to_the_same(string program) =>
        BuildText.AssertSame(Kustomize.Require(program), Cases.Select(row => row.Data));

    [Theory]
    [InlineData("namespace: b", "k/kustomization.yaml:2")]
    [InlineData("namePrefix: a-", "k/kustomization.yaml:2")]
    [InlineData("patches: [{ path: o.yaml, options: { allowNameChange: true } }]", "k/kustomization.yaml:2")]
    public void What_is_not_applied_is_said_and_leaves_objects_not_checked_in_full(string key, string place)
    {
        var build = BuildText.Of(
            $"## k/kustomization.yaml\nresources: [o.yaml]\n{key}\n## k/o.yaml\nTHING## a/kustomization.yaml\nresources: [../k]\ncommonAnnotations: {{ a: b }}\n"
        );

        Assert.Equal([$"GOG7203 {place}"], BuildText.Places(build));
        Assert.False(build.Build("k").IsComplete);
        Assert.False(build.Build("a").IsComplete);
    }

    [Theory]
    [InlineData("https://github.com/acme/a?ref=v1")]
    [InlineData("github.com/acme/a?ref=v1")]
    [InlineData("git@github.com:acme/a")]
    [InlineData("../../beside")]
    [InlineData("/etc")]
    public void What_is_elsewhere_is_not_looked_at_and_may_be_what_a_patch_is_for(string resource)
    {
        var build = BuildText.Of($"## k/kustomization.yaml\nresources: ['{resource}']\npatches: [{{ path: p.yaml }}]\n## k/p.yaml\nTHING");

        Assert.Equal(["GOG7203 k/kustomization.yaml:1", "GOG7203 k/p.yaml:1"], BuildText.Places(build));
    }

    [Fact]
    public void A_patch_may_be_for_what_is_generated()
    {
        var build = BuildText.Of(
            "## k/kustomization.yaml\nconfigMapGenerator: [{ name: a, literals: [b=c] }]\npatches: [{ path: p.yaml }]\n## k/p.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n"
        );

        Assert.Equal(["GOG7203 k/p.yaml:1"], BuildText.Places(build));
    }

    [Theory]
    [InlineData("spec: { $patch: delete }")]
    [InlineData("spec: { a: [{ $patch: replace }] }")]
    [InlineData("spec: { $setElementOrder/a: [b] }")]
    public void A_directive_is_not_applied_and_said(string patch)
    {
        var build = BuildText.Of(
            $"## k/kustomization.yaml\nresources: [o.yaml]\npatches: [{{ path: p.yaml }}]\n## k/o.yaml\nTHING## k/p.yaml\napiVersion: example.org/v1\nkind: Thing\nmetadata: {{ name: a }}\n{patch}\n"
        );

        Assert.Equal(["GOG7203 k/p.yaml:4"], BuildText.Places(build));
        Assert.Single(build.Build("k").Objects);
    }
}
