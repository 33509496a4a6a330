using GitOpsGen.Importing.Comparing;
using GitOpsGen.Importing.Objects;
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
