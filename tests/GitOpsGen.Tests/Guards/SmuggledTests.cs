using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Guards;

/// <summary>Ways in which a template could bring a package past the plan, in forms that only Kustomize reads.</summary>
public sealed class SmuggledTests
{
    private const string Extras = "overlays/{environment}/packages/extras";
    private const string Evil =
        "{ apiVersion: pkg.crossplane.io/v1, kind: Provider, metadata: { name: upbound-provider-aws-s3 }, spec: { package: 'evil.example.com/a/b:v1' } }";

    [Theory]
    [InlineData("GOG4009", "a.yaml", "apiVersion: v1\nkind: List\nitems:\n- " + Evil)]
    [InlineData("GOG4009", "a.yaml", "apiVersion: v1\nkind: PodList\nitems:\n- " + Evil)]
    [InlineData("GOG4009", "a.yaml", "kind: AnyList\nitems:\n- " + Evil)]
    [InlineData("GOG4009", "c/kustomization.yaml", "kind: Component\nresources: [o.yaml]\n", "c/o.yaml", Evil)]
    [InlineData(
        "GOG4009",
        "kustomization.yaml",
        "components: [c]\n",
        "c/kustomization.yaml",
        "kind: Component\nresources: [o.yaml]\n",
        "c/o.yaml",
        Evil
    )]
    [InlineData(
        "GOG4009",
        "kustomization.yaml",
        "resources: [o.yaml]\npatches: [{ target: { kind: Own }, patch: '[{\"op\": \"replace\", \"path\": \"/kind\", \"value\": \"Provider\"}]' }]\n",
        "o.yaml",
        "{ apiVersion: pkg.crossplane.io/v1, kind: Own, metadata: { name: own } }"
    )]
    [InlineData("GOG4009", "a.yaml", "{ apiVersion: pkg.crossplane.io/v1, kind: ProviderRevision, metadata: { name: a }, spec: { image: evil } }")]
    [InlineData("GOG4013", "kustomization.yaml", "resources: ['https://evil.example.com/x']\n")]
    [InlineData("GOG4013", "kustomization.yaml", "components: ['https://evil.example.com/x']\n")]
    [InlineData("GOG4013", "kustomization.yaml", "helmCharts: [{ name: evil }]\n")]
    [InlineData("GOG4013", "kustomization.yaml", "generators: [evil.yaml]\n")]
    [InlineData("GOG4013", "kustomization.yaml", "replacements: [{ path: evil.yaml }]\n")]
    [InlineData("GOG4013", "kustomization.yaml", "patches: [{ patch: '[]', target: { kind: ConfigMap }, options: { allowKindChange: true } }]\n")]
    [InlineData("GOG4013", "kustomization.yaml", "resources: [sub]\n", "sub/kustomization.yaml", "resources: ['https://evil.example.com/x']\n")]
    public void No_package_comes_by_the_extras(string code, params string[] filesAndContents) =>
        AssertFound(code, [.. filesAndContents.Chunk(2).Select(pair => ($"{Extras}/{pair[0]}", pair[1]))]);

    [Fact]
    public void No_package_comes_by_a_folder_inside_of_one_that_the_plan_has() =>
        AssertFound(
            "GOG4013",
            (
                "overlays/{environment}/packages/kustomization.yaml",
                "resources:\n- prerequisites\n{{ for wave in environment.waves }}- wave-{{ wave.number }}\n{{ end }}- mine\n"
            ),
            ("overlays/{environment}/packages/mine/kustomization.yaml", "resources: ['https://evil.example.com/x']\n")
        );

    [Theory]
    [InlineData("overlays/{environment}/packages/.argocd-source.yaml", "kustomize: { namePrefix: a- }\n")]
    [InlineData("overlays/{environment}/packages/.argocd-source-any.yaml", "kustomize: { namePrefix: a- }\n")]
    [InlineData("overlays/{environment}/packages/.sourceignore", "*\n")]
    public void No_file_tells_an_engine_to_apply_something_else(string path, string content) => AssertFound("GOG4010", (path, content));

    [Fact]
    public void No_extra_takes_the_place_of_what_applies_the_packages()
    {
        const string Evil =
            "apiVersion: kustomize.toolkit.fluxcd.io/v1beta2\nkind: Kustomization\nmetadata: { name: NAME, namespace: flux-system }\n";
        foreach (var (name, isRefused) in (ReadOnlySpan<(string, bool)>)[("crossplane-wave-0", true), ("own", false)])
        {
            using var run = new ScenarioRun(new("every-engine-in-one-project"));
            var file = Path.Combine(run.Root, "templates", Extras, "a.yaml.scriban");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, Evil.Replace("NAME", name, StringComparison.Ordinal));

            Assert.Equal(isRefused, run.Check().Diagnostics.Any(found => found.Rule.Code == "GOG4010"));
        }
    }

    [Fact]
    public void The_ConfigMap_keeps_the_name_that_the_HelmRelease_knows()
    {
        using var run = new ScenarioRun(new("every-engine-in-one-project"));
        const string Name = "overlays/{environment}/crossplane/kustomization.yaml";
        var text = GitOpsGen.Rendering.Templates.TemplateSet.BuiltInSources().Single(source => source.Name == Name).Text;
        var file = Path.Combine(run.Root, "templates", Name + ".scriban");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text.Replace("      disableNameSuffixHash: true\n", "", StringComparison.Ordinal));

        Assert.Contains(run.Check().Diagnostics, found => found.Rule.Code == "GOG4011");
    }

    [Fact]
    public void What_would_break_the_overlay_is_no_extra() => AssertFound("GOG4010", (Extras + "/a.yaml", "a: b\n"));

    /// <summary>No tool can tell what every such form grants; whether to keep it is a question for the review of the template.</summary>
    [Theory]
    [InlineData("own.tf.json", """{ "data": { "aws_iam_policy_document": { "x": { "statement": [{ "actions": ["*"], "resources": ["*"] }] } } } }""")]
    [InlineData("own.json", """{ "Statement": [{ "Sid": "AuthorizePrincipal", "Effect": "Allow", "Action": "*", "Resource": "*" }] }""")]
    [InlineData("own.json", """{ "policy": "{\"Statement\": [{ \"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\" }]}" }""")]
    [InlineData("own.tf", "resource \"aws_iam_role\" \"r\" {}")]
    public void A_file_of_the_users_own_below_iam_is_theirs(string file, string content)
    {
        using var run = Run(("iam/{environment}/" + file, content));

        var outcome = run.Render();

        Assert.Empty(outcome.Diagnostics);
        Assert.Contains(outcome.Changes, change => change.Path.Name == file);
    }

    private static void AssertFound(string code, params (string Path, string Content)[] templates)
    {
        using var run = Run(templates);

        foreach (var outcome in (Outcome[])[run.Lint(), run.Check(), run.Render()])
        {
            Assert.Contains(
                outcome.Diagnostics,
                found => found.Rule.Code == code && found.Span?.File.StartsWith("templates/", StringComparison.Ordinal) == true
            );
            Assert.True(outcome.HasErrors);
        }
    }

    private static ScenarioRun Run(params (string Path, string Content)[] templates)
    {
        var run = new ScenarioRun(new("one-cluster-as-in-the-article"));
        foreach (var (path, content) in templates)
        {
            var file = Path.Combine(run.Root, "templates", path + ".scriban");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content);
        }

        return run;
    }
}
