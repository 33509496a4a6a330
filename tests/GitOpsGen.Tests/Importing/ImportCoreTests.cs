using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Importing;

/// <summary>Version, chart, release and values of the core, from what installs it.</summary>
public sealed class ImportCoreTests
{
    private const string Digest = "sha256:1f0e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

    private const string Deployment = """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: crossplane
          namespace: crossplane-system
          labels: { helm.sh/chart: crossplane-2.3.4 }
          annotations: { meta.helm.sh/release-name: xp }
        spec: { template: { spec: { containers: [{ name: crossplane, image: "xpkg.crossplane.io/crossplane/crossplane:v2.3.4", args: [core, start, --debug] }] } } }

        """;

    private static readonly string Kcl = Sources.Package("xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.11.2", kind: "Function");

    [Fact]
    public void What_helm_says_of_the_values_takes_the_place_of_what_the_Deployment_says()
    {
        var running = Sources.Of(Kcl + Deployment);
        Assert.Equal(["a.yaml(13,9) info GOG8411"], running.Findings());
        var core = running.Import().Environments.Single().Core!;
        Assert.Equal(("v2.3.4", "2.3.4", "xp"), (core.Version.Value, core.ChartVersion, core.Release));
        Assert.Equal("--debug", Assert.Single(core.Values.ItemsAt("args")).TextAt());

        var complete = Sources.Of(Kcl + Deployment + "---\nUSER-SUPPLIED VALUES:\nargs: [--enable-usages]\nmetrics: { enabled: true }\n");
        Assert.Empty(complete.Findings());
        core = complete.Import().Environments.Single().Core!;
        Assert.Equal(("v2.3.4", "xp"), (core.Version.Value, core.Release));
        Assert.Equal(("--enable-usages", "true"), (core.Values.ItemsAt("args").Single().TextAt(), core.Values.TextAt("metrics", "enabled")));
    }

    /// <summary>Whatever installs it, and however little it says of it.</summary>
    /// <summary>Relative to the chart's folder, or from the repository's root.</summary>
    [Theory]
    [InlineData("prod.yaml", "charts/own/prod.yaml")]
    [InlineData("../../values/prod.yaml", "values/prod.yaml")]
    [InlineData("/values/prod.yaml", "values/prod.yaml")]
    public void A_value_file_of_an_Application_is_where_Argo_CD_looks_for_it(string written, string file)
    {
        var imported = Sources
            .Of(
                $$"""
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: { name: crossplane, namespace: argocd }
                spec:
                  source: { repoURL: https://git.example.com/a.git, path: charts/own, helm: { valueFiles: [{{written}}] } }
                  destination: { server: https://kubernetes.default.svc, namespace: xp }
                """
            )
            .And("dependencies: [{ name: crossplane, version: 2.3.4, repository: https://charts.crossplane.io/stable }]", "charts/own/Chart.yaml")
            .And("crossplane: { replicas: 3 }", file)
            .Import();

        Assert.DoesNotContain(imported.Diagnostics, found => found.Rule == Diagnostics.Rules.ImportReference);
        Assert.Equal("3", imported.Environments.Single().Core!.ExistingValues.TextAt("replicas"));
    }

