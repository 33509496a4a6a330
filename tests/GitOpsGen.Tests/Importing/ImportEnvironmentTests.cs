using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Importing;

/// <summary>Which environments sources tell apart, and what each of them gets.</summary>
public sealed class ImportEnvironmentTests
{
    private const string Function = "xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.11.2";

    private static readonly string Package = Sources.Package(Function, kind: "Function");

    [Fact]
    public void Without_anything_that_tells_there_is_one() => Assert.Equal(["main"], Names(Sources.Of(Package)));

    [Theory]
    [InlineData("overlays")]
    [InlineData("deploy/environments")]
    [InlineData("envs")]
    public void Sibling_folders_are_environments(string parent)
    {
        var sources = Sources
            .Of(Package, $"{parent}/dev/a.yaml")
            .And(Package.Replace("v0.11.2", "v0.11.1", StringComparison.Ordinal), $"{parent}/prod/a.yaml");
        Assert.Equal(["dev", "prod"], Names(sources));
        Assert.Equal(["v0.11.2", "v0.11.1"], sources.Import().Environments.Select(environment => environment.Packages.Single().Version));
    }

    [Fact]
    public void Roots_that_share_a_base_are_environments_and_the_base_is_none()
    {
        var sources = Sources
            .Of(Package, "base/a.yaml")
            .And("resources: [a.yaml]", "base/kustomization.yaml")
            .And("resources: [../base]", "east/kustomization.yaml")
            .And(
                "resources: [../base]\npatchesStrategicMerge:\n  - |-\n    apiVersion: pkg.crossplane.io/v1\n    kind: Function\n    metadata: { name: crossplane-contrib-function-kcl }\n    spec: { revisionHistoryLimit: 3 }\n",
                "west/kustomization.yaml"
            );
        Assert.Equal(["east", "west"], Names(sources));
        Assert.Equal(
            [null, "3"],
            sources.Import().Environments.Select(environment => environment.Packages.Single().Spec.TextAt("revisionHistoryLimit"))
        );
    }

    [Fact]
    public void A_component_changes_what_names_it()
    {
        var sources = Sources
            .Of(Package, "a.yaml")
            .And("resources: [a.yaml]\ncomponents: [keep]\n", "kustomization.yaml")
            .And(
                "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatchesJson6902:\n  - target: { kind: Function, name: crossplane-contrib-function-kcl }\n    patch: |-\n      - { op: add, path: /spec/revisionHistoryLimit, value: 3 }\n",
                "keep/kustomization.yaml"
            );
        Assert.Empty(sources.Findings());
        Assert.Equal("3", sources.Import().Environments.Single().Packages.Single().Spec.TextAt("revisionHistoryLimit"));
    }

    [Fact]
    public void Destinations_of_Applications_are_environments()
    {
        const string Application = """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: packages-NAME, namespace: argocd }
            spec:
              source: { repoURL: https://git.example.com/a.git, path: clusters-of/NAME }
              destination: { name: NAME }
            """;
        var sources = new Sources();
        foreach (var name in new[] { "east", "west" })
        {
            sources.And(Application.Replace("NAME", name, StringComparison.Ordinal), $"apps/{name}.yaml").And(Package, $"clusters-of/{name}/a.yaml");
        }

        Assert.Equal(["east", "west"], Names(sources));
        Assert.All(sources.Import().Environments, environment => Assert.Equal("argocd", environment.Engine.Kind));
        Assert.Equal(
            ["east", "west"],
            sources.Import().Environments.Select(environment => environment.Engine.Settings.TextAt("destination", "name"))
        );
    }

    [Fact]
    public void One_cluster_that_is_named_in_two_ways_is_one_environment()
    {
        const string Application = """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: NAME, namespace: argocd }
            spec:
              source: { repoURL: https://git.example.com/a.git, path: NAME }
              destination: { CLUSTER }
            """;
        var sources = Sources.Of(Package, "one/a.yaml").And(Package, "two/a.yaml");
        foreach (var (name, cluster) in new[] { ("one", "name: in-cluster"), ("two", "server: https://kubernetes.default.svc") })
        {
            sources.And(
                Application.Replace("NAME", name, StringComparison.Ordinal).Replace("CLUSTER", cluster, StringComparison.Ordinal),
                $"apps/{name}.yaml"
            );
        }

        Assert.Equal(["main"], Names(sources));
    }

    [Theory]
    [InlineData("- list: { elements: [{ cluster: east }, { cluster: west }] }")]
    [InlineData("- matrix: { generators: [{ list: { elements: [{ cluster: east }, { cluster: west }] } }, { clusters: {} }] }")]
    public void Elements_of_an_ApplicationSet_are_environments(string generator)
    {
        var sources = Sources
            .Of(
                $$$"""
                apiVersion: argoproj.io/v1alpha1
                kind: ApplicationSet
                metadata: { name: packages, namespace: argocd }
                spec:
                  generators:
                    {{{generator}}}
                  template:
                    metadata: { name: "packages-{{cluster}}" }
                    spec:
                      source: { repoURL: https://git.example.com/a.git, path: "packages/{{ .cluster }}" }
                      destination: { name: "{{cluster}}" }
                """,
                "set.yaml"
            )
            .And(Package, "packages/east/a.yaml")
            .And(Package.Replace("v0.11.2", "v0.11.1", StringComparison.Ordinal), "packages/west/a.yaml");

        Assert.Equal(["east", "west"], Names(sources));
        var environments = sources.Import().Environments;
        Assert.Equal(["v0.11.2", "v0.11.1"], environments.Select(environment => environment.Packages.Single().Version));
        Assert.Equal(["east", "west"], environments.Select(environment => environment.Engine.Settings.TextAt("destination", "name")));
    }

