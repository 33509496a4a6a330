using GitOpsGen.Importing.Comparing;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Importing;

/// <summary>The engine of what is there: its settings, and what about its objects is in the way of a hand-over.</summary>
public sealed class ImportEngineTests
{
    private const string Application = """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata:
          name: NAME
          namespace: argocd
          finalizers: [resources-finalizer.argocd.argoproj.io/background]
        spec:
          source: { repoURL: https://git.example.com/acme/NAME.git, path: NAME, targetRevision: main }
          destination: { server: https://kubernetes.default.svc }
          syncPolicy:
            automated: { prune: true }

        """;

    private const string Kustomization = """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: NAME, namespace: flux-system }
        spec:
          path: ./NAME
          sourceRef: { kind: GitRepository, name: flux-system }
          FIELD

        """;

    private const string Release = """
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: { name: crossplane, namespace: flux-system }
        spec:
          chart: { spec: { chart: crossplane, version: 2.3.4 } }

        """;

    private static readonly string Kcl = Sources.Package("xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.11.2", kind: "Function");
    private static readonly string Cel = Sources.Package("xpkg.crossplane.io/crossplane-contrib/function-cel:v0.1.0", kind: "Function");

    [Fact]
    public void Each_Application_that_cascades_and_prunes_is_told_at_its_own_places()
    {
        var sources = new Sources().And(Kcl, "one/a.yaml").And(Cel, "two/a.yaml");
        foreach (var name in new[] { "one", "two" })
        {
            sources.And(Application.Replace("NAME", name, StringComparison.Ordinal), $"apps/{name}.yaml");
        }

        Assert.Equal(
            [
                "apps/one.yaml(6,15) warning GOG8521",
                "apps/one.yaml(11,25) warning GOG8522",
                "apps/two.yaml(6,15) warning GOG8521",
                "apps/two.yaml(11,25) warning GOG8522",
            ],
            sources.Findings()
        );
        Assert.Equal("https://git.example.com/acme/one.git", sources.Import().Environments.Single().Engine.Settings.TextAt("repoURL"));
    }

    [Theory]
    [InlineData("syncOptions: [Replace=true]")]
    [InlineData("syncOptions: [ServerSideApply=true, Force=true]")]
    [InlineData("syncOptions: [ServerSideApply=true]", false)]
    public void An_Application_that_replaces_objects_is_told(string option, bool isTold = true)
    {
        var application = Application
            .Replace("NAME", "one", StringComparison.Ordinal)
            .Replace("automated: { prune: true }", option, StringComparison.Ordinal);

        Assert.Equal(
            isTold ? ["apps/one.yaml(6,15) warning GOG8521", "apps/one.yaml(11,18) warning GOG8523"] : ["apps/one.yaml(6,15) warning GOG8521"],
            new Sources().And(application, "apps/one.yaml").And(Kcl, "one/a.yaml").Findings()
        );
    }

    [Theory]
    [InlineData("force: true", "clusters/one.yaml(7,10) warning GOG8523")]
    [InlineData("prune: true", "clusters/one.yaml(7,10) warning GOG8522")]
    [InlineData("prune: false")]
    [InlineData("postBuild: { substitute: { A: b } }", "clusters/one.yaml(7,14) info GOG8411")]
    [InlineData("dependsOn: [{ name: infra }]", "clusters/one.yaml(7,14) info GOG8411")]
    [InlineData("decryption: { provider: sops }", "clusters/one.yaml(7,15) info GOG8411")]
    [InlineData("healthChecks: [{ kind: Deployment, name: a }]", "clusters/one.yaml(7,17) info GOG8411")]
    [InlineData("serviceAccountName: deployer", "clusters/one.yaml(7,23) warning GOG8411")]
    [InlineData("suspend: true", "clusters/one.yaml(7,12) warning GOG8411")]
    [InlineData("suspend: false")]
    [InlineData("namePrefix: a-", "clusters/one.yaml(7,15) warning GOG8411")]
    [InlineData("kubeConfig: { secretRef: { name: prod } }")]
    public void What_Flux_does_beside_applying_is_told(string field, params string[] expected) =>
        Assert.Equal(expected, Flux(("one", field)).And(Kcl, "one/a.yaml").Findings());

