using Xunit;

namespace GitOpsGen.Tests.Importing;

/// <summary>The order in which a team goes from what it has to what is rendered.</summary>
public sealed class HandOverTests
{
    private const string Argo = """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata:
          name: platform
          namespace: argo
          finalizers: [resources-finalizer.argocd.argoproj.io]
        spec:
          project: default
          source: { repoURL: https://git.example.com/acme/platform.git, path: packages, targetRevision: main }
          destination: { server: https://kubernetes.default.svc }
          syncPolicy: { automated: { prune: true } }
        """;

    private const string Flux = """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: platform, namespace: flux-system }
        spec: { path: ./packages, prune: true, interval: 1h, sourceRef: { kind: GitRepository, name: flux-system } }
        """;

    private const string Release = """
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: { name: xp, namespace: crossplane-system }
        spec:
          releaseName: crossplane
          chart: { spec: { chart: crossplane, version: 2.3.4, sourceRef: { kind: HelmRepository, name: charts } } }
        ---
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: HelmRepository
        metadata: { name: charts, namespace: crossplane-system }
        spec: { url: https://charts.crossplane.io/stable }
        """;

    private static readonly string Kcl = Sources.Package("xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.11.2", kind: "Function");

    [Fact]
    public void An_application_loses_its_finalizer_and_prune_before_the_merge_and_is_deleted_after_it()
    {
        var commands = Commands(new Sources().And(Argo, "apps/platform.yaml").And(Kcl, "packages/kcl.yaml"));

        Assert.Equal(
            [
                """main: kubectl --namespace argo patch applications.argoproj.io platform --type merge --patch '{"metadata":{"finalizers":null}}'""",
                """main: kubectl --namespace argo patch applications.argoproj.io platform --type merge --patch '{"spec":{"syncPolicy":{"automated":{"prune":false}}}}'""",
                "main: kubectl apply -k manifests/overlays/main/argocd",
                "main: kubectl wait --for=condition=Healthy --timeout=15m functions.pkg.crossplane.io --all",
                "main: kubectl --namespace argo delete applications.argoproj.io platform",
            ],
            commands
        );
    }

    [Fact]
    public void A_kustomization_is_suspended_before_it_goes_and_stays_where_it_applies_more()
    {
        const string Suspend =
            """main: kubectl --namespace flux-system patch kustomizations.kustomize.toolkit.fluxcd.io platform --type merge --patch '{"spec":{"suspend":true,"prune":false}}'""";
        const string Delete = "main: kubectl --namespace flux-system delete kustomizations.kustomize.toolkit.fluxcd.io platform";
        var sources = new Sources().And(Flux, "clusters/main.yaml").And(Kcl, "packages/kcl.yaml");

        var commands = Commands(sources);
        Assert.Equal((Suspend, Delete), (commands[0], commands[^1]));

        var more = sources.And("apiVersion: aws.upbound.io/v1beta1\nkind: ProviderConfig\nmetadata: { name: default }\n", "packages/config.yaml");
        commands = Commands(more);
        Assert.Contains(Suspend, commands);
        Assert.DoesNotContain(Delete, commands);
        Assert.Equal(1, more.With().HandOver!.Stays["ProviderConfig"]);
    }

    [Fact]
    public void A_release_of_another_object_is_deleted_while_it_is_suspended_and_one_that_is_rendered_alike_is_left()
    {
        Assert.Equal(
            [
                """main: kubectl --namespace crossplane-system patch helmreleases.helm.toolkit.fluxcd.io xp --type merge --patch '{"spec":{"suspend":true}}'""",
                "main: kubectl --namespace crossplane-system delete helmreleases.helm.toolkit.fluxcd.io xp",
            ],
            Commands(Sources.Of(Release + "\n" + Kcl))[..2]
        );

        var alike = Release
            .Replace("namespace: crossplane-system", "namespace: flux-system", StringComparison.Ordinal)
            .Replace("  releaseName", "  targetNamespace: crossplane-system\n  releaseName", StringComparison.Ordinal);
        Assert.DoesNotContain(Commands(Sources.Of(alike + "\n" + Kcl)), command => command.Contains("helmreleases", StringComparison.Ordinal));
    }

    [Fact]
    public void A_kustomization_whose_name_is_rendered_is_said_before_anything_else()
    {
        var named = Flux.Replace("name: platform,", "name: crossplane,", StringComparison.Ordinal);
        var outcome = new Sources().And(named, "clusters/main.yaml").And(Kcl, "packages/kcl.yaml").And(Release, "packages/core.yaml").With();

        Assert.Contains("gitops.flux.name", outcome.HandOver!.Steps[0].Parts.Single().Notes.Single(), StringComparison.Ordinal);
        var imported = new Sources().And(named, "clusters/main.yaml").And(Kcl, "packages/kcl.yaml").And(Release, "packages/core.yaml").Import();
        var renamed = imported.With(
            settings: imported.Settings!.Replace("engine: flux", "engine: flux\n      flux: { name: xp }", StringComparison.Ordinal)
        );
        Assert.Empty(renamed.HandOver!.Steps[0].Parts.Single().Notes);
    }

    [Fact]
    public void Without_anything_to_take_away_only_the_merge_is_left()
    {
        var step = Assert.Single(Sources.Of(Kcl).With().HandOver!.Steps);
        Assert.StartsWith("Merge", step.Title, StringComparison.Ordinal);
    }

    private static string[] Commands(Sources sources) =>
        [
            .. sources
                .With()
                .HandOver!.Steps.SelectMany(step => step.Parts)
                .SelectMany(part => part.Commands.Select(command => $"{part.Environment}: {command}")),
        ];
}
