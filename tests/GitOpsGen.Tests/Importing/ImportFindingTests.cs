using GitOpsGen.Importing.Sources;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Importing;

/// <summary>What import finds in sources, at which place. The shared cases have more of each.</summary>
public sealed class ImportFindingTests
{
    private const string S3 = "xpkg.upbound.io/upbound/provider-aws-s3:v2.2.0";
    private const string Family = "xpkg.upbound.io/upbound/provider-family-aws:v2.2.0";
    private const string Function = "xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.11.2";
    private const string Mirror = "123456789012.dkr.ecr.eu-west-2.amazonaws.com";

    [Theory]
    [InlineData("xpkg.upbound.io/upbound/function-a:latest", "a.yaml(7,12) error GOG8401")]
    [InlineData("xpkg.upbound.io/upbound/function-a", "a.yaml(7,12) error GOG8401")]
    [InlineData(
        "xpkg.upbound.io/upbound/function-a@sha256:1f0e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "a.yaml(7,12) error GOG8401"
    )]
    [InlineData("xpkg.upbound.io/upbound/function-a:${VERSION}", "a.yaml(7,12) error GOG8306")]
    [InlineData("<REGISTRY>/upbound/function-a:v1.0.0", "a.yaml(7,12) error GOG8306", "a.yaml(7,12) warning GOG8512")]
    [InlineData("upbound/function-a:v1.0.0", "a.yaml(7,12) warning GOG8512")]
    [InlineData(Mirror + "/team/function-a:v1.0.0", "a.yaml(7,12) warning GOG8404")]
    [InlineData(Mirror + "/upbound/function-a:v1.0.0", "a.yaml(7,12) info GOG8403")]
    [InlineData("1234567890123.dkr.ecr.eu-west-2.amazonaws.com/upbound/function-a:v1.0.0", "a.yaml(7,12) info GOG8403", "a.yaml(7,12) error GOG8502")]
    public void A_reference_is_judged_where_it_is_written(string reference, params string[] expected) =>
        Assert.Equal(expected, Sources.Of(Sources.Package($"'{reference}'", "function-a", kind: "Function")).Findings());