    [Fact]
    public void What_all_objects_of_the_engine_have_is_told_once()
    {
        var sources = Flux(("one", "dependsOn: [{ name: infra }]"), ("two", "dependsOn: [{ name: one }]"))
            .And(Kcl, "one/a.yaml")
            .And(Cel, "two/a.yaml");
        Assert.Equal(["clusters/one.yaml(7,14) info GOG8411"], sources.Findings());
    }

    [Fact]
    public void A_HelmRelease_that_forces_its_upgrade_is_told()
    {
        Assert.Equal(["a.yaml(6,21) warning GOG8523"], Sources.Of($"{Release}  upgrade: {{ force: true }}\n").Findings());
    }

    [Theory]
    [InlineData("postRenderers: [{ kustomize: { patches: [], images: [{ name: a }] } }]", "a.yaml(6,18) warning GOG8411")]
    [InlineData("serviceAccountName: helm", "a.yaml(6,23) warning GOG8411")]
    [InlineData("valuesFrom: [{ kind: Secret, name: hidden }]", "a.yaml(6,16) warning GOG8411")]
    [InlineData("suspend: true", "a.yaml(6,12) warning GOG8411")]
    [InlineData("driftDetection: { mode: enabled }", "a.yaml(6,19) warning GOG8411")]
    [InlineData("upgrade: { cleanupOnFail: true, strategy: { name: RetryOnFailure } }", "a.yaml(6,29) warning GOG8411")]
    [InlineData("dependsOn: [{ name: infra }]", "a.yaml(6,14) info GOG8411")]
    [InlineData("install: { crds: Create }", "a.yaml(6,20) info GOG8411")]
    [InlineData("a-field-of-tomorrow: 1", "a.yaml(6,24) warning GOG8411")]
    [InlineData("install: { createNamespace: true }")]
    public void What_a_HelmRelease_says_and_the_rendered_one_does_not_is_told(string field, params string[] expected) =>
        Assert.Equal(expected, Sources.Of($"{Release}  {field}\n").Findings());