    [Theory]
    [InlineData("clusters: {}")]
    [InlineData("git: { repoURL: https://git.example.com/a.git, directories: [{ path: crossplane/* }] }")]
    public void An_ApplicationSet_whose_elements_no_file_has_needs_names(string generator)
    {
        var sources = Sources
            .Of(
                $$$"""
                apiVersion: argoproj.io/v1alpha1
                kind: ApplicationSet
                metadata: { name: crossplane, namespace: argocd }
                spec:
                  generators: [{ {{{generator}}} }]
                  template:
                    metadata: { name: a }
                    spec: { source: { repoURL: https://git.example.com/a.git, path: crossplane }, destination: { name: a } }
                """,
                "set.yaml"
            )
            .And(Package, "crossplane/a.yaml");
        Assert.Equal(["set.yaml(5,18) error GOG8307"], sources.Findings());
        Assert.Null(sources.Import().Lockfile);

        // Folders may have other names than the environments that the engine makes of them. What else is wrong is told all the same.
        var other = Package.Replace("function-kcl", "function-cel", StringComparison.Ordinal);
        var folders = sources
            .And(other, "clusters/dev/a.yaml")
            .And(other.Replace(":v0.11.2", ":latest", StringComparison.Ordinal), "clusters/prod/a.yaml");
        Assert.Contains("clusters/prod/a.yaml(7,12) error GOG8401", folders.Findings());
        Assert.Contains("set.yaml(5,18) error GOG8307", folders.Findings());
        Assert.Null(folders.Import().Lockfile);
        Assert.Null(folders.Import().Settings);
    }

    [Fact]
    public void Value_files_are_environments_and_count_more_than_what_is_common()
    {
        var sources = Sources
            .Of("dependencies: [{ name: crossplane, version: 2.3.4, repository: https://charts.crossplane.io/stable }]", "Chart.yaml")
            .And("crossplane: { replicas: 1, metrics: { enabled: true } }", "values.yaml")
            .And("crossplane: { replicas: 2 }", "values-dev.yaml")
            .And("crossplane: { replicas: 3 }", "values-prod.yaml");
        Assert.Equal(["dev", "prod"], Names(sources));
        Assert.Equal(["2", "3"], sources.Import().Environments.Select(environment => environment.Core!.Values.TextAt("replicas")));
        Assert.All(sources.Import().Environments, environment => Assert.Equal("true", environment.Core!.Values.TextAt("metrics", "enabled")));
    }

    [Fact]
    public void Flux_fills_in_its_variables_and_patches()
    {
        const string Kustomization = """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: packages, namespace: flux-system }
            spec:
              path: ./packages
              sourceRef: { kind: OCIRepository, name: platform }
              postBuild:
                substitute: { VERSION: v0.11.1 }
                substituteFrom: [{ kind: ConfigMap, name: cluster }]
              patches:
                - target: { kind: Function }
                  patch: |-
                    - { op: add, path: /spec/revisionHistoryLimit, value: 3 }
            """;
        var sources = Sources
            .Of(Kustomization, "clusters/east/packages.yaml")
            .And(
                "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cluster, namespace: flux-system }\ndata: { VERSION: v0.0.1, ORG: crossplane-contrib }\n",
                "clusters/east/cluster.yaml"
            )
            .And(Sources.Package("xpkg.crossplane.io/${ORG}/function-kcl:${VERSION:=v0.0.2}", "kcl", kind: "Function"), "packages/a.yaml");

        var environment = sources.Import().Environments.Single();
        Assert.Equal("east", environment.Name);
        Assert.Equal(
            ("xpkg.crossplane.io/crossplane-contrib/function-kcl", "v0.11.1"),
            (environment.Packages.Single().Package, environment.Packages.Single().Version)
        );
        Assert.Equal("3", environment.Packages.Single().Spec.TextAt("revisionHistoryLimit"));
        Assert.Equal("OCIRepository", environment.Engine.Settings.TextAt("source", "kind"));
        Assert.Contains(
            "clusters/east/packages.yaml(7,3) info GOG8411",
            sources.Findings().Select(line => line.Replace("(8,5)", "(7,3)", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_name_that_is_no_label_becomes_one()
    {
        var sources = new Sources { Request = new() { Environments = [new("Prod_EU", ["a.yaml"])] } }.And(Package, "a.yaml");
        var environment = sources.Import().Environments.Single();
        Assert.Equal(("prod-eu", "Prod_EU"), (environment.Name, environment.Sources.Original));
    }

    [Fact]
    public void The_order_of_files_changes_nothing()
    {
        var (one, other) = (
            Sources.Package("xpkg.upbound.io/upbound/provider-a:v1.0.0"),
            Sources.Package("xpkg.upbound.io/upbound/provider-b:v1.0.0")
        );
        var first = Sources.Of(one).And(other, "b.yaml").Import();
        var second = Sources.Of(other, "b.yaml").And(one, "a.yaml").Import();
        Assert.Equal((first.Lockfile, first.Settings), (second.Lockfile, second.Settings));
    }

    private static IEnumerable<string> Names(Sources sources) => sources.Import().Environments.Select(environment => environment.Name);
}
