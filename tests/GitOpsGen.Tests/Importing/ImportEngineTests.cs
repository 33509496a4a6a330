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
        const string Release = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: crossplane, namespace: flux-system }
            spec:
              chart: { spec: { chart: crossplane, version: 2.3.4 } }
              upgrade: { force: true }
            """;
        Assert.Equal(["a.yaml(6,21) warning GOG8523"], Sources.Of(Release).Findings());
    }

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