    /// <summary>A field of each of the objects that say where the chart comes from, and of no namesake.</summary>
    [Theory]
    [InlineData("chartRef: { kind: HelmChart, name: other }", "b.yaml(5,37) warning GOG8411", "b.yaml(10,17) warning GOG8411")]
    [InlineData("chartRef: { kind: OCIRepository, name: other }", "b.yaml(15,17) warning GOG8411", "b.yaml(15,89) warning GOG8402")]
    [InlineData("chartRef: { name: other }", "b.yaml(15,17) warning GOG8411", "b.yaml(15,89) warning GOG8402")]
    [InlineData(
        "chart: { spec: { chart: crossplane, version: 2.3.4, sourceRef: { kind: HelmRepository, name: other } } }",
        "b.yaml(10,17) warning GOG8411"
    )]
    [InlineData(
        "chart: { spec: { chart: crossplane, version: 2.3.4, sourceRef: { kind: GitRepository, name: other } } }",
        "a.yaml(5,66) warning GOG8411"
    )]
    public void What_says_where_the_chart_comes_from_is_found_by_its_kind(string chart, params string[] expected)
    {
        const string Objects = """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: HelmChart
            metadata: { name: other, namespace: flux-system }
            spec:
              { chart: crossplane, valuesFiles: [a.yaml], version: 2.3.4, sourceRef: { kind: HelmRepository, name: other } }
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: HelmRepository
            metadata: { name: other, namespace: flux-system }
            spec: { verify: a, url: https://charts.crossplane.io/stable }
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: OCIRepository
            metadata: { name: other, namespace: flux-system }
            spec: { verify: a, url: oci://xpkg.crossplane.io/crossplane, ref: { tag: 2.3.3, semver: 2.3.4 } }
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: { name: other, namespace: flux-system }
            spec: { url: https://git.example.com/crossplane.git }

            """;
        var release = Release.Replace("chart: { spec: { chart: crossplane, version: 2.3.4 } }", chart, StringComparison.Ordinal);
        var sources = Sources.Of(release).And(Objects, "b.yaml");

        Assert.Equal(expected, sources.Findings());
        var core = sources.Import().Environments.Single().Core!;
        Assert.Equal("2.3.4", core.ChartVersion);
        Assert.StartsWith(
            chart.StartsWith("chartRef: { name", StringComparison.Ordinal) || chart.Contains("kind: OCI", StringComparison.Ordinal)
                ? "oci://"
                : "https://charts",
            core.ChartRepository,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_Application_whose_source_is_hydrated_is_one_of_what_it_hydrates()
    {
        const string Hydrated = """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: one, namespace: argocd }
            spec:
              project: default
              destination: { name: east }
              sourceHydrator:
                drySource: { repoURL: https://git.example.com/acme/one.git, path: one, targetRevision: main }
                syncSource: { targetBranch: rendered, path: one }

            """;
        var sources = Sources.Of(Hydrated).And(Kcl, "one/a.yaml");

        Assert.Equal(["a.yaml(8,5) warning GOG8411"], sources.Findings());
        Assert.Equal("https://git.example.com/acme/one.git", sources.Import().Environments.Single().Engine.Settings.TextAt("repoURL"));
    }

    [Theory]
    [InlineData("ignoreDifferences: [{ kind: Deployment, jsonPointers: [/spec] }]", "a.yaml(7,22) warning GOG8411")]
    [InlineData("revisionHistoryLimit: 3", "a.yaml(7,25) warning GOG8411")]
    [InlineData("syncPolicy: { automated: { selfHeal: true, enabled: false } }", "a.yaml(7,55) warning GOG8411")]
    [InlineData("syncPolicy: { syncOptions: [CreateNamespace=true, ApplyOutOfSyncOnly=true] }", "a.yaml(7,53) warning GOG8411")]
    [InlineData("syncPolicy: { retry: { limit: 3 } }", "a.yaml(7,24) info GOG8411")]
    [InlineData("project: default")]
    public void What_an_Application_says_and_the_rendered_one_does_not_is_told(string field, params string[] expected)
    {
        const string Packages = """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: one, namespace: argocd }
            spec:
              source: { repoURL: https://git.example.com/acme/one.git, path: one, directory: { recurse: true } }
              destination: { server: https://kubernetes.default.svc }

            """;
        Assert.Equal(expected, Sources.Of($"{Packages}  {field}\n").And(Kcl, "one/a.yaml").Findings());
        Assert.Equal(
            ["a.yaml(5,93) warning GOG8411", .. expected],
            Sources.Of($"{Packages.Replace("recurse: true", "exclude: b.*", StringComparison.Ordinal)}  {field}\n").And(Kcl, "one/a.yaml").Findings()
        );
    }

    private const string Set = """
        apiVersion: argoproj.io/v1alpha1
        kind: ApplicationSet
        metadata: { name: packages, namespace: argocd }
        spec:
          generators: [{ list: { elements: [{ cluster: one }, { cluster: two }] } }]
          template:
            metadata: { name: "packages-{{cluster}}" }
            spec:
              source: { repoURL: https://git.example.com/a.git, path: "{{cluster}}" }
              destination: { name: "{{cluster}}" }
          syncPolicy: { preserveResourcesOnDeletion: true }

        """;

    private const string Generators = "set.yaml(5,15) info GOG8411";

    /// <summary>Each once, although each of the set's two Applications has what the template says.</summary>
    [Theory]
    [InlineData("goTemplate: true", "set.yaml(12,15) info GOG8411")]
    [InlineData("goTemplateOptions: [missingkey=error]", "set.yaml(12,22) info GOG8411")]
    [InlineData("applyNestedSelectors: true", "set.yaml(12,25) info GOG8411")]
    [InlineData("preservedFields: { labels: [team] }", "set.yaml(12,20) info GOG8411")]
    [InlineData("ignoreApplicationDifferences: [{ jsonPointers: [/spec/syncPolicy] }]", "set.yaml(12,33) info GOG8411")]
    [InlineData("templatePatch: 'spec: {}'", "set.yaml(12,18) warning GOG8411")]
    [InlineData("strategy: { type: AllAtOnce }")]
    [InlineData(
        "strategy: { type: RollingSync, rollingSync: { steps: [{ maxUpdate: 1 }] } }",
        "set.yaml(12,21) warning GOG8411",
        "set.yaml(12,47) warning GOG8411"
    )]
    [InlineData("strategy: { deletionOrder: Reverse }", "set.yaml(12,30) warning GOG8411")]
    [InlineData("a-field-of-tomorrow: 1", "set.yaml(12,24) warning GOG8411")]
    public void What_an_ApplicationSet_says_and_nothing_rendered_does_is_told_once(string field, params string[] expected) =>
        Assert.Equal([Generators, .. expected], OfSet($"{Set}  {field}\n"));

    [Theory]
    [InlineData("syncPolicy: {", "syncPolicy: { applicationsSync: create-only,", "set.yaml(11,35) info GOG8411")]
    [InlineData("[{ list:", "[{ selector: { matchLabels: { cluster: one } }, list:", "set.yaml(5,28) warning GOG8411")]
    [InlineData("[{ list: {", "[{ list: { template: { metadata: { labels: { a: b } } },", "set.yaml(5,36) warning GOG8411")]
    [InlineData("      destination:", "      revisionHistoryLimit: 3\n      destination:", "set.yaml(10,29) warning GOG8411")]
    [InlineData("metadata: { name: \"", "metadata: { labels: { a: b }, name: \"", "set.yaml(7,30) info GOG8411")]
    public void What_its_generators_and_its_template_say_is_told_once(string before, string after, string expected) =>
        Assert.Equal([expected], OfSet(Set.Replace(before, after, StringComparison.Ordinal)).Where(line => line != Generators));

    [Fact]
    public void An_ApplicationSet_gives_its_Applications_a_finalizer_unless_it_preserves_what_they_apply()
    {
        var bare = Set.Replace("  syncPolicy: { preserveResourcesOnDeletion: true }\n", "", StringComparison.Ordinal);
        Assert.Equal(["set.yaml(3,19) warning GOG8521", Generators], OfSet(bare));
        Assert.Equal(
            [Generators, "set.yaml(11,46) warning GOG8521"],
            OfSet(Set.Replace("Deletion: true", "Deletion: false", StringComparison.Ordinal))
        );
        Assert.Equal(
            [Generators, "set.yaml(7,29) warning GOG8521"],
            OfSet(
                Set.Replace(
                    "metadata: { name: \"",
                    "metadata: { finalizers: [resources-finalizer.argocd.argoproj.io], name: \"",
                    StringComparison.Ordinal
                )
            )
        );
    }

    [Fact]
    public void What_no_element_of_an_ApplicationSet_fills_is_told_and_not_taken_for_a_value()
    {
        var set = Set.Replace(
            "destination: { name: \"{{cluster}}\" }",
            "project: '{{ .project }}'\n      destination: { server: \"{{ .server }}\" }",
            StringComparison.Ordinal
        );
        Assert.Equal([Generators, "set.yaml(10,16) error GOG8306", "set.yaml(11,30) error GOG8306"], OfSet(set));
        // What is written with a placeholder in it is refused when it is read.
        Assert.Equal(
            ["{{ .project }}", "{{ .server }}"],
            Sources
                .Of(set, "set.yaml")
                .And(Kcl, "one/a.yaml")
                .And(Cel, "two/a.yaml")
                .With()
                .Diagnostics.Where(found => found.Rule == Diagnostics.Rules.WrongForm)
                .Select(found => found.Message.Split('\'')[^2])
        );

        var chart = Set.Replace(
            "path: \"{{cluster}}\" }",
            "chart: crossplane, targetRevision: '{{ version }}', helm: { valuesObject: { args: ['--{{ flag }}'] } } }",
            StringComparison.Ordinal
        );
        var found = OfSet(chart);
        Assert.Contains("set.yaml(9,92) error GOG8402", found);
        Assert.Contains("set.yaml(9,140) error GOG8306", found);
    }

    private static string[] OfSet(string set) => [.. Sources.Of(set, "set.yaml").And(Kcl, "one/a.yaml").And(Cel, "two/a.yaml").Findings()];

    [Theory]
    [InlineData("destination: { name: in-cluster }")]
    [InlineData("destination: { server: https://kubernetes.default.svc/ }")]
    [InlineData("destination: { name: other }", "a.yaml(7,26) warning GOG8411")]
    [InlineData("destination: { server: https://10.0.0.1 }", "a.yaml(7,26) warning GOG8411")]
    [InlineData("destination: { name: in-cluster, namespace: crossplane-system }")]
    [InlineData("destination: { name: in-cluster, namespace: tools }", "b.yaml(6,47) info GOG8411")]
    [InlineData("destination: { name: in-cluster }\n  project: other", "a.yaml(5,12) warning GOG8411")]
    public void An_Application_for_another_cluster_namespace_or_project_than_what_is_rendered_is_told(string destination, params string[] expected)
    {
        var (chart, packages) = (
            """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: core, namespace: argocd }
            spec:
              project: default
              source: { repoURL: https://charts.crossplane.io/stable, chart: crossplane, targetRevision: 2.3.4 }
              destination: { server: https://kubernetes.default.svc, namespace: crossplane-system }
            """,
            $$"""
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: packages, namespace: argocd }
            spec:
              source: { repoURL: https://git.example.com/one.git, path: one }
              {{destination}}
            """
        );
        var sources = new Sources { Request = new() { Environments = [new("main", ["a.yaml", "b.yaml", "one"])] } }
            .And(chart, "a.yaml")
            .And(packages, "b.yaml")
            .And(Kcl, "one/a.yaml");

        // That of the packages is taken.
        Assert.Equal(expected, sources.Findings());
    }

    [Fact]
    public void The_settings_cluster_is_compared_with_that_of_each_Application_but_not_with_that_of_what_applies_Applications()
    {
        var sources = new Sources()
            .And(
                Application
                    .Replace("NAME", "one", StringComparison.Ordinal)
                    .Replace("server: https://kubernetes.default.svc", "name: east", StringComparison.Ordinal),
                "apps/one.yaml"
            )
            .And(
                Application.Replace("path: NAME", "path: apps", StringComparison.Ordinal).Replace("NAME", "all", StringComparison.Ordinal),
                "all.yaml"
            )
            .And(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: { name: core, namespace: argocd }
                spec:
                  source: { repoURL: https://charts.crossplane.io/stable, chart: crossplane, targetRevision: 2.3.4 }
                  destination: { name: east, namespace: crossplane-system }
                """,
                "apps/core.yaml"
            )
            .And(Kcl, "one/a.yaml");
        var imported = sources.Import();

        // What applies Applications stays as it is, and its cluster makes no environment.
        Assert.Equal("main", imported.Environments.Single().Name);
        Assert.DoesNotContain(sources.Findings(), line => line.StartsWith("all.yaml", StringComparison.Ordinal));
        var steps = imported.With().HandOver!.Steps.SelectMany(step => step.Parts).ToList();
        Assert.DoesNotContain(
            steps.SelectMany(part => part.Commands),
            command => command.Contains(" all", StringComparison.Ordinal) && !command.EndsWith("--all", StringComparison.Ordinal)
        );
        Assert.Contains(steps.SelectMany(part => part.Notes), note => note.StartsWith("Application all ", StringComparison.Ordinal));
        Assert.DoesNotContain(imported.Diagnostics, found => found.Rule == Diagnostics.Rules.ImportEngine);
        Assert.Equal("east", imported.Environments.Single().Engine.Settings.TextAt("destination", "name"));
        Assert.DoesNotContain(imported.With().Shown(), line => line.StartsWith("Differs", StringComparison.Ordinal));
        Assert.Equal(
            ["Differs Application core spec.destination", "Differs Application one spec.destination"],
            imported
                .With(settings: imported.Settings!.Replace("name: east", "name: west", StringComparison.Ordinal))
                .Shown()
                .Where(line => line.StartsWith("Differs", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("argocd.argoproj.io/sync-wave: '1'")]
    [InlineData("notifications.argoproj.io/subscribe.on-sync-failed.slack: ops", "a.yaml(3,116) warning GOG8411")]
    [InlineData("example.com/owner: ops", "a.yaml(3,77) info GOG8411")]
    public void Annotations_of_an_Application_are_told(string annotation, params string[] expected) =>
        Assert.Equal(
            expected,
            Sources
                .Of(
                    """
                    apiVersion: argoproj.io/v1alpha1
                    kind: Application
                    metadata: { name: one, namespace: argocd, annotations: { MARK } }
                    spec:
                      source: { repoURL: https://git.example.com/acme/one.git, path: one }
                      destination: { server: https://kubernetes.default.svc }
                    """.Replace("MARK", annotation, StringComparison.Ordinal)
                )
                .And(Kcl, "one/a.yaml")
                .Findings()
        );

    [Fact]
    public void The_cluster_that_Flux_reaches_is_carried_over_and_compared()
    {
        const string Cluster = "  kubeConfig: { secretRef: { name: prod } }\n";
        var sources = Sources
            .Of(Release + Cluster)
            .And(Kustomization.Replace("NAME", "one", StringComparison.Ordinal).Replace("  FIELD\n", Cluster, StringComparison.Ordinal), "one.yaml")
            .And(Kcl, "one/a.yaml");

        Assert.Empty(sources.Findings());
        var imported = sources.Import();
        Assert.Equal("prod", imported.Environments.Single().Engine.Settings.TextAt("kubeConfig", "secretRef", "name"));
        Assert.DoesNotContain(sources.With().Comparison!.Differences, difference => difference.Verdict == Verdict.Differs);
        Assert.Equal(
            ["Differs HelmRelease crossplane spec.kubeConfig.secretRef.name", "Differs Kustomization one spec.kubeConfig.secretRef.name"],
            sources
                .With(settings: imported.Settings!.Replace("name: prod", "name: other", StringComparison.Ordinal))
                .Shown()
                .Where(difference => difference.StartsWith("Differs", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("secretRef: { name: prod }", "flux-system")]
    [InlineData("secretRef: { name: other }", "flux-system", "one.yaml(7,15) warning GOG8411")]
    [InlineData("secretRef: { name: prod }", "tenant", "a.yaml(6,15) warning GOG8411")]
    public void Objects_of_one_environment_that_are_for_other_clusters_are_told(string cluster, string space, params string[] expected)
    {
        var packages = Kustomization
            .Replace("NAME", "one", StringComparison.Ordinal)
            .Replace("FIELD", $"kubeConfig: {{ {cluster} }}", StringComparison.Ordinal)
            .Replace("namespace: flux-system", $"namespace: {space}", StringComparison.Ordinal);

        Assert.Equal(
            expected,
            Sources.Of($"{Release}  kubeConfig: {{ secretRef: {{ name: prod }} }}\n").And(packages, "one.yaml").And(Kcl, "one/a.yaml").Findings()
        );
    }

    [Fact]
    public void A_core_for_this_cluster_and_packages_for_another_one_are_told() =>
        Assert.Equal(
            ["a.yaml(3,19) warning GOG8411"],
            Flux(("one", "kubeConfig: { secretRef: { name: prod } }")).And(Release, "a.yaml").And(Kcl, "one/a.yaml").Findings()
        );

    [Fact]
    public void Argo_CD_without_a_repository_for_packages_is_no_engine_yet()
    {
        var sources = Sources
            .Of(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: { name: crossplane, namespace: argocd }
                spec:
                  source: { repoURL: https://charts.crossplane.io/stable, chart: crossplane, targetRevision: 2.3.4 }
                  destination: { server: https://kubernetes.default.svc, namespace: crossplane-system }
                """
            )
            .And(Kcl, "b.yaml");

        Assert.Equal(["a.yaml(1,1) warning GOG8411"], sources.Findings());
        Assert.Equal("none", sources.Import().Environments.Single().Engine.Kind);
    }

    private static Sources Flux(params (string Name, string Field)[] kustomizations)
    {
        var sources = new Sources();
        foreach (var (name, field) in kustomizations)
        {
            sources.And(
                Kustomization.Replace("NAME", name, StringComparison.Ordinal).Replace("FIELD", field, StringComparison.Ordinal),
                $"clusters/{name}.yaml"
            );
        }

        return sources;
    }
}