    [Fact]
    public void A_mirror_is_taken_for_a_copy_once_for_each_folder_and_not_where_its_upstream_is_given()
    {
        var sources = Sources.Package($"{Mirror}/upbound/provider-a:v1.0.0") + Sources.Package($"{Mirror}/upbound/provider-b:v1.0.0");
        Assert.Equal(["a.yaml(7,12) info GOG8403"], Sources.Of(sources).Findings());

        var given = new Sources { Request = new() { Upstreams = [($"{Mirror}/upbound", "ghcr.io/acme")] } }.And(sources, "a.yaml");
        Assert.Empty(given.Findings());
        Assert.All(
            given.Import().Environments.Single().Packages,
            package => Assert.StartsWith("ghcr.io/acme/provider-", package.Package, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_family_is_judged_at_its_first_member()
    {
        Assert.Equal(["a.yaml(7,12) info GOG8506"], Sources.Of(Sources.Package(S3)).Findings());
        Assert.Equal(["a.yaml(7,12) error GOG8506"], Sources.Of(Sources.Package(S3, more: "  skipDependencyResolution: true")).Findings());
        Assert.Equal(
            ["a.yaml(7,12) warning GOG8509"],
            Sources.Of(Sources.Package(S3) + Sources.Package(Family.Replace("2.2.0", "2.1.0", StringComparison.Ordinal))).Findings()
        );
        Assert.Equal(
            ["a.yaml(7,12) error GOG8508"],
            Sources
                .Of(
                    Sources.Package(S3)
                        + Sources.Package(
                            Family.Replace("xpkg.upbound.io/upbound", "xpkg.crossplane.io/crossplane-contrib", StringComparison.Ordinal)
                        )
                )
                .Findings()
        );
        Assert.Contains(
            "a.yaml(7,12) error GOG8507",
            Sources
                .Of(Sources.Package($"{Mirror}/upbound/provider-aws-s3:v2.2.0") + Sources.Package($"{Mirror}/upbound/provider-family-aws:v2.2.0"))
                .Findings()
        );
    }

    [Fact]
    public void One_package_twice_is_an_error_and_the_object_with_the_derived_name_is_taken()
    {
        var both = Sources.Of(Sources.Package(Function, "mine") + Sources.Package(Function));
        Assert.Equal(["a.yaml(15,12) error GOG8515"], both.Findings());
        Assert.Equal("crossplane-contrib-function-kcl", both.Import().Environments.Single().Packages.Single().Name);

        var neither = Sources.Of(Sources.Package(Function, "one") + Sources.Package(Function, "two"));
        Assert.Equal(["a.yaml(7,12) error GOG8515"], neither.Findings());
        Assert.Equal("one", neither.Import().Environments.Single().Packages.Single().Name);
        Assert.Equal(["a.yaml(7,12) warning GOG8515"], Sources.Of(Sources.Package(Function)).And(Sources.Package(Function), "b.yaml").Findings());
        Assert.Equal(
            ["a.yaml(7,12) error GOG8515"],
            Sources
                .Of(Sources.Package(Function))
                .And(Sources.Package(Function.Replace("v0.11.2", "v0.11.1", StringComparison.Ordinal)), "b.yaml")
                .Findings()
        );
    }

    [Fact]
    public void Labels_and_annotations_of_engines_are_nobodys()
    {
        var marked = """
            apiVersion: pkg.crossplane.io/v1
            kind: Function
            metadata:
              name: crossplane-contrib-function-kcl
              labels: { app.kubernetes.io/instance: xp }
              annotations: { argocd.argoproj.io/sync-wave: "1", team: platform }
            spec: { package: "xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.11.2" }
            """;
        Assert.Empty(Sources.Of(marked).Findings());
        var metadata = Sources.Of(marked).Import().Environments.Single().Packages.Single().Metadata;
        Assert.Equal("platform", metadata.TextAt("annotations", "team"));
        Assert.Single(((YamlMapping)metadata.At("annotations")!).Entries);
        Assert.Null(metadata.At("labels"));
        Assert.Equal(["a.yaml(6,16) warning GOG8407"], Sources.Of(marked.Replace("platform", "'${TEAM}'", StringComparison.Ordinal)).Findings());
    }

    [Fact]
    public void An_old_version_and_a_development_function_are_told_apart()
    {
        Assert.Equal(
            ["a.yaml(2,13) info GOG8514"],
            Sources.Of(Sources.Package(Function).Replace("io/v1", "io/v1beta1", StringComparison.Ordinal)).Findings()
        );
        var local = Sources
            .Package("function-local", "function-local")
            .Replace("  name:", "  annotations: { render.crossplane.io/runtime: Development }\n  name:", StringComparison.Ordinal);
        var both = Sources.Of(Sources.Package(Function) + local);
        Assert.Empty(both.Findings());
        Assert.Equal("crossplane-contrib-function-kcl", both.Import().Environments.Single().Packages.Single().Name);
    }

    [Theory]
    [InlineData("image: { repository: xpkg.crossplane.io/crossplane/crossplane, tag: v2 }", "values.yaml(1,69) error GOG8401")]
    [InlineData("packageCache: {}", "values.yaml(1,1) error GOG8402")]
    public void The_cores_version_is_judged_where_it_is_written(string values, string expected) =>
        Assert.Equal([expected], Sources.Of(Sources.Package(Function)).And(values, "values.yaml").Findings());

    [Fact]
    public void The_core_version_can_be_given()
    {
        var sources = new Sources { Request = new() { Core = new(PerEnvironment.None.Values.Add("", "2.3.4")) } }.And(
            "packageCache: {}",
            "values.yaml"
        );
        Assert.Empty(sources.Findings());
        Assert.Equal("v2.3.4", sources.Import().Environments.Single().Core!.Version.Value);
    }

    [Theory]
    [InlineData("1.19", "https://charts.crossplane.io/stable", "Chart.yaml(5,14) error GOG8402")]
    [InlineData("^2.0.0", "https://charts.crossplane.io/stable", "Chart.yaml(5,14) error GOG8402")]
    [InlineData("2.3.4", "https://charts.example.com", "Chart.yaml(5,14) warning GOG8402")]
    [InlineData("2.3.4", "https://charts.crossplane.io/stable/")]
    public void A_charts_version_is_judged_where_it_is_written(string version, string repository, params string[] expected)
    {
        var sources = Sources
            .Of(
                $"""
                apiVersion: v2
                name: platform
                dependencies:
                  - name: crossplane
                    version: {version}
                    alias: xp
                    repository: {repository}
                """,
                "Chart.yaml"
            )
            .And("xp: { replicas: 2 }\n", "values.yaml");

        Assert.Equal(expected, sources.Findings());
        var core = sources.Import().Environments.Single().Core!;
        Assert.Equal(version, core.ChartVersion);
        Assert.Equal(repository.TrimEnd('/'), core.ChartRepository);
        Assert.Equal("2", core.Values.TextAt("replicas"));
    }

    [Fact]
    public void A_second_registry_for_one_strategy_and_a_path_that_does_not_fit_are_errors()
    {
        const string Config = """
            ---
            apiVersion: pkg.crossplane.io/v1beta1
            kind: ImageConfig
            metadata: { name: a }
            spec:
              matchImages: [{ type: Prefix, prefix: xpkg.upbound.io/upbound/provider-a }]
              rewriteImage: { prefix: harbor.example.com/x/renamed }

            """;
        var rewritten = Sources.Package("xpkg.upbound.io/upbound/provider-a:v1.0.0");
        Assert.Equal(["a.yaml(7,12) error GOG8405", "a.yaml(14,41) warning GOG8510"], Sources.Of(rewritten + Config).Findings());
        Assert.Contains(
            "a.yaml(15,12) error GOG8406",
            Sources.Of(rewritten + Sources.Package("harbor.example.com/upbound/provider-b:v1.0.0") + Config).Findings()
        );
    }

    [Fact]
    public void A_core_that_is_pulled_from_upstream_moves_to_the_mirror()
    {
        var sources = Sources
            .Of(Sources.Package($"{Mirror}/crossplane-contrib/function-kcl:v0.11.2", kind: "Function"))
            .And("image: { repository: xpkg.crossplane.io/crossplane/crossplane, tag: v2.3.4 }", "values.yaml");
        Assert.Contains("values.yaml(1,22) warning GOG8414", sources.Findings());
    }

    [Fact]
    public void Objects_of_the_package_manager_that_stay_are_named()
    {
        const string Default = """
            ---
            apiVersion: pkg.crossplane.io/v1beta1
            kind: DeploymentRuntimeConfig
            metadata: { name: default }
            spec: { deploymentTemplate: { spec: { replicas: 2 } } }

            """;
        const string Reference = "  runtimeConfigRef: { name: NAME }";
        Assert.Equal(
            ["a.yaml(10,1) warning GOG8408"],
            Sources
                .Of(Sources.Package(Function, more: "  packagePullPolicy: IfNotPresent", kind: "Function").TrimEnd('\n') + "\n" + Default)
                .Findings()
        );
        Assert.Equal(
            ["a.yaml(8,21) warning GOG8517"],
            Sources.Of(Sources.Package(Function, more: Reference.Replace("NAME", "nowhere", StringComparison.Ordinal), kind: "Function")).Findings()
        );
        Assert.Empty(
            Sources.Of(Sources.Package(Function, more: Reference.Replace("NAME", "default", StringComparison.Ordinal), kind: "Function")).Findings()
        );
    }

    [Theory]
    [InlineData("v1.13.2", "a.yaml(8,24) error GOG8513", false)]
    [InlineData("v1.17.0", "a.yaml(8,24) warning GOG8513", true)]
    [InlineData("v2.0.0", "a.yaml(8,24) error GOG8513", true)]
    public void A_ControllerConfig_becomes_a_runtime_where_the_core_knows_one(string core, string expected, bool isWritten)
    {
        var sources = Sources
            .Of(Sources.Package(Function, more: "  controllerConfigRef: { name: debug }", kind: "Function"))
            .And(
                "apiVersion: pkg.crossplane.io/v1alpha1\nkind: ControllerConfig\nmetadata: { name: debug, labels: { a: b } }\nspec: { args: [--debug], podSecurityContext: { fsGroup: 1 } }\n",
                "c.yaml"
            )
            .And($"image: {{ repository: docker.io/crossplane/crossplane, tag: {core} }}", "values.yaml");

        Assert.Contains(expected, sources.Findings());
        var runtime = sources.Import().Environments.Single().Packages.Single().Runtime;
        Assert.Equal(isWritten ? "b" : null, runtime.TextAt("serviceAccountTemplate", "metadata", "labels", "a"));
        Assert.Equal(isWritten ? "1" : null, runtime.TextAt("deploymentTemplate", "spec", "template", "spec", "securityContext", "fsGroup"));
        Assert.Equal(isWritten, sources.Findings().Contains("c.yaml(3,19) info GOG8410"));
    }

    [Theory]
    [InlineData("v1.14.5", "index.docker.io")]
    [InlineData("v1.19.0", "xpkg.upbound.io")]
    [InlineData("v1.20.1", "xpkg.crossplane.io")]
    public void A_reference_without_a_registry_gets_the_one_that_its_core_adds(string core, string registry)
    {
        var sources = Sources
            .Of(Sources.Package("crossplane-contrib/provider-aws:v0.47.1"))
            .And($"image: {{ repository: docker.io/crossplane/crossplane, tag: {core} }}", "values.yaml");
        Assert.Equal($"{registry}/crossplane-contrib/provider-aws", sources.Import().Environments.Single().Packages.Single().Package);

        sources = Sources
            .Of(Sources.Package("crossplane-contrib/provider-aws:v0.47.1"))
            .And($"image: {{ repository: docker.io/crossplane/crossplane, tag: {core} }}\nargs: [--registry=ghcr.io]", "values.yaml");
        Assert.Equal("ghcr.io/crossplane-contrib/provider-aws", sources.Import().Environments.Single().Packages.Single().Package);
    }

    [Fact]
    public void Crossplane_v2_refuses_a_reference_without_a_registry()
    {
        var sources = Sources
            .Of(Sources.Package("crossplane-contrib/provider-aws:v0.47.1"))
            .And("image: { repository: xpkg.crossplane.io/crossplane/crossplane, tag: v2.3.4 }", "values.yaml");
        Assert.Equal(["a.yaml(7,12) error GOG8512"], sources.Findings());
        Assert.Empty(sources.Import().Environments.Single().Packages);
    }

    [Theory]
    [InlineData("{ \"Effect\": \"Allow\", \"Action\": \"ecr:BatchGetImage\", \"Resource\": \"*\" }", "p.json(1,81) warning GOG8518")]
    [InlineData("{ \"Effect\": \"Allow\", \"Action\": \"ecr:BatchGetImage\", \"Resource\": \"upbound/*\" }", "p.json(1,81) error GOG8501")]
    [InlineData("{ \"Effect\": \"Deny\", \"Action\": \"ecr:BatchGetImage\", \"Resource\": \"*\" }")]
    [InlineData("{ \"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\" }")]
    public void A_policy_is_judged_by_what_it_lets_pull(string statement, params string[] expected) =>
        Assert.Equal(expected, Sources.Of(Sources.Package(Function)).And($"{{ \"Statement\": [{statement}] }}", "p.json").Findings());

    [Fact]
    public void A_comment_is_not_what_begins_inside_of_a_string()
    {
        const string Policy = """
            {
              # who
              "Statement": [
                // what
                { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Federated": "https://issuer // no comment" } }
              ]
            }
            """;
        Assert.Equal(
            ["p.json(2,3) warning GOG8503", "p.json(4,5) warning GOG8503"],
            Sources.Of(Sources.Package(Function)).And(Policy, "p.json").Findings()
        );
    }

    [Theory]
    [InlineData("namePrefix: a-", "kustomization.yaml(2,1) warning GOG8305")]
    [InlineData("replacements: [{ path: r.yaml }]", "kustomization.yaml(2,1) warning GOG8305")]
    [InlineData("bases: [https://github.com/acme/platform//base?ref=v1]", "kustomization.yaml(2,9) warning GOG8305")]
    [InlineData("commonLabels: { of: all }")]
    [InlineData("components: [nowhere]", "kustomization.yaml(2,14) warning GOG8304")]
    [InlineData("patches: [{ path: nowhere.yaml }]", "kustomization.yaml(2,19) warning GOG8304")]
    [InlineData("namespace: crossplane-system")]
    public void What_a_kustomization_does_beyond_what_is_followed_is_said(string more, params string[] expected) =>
        Assert.Equal(expected, Sources.Of(Sources.Package(Function)).And($"resources: [a.yaml]\n{more}\n", "kustomization.yaml").Findings());

    [Fact]
    public void A_template_and_a_broken_file_that_speak_of_Crossplane_are_said()
    {
        Assert.Equal(
            ["chart/templates/p.yaml(1,1) warning GOG8303"],
            Sources.Of(Sources.Package(Function)).And("kind: {{ .crossplane }}", "chart/templates/p.yaml").Findings()
        );
        Assert.Equal(
            ["b.yaml(1,14) error GOG8302"],
            Sources
                .Of(Sources.Package(Function))
                .And("crossplane: [", "b.yaml")
                .Findings()
                .Select(line => line.Replace("(2,1)", "(1,14)", StringComparison.Ordinal))
        );
        Assert.Empty(Sources.Of(Sources.Package(Function)).And("other: [", "b.yaml").And("{{ x }}", "chart/templates/x.yaml").Findings());
    }

    [Fact]
    public void A_role_without_its_issuer_stays_a_value()
    {
        const string Values =
            "image: { repository: 123456789012.dkr.ecr.eu-west-2.amazonaws.com/crossplane/crossplane, tag: v2.3.4 }\nserviceAccount: { customAnnotations: { eks.amazonaws.com/role-arn: 'arn:aws:iam::123456789012:role/xp' } }\n";
        var package = Sources.Package($"{Mirror}/crossplane-contrib/function-kcl:v0.11.2", kind: "Function");
        var sources = Sources.Of(package).And(Values, "values.yaml");
        Assert.Contains("values.yaml(2,68) info GOG8409", sources.Findings());
        Assert.NotNull(sources.Import().Environments.Single().Core!.Values.At("serviceAccount"));

        var given = new Sources { Request = new() { OidcIssuer = new(PerEnvironment.None.Values.Add("main", "https://oidc.example.com/id/1")) } }
            .And(package, "a.yaml")
            .And(Values, "values.yaml");
        var environment = given.Import().Environments.Single();
        Assert.Equal("oidc.example.com/id/1", environment.Iam.TextAt("packageManager", "oidcIssuer"));
        Assert.Equal("xp", environment.Iam.TextAt("packageManager", "role"));
        Assert.Null(environment.Core!.Values);
    }

    [Fact]
    public void What_aws_answers_gives_the_roles()
    {
        const string Core = "image: { repository: 123456789012.dkr.ecr.eu-west-2.amazonaws.com/crossplane/crossplane, tag: v2.3.4 }\n";
        var iam = Sources
            .Of(Sources.Package($"{Mirror}/crossplane-contrib/function-kcl:v0.11.2", kind: "Function"))
            .And(Core, "values.yaml")
            .And("{ \"nodegroup\": { \"nodeRole\": \"arn:aws:iam::123456789012:role/nodes\" } }", "nodegroup.json")
            .And("{ \"associations\": [{ \"namespace\": \"crossplane-system\", \"serviceAccount\": \"crossplane\" }] }", "associations.json")
            .And(
                "{ \"Role\": { \"Arn\": \"arn:aws:iam::123456789012:role/pull\", \"AssumeRolePolicyDocument\": { \"Statement\": [{ \"Effect\": \"Allow\", \"Principal\": { \"Service\": \"pods.eks.amazonaws.com\" }, \"Action\": \"sts:AssumeRole\" }] } } }",
                "role.json"
            )
            .Import()
            .Environments.Single()
            .Iam;

        Assert.Equal("nodes", Assert.Single(iam.ItemsAt("nodes", "roles")).TextAt());
        Assert.Equal(("pull", "podIdentity"), (iam.TextAt("packageManager", "role"), iam.TextAt("packageManager", "identity")));
    }

    [Theory]
    [InlineData("association")]
    [InlineData("associations")]
    public void An_association_of_Pod_Identity_gives_the_role_whether_it_is_listed_or_described(string answer)
    {
        const string Association =
            "{ \"namespace\": \"crossplane-system\", \"serviceAccount\": \"crossplane\", \"roleArn\": \"arn:aws:iam::123456789012:role/pull\" }";
        const string Other =
            "{ \"association\": { \"namespace\": \"apps\", \"serviceAccount\": \"crossplane\", \"roleArn\": \"arn:aws:iam::123456789012:role/other\" } }";
        var iam = Sources
            .Of(Sources.Package($"{Mirror}/crossplane-contrib/function-kcl:v0.11.2", kind: "Function"))
            .And("image: { repository: 123456789012.dkr.ecr.eu-west-2.amazonaws.com/crossplane/crossplane, tag: v2.3.4 }\n", "values.yaml")
            .And($"{{ \"{answer}\": {(answer == "association" ? Association : $"[{Association}]")} }}", "pull.json")
            .And(Other, "a-other.json")
            .Import()
            .Environments.Single()
            .Iam;

        Assert.Equal(("pull", "podIdentity"), (iam.TextAt("packageManager", "role"), iam.TextAt("packageManager", "identity")));
        Assert.Null(iam.At("packageManager", "oidcIssuer"));
    }

    [Theory]
    [InlineData("kustomization.yaml")]
    [InlineData("crossplane/kustomization.yml")]
    [InlineData("crossplane/Kustomization")]
    public void A_chart_that_Kustomize_inflates_is_the_core(string path)
    {
        const string Charts = """
            namespace: xp
            helmCharts:
              - name: other
                version: 9.9.9
              - name: crossplane
                repo: https://charts.crossplane.io/stable
                version: 2.3.4
                releaseName: universal
                valuesFile: values.yaml
                valuesInline: { replicas: 2 }
            """;
        var core = Sources
            .Of(Charts, path)
            .And("replicas: 1\nmetrics: { enabled: true }\n", path.Replace(Path.GetFileName(path), "values.yaml", StringComparison.Ordinal))
            .Import()
            .Environments.Single()
            .Core!;

        Assert.Equal(("v2.3.4", "2.3.4", "xp", "universal"), (core.Version.Value, core.ChartVersion, core.Namespace, core.Release));
        Assert.Equal(("2", "true"), (core.Values.TextAt("replicas"), core.Values.TextAt("metrics", "enabled")));
    }

    [Theory]
    [InlineData("oci://ghcr.io/acme/charts/crossplane", "v2.3.4")]
    [InlineData("oci://ghcr.io/acme/charts/crossplane/", "v2.3.4")]
    [InlineData("oci://ghcr.io/acme/charts/podinfo", null)]
    public void A_release_with_a_chartRef_is_the_core_by_the_address_of_its_repository(string url, string? version)
    {
        var sources = Sources.Of(
            $$"""
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: OCIRepository
            metadata: { name: chart, namespace: crossplane-system }
            spec: { url: {{url}}, ref: { tag: 2.3.4 } }
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: xp, namespace: crossplane-system }
            spec: { chartRef: { kind: OCIRepository, name: chart }, values: { replicas: 2 } }
            """
        );
        var core = sources.Import().Environments.Single().Core;

        Assert.Equal(version, core?.Version.Value);
        Assert.Equal(version is null ? null : "oci://ghcr.io/acme/charts", core?.ChartRepository);
        Assert.Equal(version is null ? 1 : 0, sources.Import().LeftAlone.GetValueOrDefault("HelmRelease"));
    }

    /// <summary>Crossplane makes objects by itself, and nobody else marks them.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("  annotations: { kubectl.kubernetes.io/last-applied-configuration: '{}' }", false)]
    [InlineData("  annotations: { argocd.argoproj.io/tracking-id: a }", false)]
    [InlineData("  labels: { kustomize.toolkit.fluxcd.io/name: a }", false)]
    public void A_package_that_only_another_one_needs_is_indirect(string mark, bool isIndirect)
    {
        const string Lock = """
            ---
            apiVersion: pkg.crossplane.io/v1beta1
            kind: Lock
            metadata: { name: lock }
            packages:
              - source: xpkg.upbound.io/upbound/provider-aws-s3
                version: v2.2.0
                dependencies: [{ package: xpkg.upbound.io/upbound/provider-family-aws, type: Provider, constraints: ">=v2.0.0" }]
              - source: xpkg.upbound.io/upbound/provider-family-aws
                version: v2.2.0
                dependencies: []

            """;
        var family = Sources.Package(Family).Replace("\nspec:", $"\n{mark}\nspec:", StringComparison.Ordinal);

        var packages = Sources.Of(Sources.Package(S3) + family + Lock).Import().Environments.Single().Packages;

        Assert.Equal([false, isIndirect], packages.Select(package => package.IsIndirect));
        Assert.Equal(">=v2.0.0", Assert.Single(packages[0].DependsOn!.Value).Constraint);
        Assert.Empty(packages[1].DependsOn!.Value);
    }

    [Fact]
    public void A_chart_around_the_chart_has_its_values_below_the_alias()
    {
        var core = Sources
            .Of(
                "dependencies: [{ name: crossplane, alias: xp, version: 2.3.4, repository: https://charts.crossplane.io/stable/ }]",
                "platform/Chart.yaml"
            )
            .And("crossplane: { replicas: 1 }\nxp: { replicas: 2 }\n", "platform/values.yaml")
            .Import()
            .Environments.Single()
            .Core!;

        Assert.Equal("2", core.Values.TextAt("replicas"));
        Assert.Equal("https://charts.crossplane.io/stable", core.ChartRepository);
    }

    [Fact]
    public void A_cluster_that_runs_another_core_than_the_files_say_is_told()
    {
        const string Release = """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: crossplane, namespace: argocd }
            spec: { source: { chart: crossplane, repoURL: https://charts.crossplane.io/stable, targetRevision: 2.3.4 } }
            """;
        const string Running = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: crossplane, namespace: crossplane-system }
            spec: { template: { spec: { containers: [{ name: crossplane, image: "xpkg.crossplane.io/crossplane/crossplane:v2.3.3" }] } } }
            """;
        var sources = Sources.Of(Release).And(Running, "live.yaml");
        Assert.Contains("live.yaml(4,69) info GOG8308", sources.Findings());
        Assert.Equal("v2.3.4", sources.Import().Environments.Single().Core!.Version.Value);

        // Another namespace is another core.
        var elsewhere = Release.Replace("spec: {", "spec: { destination: { server: https://a, namespace: xp },", StringComparison.Ordinal);
        Assert.Contains("live.yaml(3,19) warning GOG8308", Sources.Of(elsewhere).And(Running, "live.yaml").Findings());
        var same = elsewhere.Replace("namespace: xp", "namespace: crossplane-system", StringComparison.Ordinal);
        Assert.DoesNotContain("live.yaml(3,19) warning GOG8308", Sources.Of(same).And(Running, "live.yaml").Findings());
    }

    [Fact]
    public void Another_release_of_the_name_that_is_rendered_would_be_uninstalled()
    {
        const string Releases = """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: HelmRepository
            metadata: { name: charts, namespace: infra }
            spec: { url: https://charts.crossplane.io/stable }
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: xp, namespace: infra }
            spec: { targetNamespace: crossplane-system, chart: { spec: { chart: crossplane, version: 2.3.4, sourceRef: { kind: HelmRepository, name: charts } } } }
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: crossplane, namespace: flux-system }
            spec: { chart: { spec: { chart: other, version: 1.0.0 } } }
            """;
        Assert.Equal(["a.yaml(13,19) error GOG8524"], Sources.Of(Releases).Findings());
        Assert.Empty(
            Sources
                .Of(Releases.Replace("name: crossplane, namespace: flux-system", "name: other, namespace: flux-system", StringComparison.Ordinal))
                .Findings()
        );
    }

    [Fact]
    public void A_configuration_that_depends_on_what_nobody_declares_is_told()
    {
        const string Meta = """
            apiVersion: meta.pkg.crossplane.io/v1
            kind: Configuration
            metadata: { name: platform }
            spec:
              dependsOn:
                - function: xpkg.crossplane.io/crossplane-contrib/function-kcl
                  version: ">=v0.11.0"
                - provider: xpkg.upbound.io/upbound/provider-aws-rds
                  version: ">=v2.0.0"
            """;
        Assert.Equal(["crossplane.yaml(8,17) info GOG8413"], Sources.Of(Sources.Package(Function)).And(Meta, "crossplane.yaml").Findings());
    }
}