    [Theory]
    [InlineData("Chart.yaml", "dependencies:\n- { name: crossplane }\n", "crossplane/Chart.yaml(2,3)")]
    [InlineData("kustomization.yaml", "helmCharts:\n- name: crossplane\n", "crossplane/kustomization.yaml(2,3)")]
    [InlineData("values.yaml", "image: { repository: xpkg.crossplane.io/crossplane/crossplane }\nreplicas: 2\n", "crossplane/values.yaml(1,1)")]
    [InlineData(
        "deployment.yaml",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: crossplane }\nspec: { template: { spec: { containers: [{ name: crossplane }] } } }\n",
        "crossplane/deployment.yaml(1,1)"
    )]
    public void A_core_whose_version_nothing_says_is_asked_for_where_it_is_installed(string file, string text, string place)
    {
        var sources = Sources.Of(text, $"crossplane/{file}").And(Kcl, "packages/kcl.yaml");

        Assert.Contains($"{place} error GOG8402", sources.Findings());
        var given = new Sources { Request = new() { Core = new(ImmutableDictionary<string, string>.Empty.Add("", "2.3.4")) } };
        given.And(text, $"crossplane/{file}").And(Kcl, "packages/kcl.yaml");
        Assert.Equal("v2.3.4", given.Import().Environments.Single().Core!.Version.Value);
    }

    /// <summary>helm-controller's defaults (https://fluxcd.io/flux/components/helm/helmreleases/).</summary>
    [Theory]
    [InlineData("releaseName: own, targetNamespace: xp, storageNamespace: infra", "own", "xp", "infra")]
    [InlineData("targetNamespace: xp", "xp-core", "xp", "flux-system")]
    [InlineData("interval: 1h", "core", "flux-system", "flux-system")]
    public void A_HelmRelease_names_its_release_as_Flux_does(string fields, string release, string space, string record)
    {
        var environment = Sources
            .Of(
                $$"""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: HelmRepository
                metadata: { name: charts, namespace: flux-system }
                spec: { url: https://charts.crossplane.io/stable }
                ---
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: { name: core, namespace: flux-system }
                spec: { {{fields}}, chart: { spec: { chart: crossplane, version: 2.3.4, sourceRef: { kind: HelmRepository, name: charts } } } }
                """
            )
            .Import()
            .Environments.Single();

        Assert.Equal((release, space, record), (environment.Core!.Release, environment.Core.Namespace, environment.Core.Use!.StorageNamespace));
        Assert.Equal("core", environment.Engine.Settings.TextAt("helmRelease", "name"));
        Assert.Equal(record == space ? null : record, environment.Engine.Settings.TextAt("helmRelease", "storageNamespace"));
    }

    [Fact]
    public void Values_of_a_HelmRelease_come_from_its_ConfigMaps_also_generated_ones_and_what_is_inline_counts_more()
    {
        const string Release = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: crossplane, namespace: crossplane-system }
            spec:
              chart: { spec: { chart: crossplane, version: 2.3.4, sourceRef: { kind: HelmRepository, name: charts } } }
              valuesFrom:
                - { kind: ConfigMap, name: written }
                - { kind: ConfigMap, name: generated, valuesKey: more.yaml }
                - { kind: ConfigMap, name: nowhere, optional: true }
                - { kind: Secret, name: hidden }
              values: { replicas: 3 }
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: HelmRepository
            metadata: { name: charts, namespace: crossplane-system }
            spec: { url: https://charts.crossplane.io/stable }
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: written, namespace: crossplane-system }
            data: { values.yaml: "replicas: 1\nmetrics: { enabled: true }\nhostNetwork: true\n" }
            """;
        var sources = Sources
            .Of(Release, "release.yaml")
            .And("resources: [release.yaml]\nconfigMapGenerator: [{ name: generated, files: [more.yaml=values.yaml] }]\n", "kustomization.yaml")
            .And("replicas: 2\nhostNetwork: false\n", "values.yaml");

        var values = sources.Import().Environments.Single().Core!.Values;
        Assert.Equal(("3", "true", "false"), (values.TextAt("replicas"), values.TextAt("metrics", "enabled"), values.TextAt("hostNetwork")));
        // Nobody reads a Secret.
        Assert.Equal(["release.yaml(10,7) warning GOG8411"], sources.Findings());
        Assert.Equal(
            ["release.yaml(9,7) warning GOG8304", "release.yaml(10,7) warning GOG8411"],
            Sources
                .Of(Release.Replace(", optional: true", "", StringComparison.Ordinal), "release.yaml")
                .And("resources: [release.yaml]\nconfigMapGenerator: [{ name: generated, files: [more.yaml=values.yaml] }]\n", "kustomization.yaml")
                .And("replicas: 2\n", "values.yaml")
                .Findings()
        );
    }

    /// <summary>https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-value-precedence</summary>
    [Theory]
    [InlineData("valueFiles: [$files/values.yaml]", "1", "true")]
    [InlineData("valueFiles: [$files/values.yaml], values: 'replicas: 2'", "2", "true")]
    [InlineData("valueFiles: [$files/values.yaml], values: 'replicas: 2', valuesObject: { replicas: 3 }", "3", "true")]
    [InlineData(
        "valuesObject: { replicas: 3 }, parameters: [{ name: replicas, value: '4' }, { name: metrics.enabled, value: 'false' }]",
        "4",
        "false"
    )]
    public void Values_of_an_Application_count_as_Argo_CD_counts_them(string helm, string replicas, string metrics)
    {
        var core = Sources
            .Of(
                $$"""
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: { name: core, namespace: argocd }
                spec:
                  destination: { server: https://kubernetes.default.svc, namespace: xp }
                  sources:
                    - { repoURL: https://charts.crossplane.io/stable, chart: crossplane, targetRevision: 2.3.4, helm: { {{helm}} } }
                    - { repoURL: https://git.example.com/a.git, ref: files }
                """,
                "apps/core.yaml"
            )
            .And("replicas: 1\nmetrics: { enabled: true }\n", "values.yaml")
            .Import()
            .Environments.Single()
            .Core!;

        Assert.Equal((replicas, metrics), (core.Values.TextAt("replicas"), core.Values.TextAt("metrics", "enabled") ?? "true"));
        Assert.Equal(("core", "xp", "v2.3.4"), (core.Release, core.Namespace, core.Version.Value));
    }

    /// <summary>https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set</summary>
    [Theory]
    [InlineData("metrics.enabled", "'true'", "metrics: {enabled: true}")]
    [InlineData("metrics.enabled", "'true', forceString: true", "metrics: {enabled: \"true\"}")]
    [InlineData("replicas", "'2'", "replicas: 2")]
    [InlineData("replicas", "'02'", "replicas: \"02\"")]
    [InlineData("replicas", "'0.5'", "replicas: \"0.5\"")]
    [InlineData("priorityClassName", "'null'", "priorityClassName: null")]
    [InlineData("'args[0]'", "--debug", "args: [--debug]")]
    [InlineData("'args[1]'", "--debug", "args: [null, --debug]")]
    [InlineData("'tolerations[0].key'", "a", "tolerations: [{key: a}]")]
    [InlineData("args", "'{--a,--b}'", "args: [--a, --b]")]
    [InlineData("args", "'a,b'", "args: a,b")]
    [InlineData(@"'customAnnotations.example\.com/a'", "x", "customAnnotations: {example.com/a: x}")]
    [InlineData("'args[a]'", "x", "")]
    [InlineData("'args[0'", "x", "")]
    [InlineData("'a..b'", "x", "")]
    [InlineData("'args[100000]'", "x", "")]
    public void A_parameter_of_an_Application_is_what_Helm_makes_of_it(string name, string value, string expected)
    {
        var sources = Sources.Of(Chart($"parameters: [{{ name: {name}, value: {value} }}]"));

        var text = new StringBuilder();
        if (sources.Import().Environments.Single().Core!.Values is { } values)
        {
            YamlWriter.Write(text, values, 0);
        }

        var (stream, _) = YamlReader.ReadAll("expected", Encoding.UTF8.GetBytes(expected));
        var wanted = new StringBuilder();
        foreach (var document in stream!.Documents)
        {
            YamlWriter.Write(wanted, document, 0);
        }

        Assert.Equal(wanted.ToString(), text.ToString());
        Assert.Equal(expected.Length == 0, sources.Findings().Contains("a.yaml(8,28) warning GOG8411"));
    }

    [Fact]
    public void A_parameter_changes_one_item_of_the_list_that_is_there() =>
        Assert.Equal(
            ["--a", "--debug"],
            Sources
                .Of(Chart("valuesObject: { args: [--a, --b] }, parameters: [{ name: 'args[1]', value: --debug }]"))
                .Import()
                .Environments.Single()
                .Core!.Values.ItemsAt("args")
                .Select(item => item.TextAt())
        );

    [Theory]
    [InlineData(@"values: ""a: [x\n""", "a.yaml(8,23) error GOG8302")]
    [InlineData("values: text", "a.yaml(8,23) error GOG8302")]
    [InlineData("values: ''")]
    [InlineData("fileParameters: [{ name: a, path: b }]", "a.yaml(8,31) warning GOG8411")]
    public void Helm_values_of_an_Application_that_cannot_be_read_are_told(string helm, params string[] expected) =>
        Assert.Equal(expected, Sources.Of(Chart(helm)).Findings().Where(found => !found.StartsWith("a.yaml(1,1)", StringComparison.Ordinal)));

    private static string Chart(string helm) =>
        $$"""
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: core, namespace: argocd }
            spec:
              destination: { server: https://kubernetes.default.svc, namespace: xp }
              source:
                { repoURL: https://charts.crossplane.io/stable, chart: crossplane, targetRevision: 2.3.4,
                  helm: { {{helm}} } }
            """;

    [Fact]
    public void Packages_of_the_charts_values_become_entries_and_leave_the_values()
    {
        var sources = Sources.Of(
            "image: { repository: xpkg.crossplane.io/crossplane/crossplane, tag: v2.3.4 }\nreplicas: 2\nprovider: { packages: [\"xpkg.upbound.io/upbound/provider-a:v1.0.0\"] }\nconfiguration: { packages: [\"xpkg.upbound.io/upbound/platform:v2.0.0\"] }\n",
            "values.yaml"
        );

        Assert.Equal(["values.yaml(3,24) warning GOG8516", "values.yaml(4,29) warning GOG8516"], sources.Findings());
        var environment = sources.Import().Environments.Single();
        Assert.Equal(["upbound-provider-a", "upbound-platform"], environment.Packages.Select(package => package.Name));
        Assert.Equal(["replicas"], environment.Core!.Values!.Entries.Select(entry => entry.Key.Text));
    }

    [Fact]
    public void A_digest_behind_the_tag_is_the_cores()
    {
        var environment = Sources
            .Of(Kcl)
            .And($"image: {{ repository: xpkg.crossplane.io/crossplane/crossplane, tag: \"v2.3.4@{Digest}\" }}", "values.yaml")
            .Import();

        Assert.DoesNotContain(environment.Diagnostics, found => found.Rule.Code == "GOG8401");
        Assert.Contains($"    version: v2.3.4\n    locked: v2.3.4@{Digest}\n", environment.Lockfile, StringComparison.Ordinal);
    }

    [Fact]
    public void The_Secret_that_the_registry_gives_the_core_is_no_value_of_the_teams()
    {
        const string Config = """
            ---
            apiVersion: pkg.crossplane.io/v1beta1
            kind: ImageConfig
            metadata: { name: login }
            spec:
              matchImages: [{ type: Prefix, prefix: harbor.example.com/ }]
              registry: { authentication: { pullSecretRef: { name: harbor } } }

            """;
        var sources = Sources
            .Of(Sources.Package("harbor.example.com/crossplane-contrib/function-kcl:v0.11.2", kind: "Function") + Config)
            .And(
                "image: { repository: harbor.example.com/crossplane/crossplane, tag: v2.3.4 }\nimagePullSecrets: [SECRET]\nreplicas: 2\n".Replace(
                    "SECRET",
                    "{ name: harbor }",
                    StringComparison.Ordinal
                ),
                "values.yaml"
            );

        var environment = sources.Import().Environments.Single();
        Assert.Equal("harbor", environment.Registry!.PullSecret);
        Assert.Null(environment.Core!.Values.At("imagePullSecrets"));
        Assert.True(sources.With().Comparison!.IsClean);
    }

    [Fact]
    public void A_version_that_is_a_number_stays_as_it_is_written()
    {
        var imported = Sources
            .Of("dependencies: [{ name: crossplane, version: 1.19, repository: https://charts.crossplane.io/stable }]", "Chart.yaml")
            .Import();

        Assert.Contains("version: \"1.19\" }", imported.Lockfile, StringComparison.Ordinal);
        Assert.Contains("version: v1.19\n", imported.Lockfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_of_roles_and_registries_are_told_once_for_each_file()
    {
        const string Policy =
            "{ \"Statement\": [{ \"Effect\": \"Allow\", \"Action\": \"ecr:BatchGetImage\", \"Resource\": [\"arn:aws:ecr:eu-west-2:11112222:repository/a\", \"arn:aws:ecr:eu-west-2:11112222:repository/b\", \"arn:aws:ecr:eu-west-2:33334444:repository/c\"] }] }";
        Assert.Equal(
            ["p.json(1,82) error GOG8502", "p.json(1,176) error GOG8502", "q.json(1,82) error GOG8502", "q.json(1,176) error GOG8502"],
            Sources.Of(Kcl).And(Policy, "p.json").And(Policy, "q.json").Findings()
        );
    }

    [Fact]
    public void A_policy_for_the_core_alone_forgets_the_pods_of_packages()
    {
        const string Core =
            "{ \"Statement\": { \"Effect\": \"Allow\", \"Action\": [\"ecr:BatchGetImage\"], \"Resource\": \"arn:aws:ecr:eu-west-2:111122223333:repository/mirror/crossplane/crossplane\" } }";
        Assert.Equal(["p.json(1,1) warning GOG8504"], Sources.Of(Kcl).And(Core, "p.json").Findings());
        Assert.Empty(Sources.Of(Kcl).And(Core.Replace("crossplane/crossplane", "crossplane*", StringComparison.Ordinal), "p.json").Findings());
    }
}
