using GitOpsGen.Yaml;
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
                """main: kubectl --namespace argo patch applications.argoproj.io platform --type merge --patch '{"spec":{"syncPolicy":{"automated":null}}}'""",
                "main: kubectl --namespace argo patch configmap argocd-cm --patch-file manifests/argocd-cm.yaml",
                "main: kubectl apply -k manifests/overlays/main/argocd",
                "main: kubectl wait --for=condition=Healthy --timeout=15m functions.pkg.crossplane.io --all",
                "main: kubectl --namespace argo delete applications.argoproj.io platform",
            ],
            commands
        );
    }

    /// <summary>The set would undo what is changed of its Applications, and make again those that are deleted.</summary>
    [Fact]
    public void A_set_is_changed_before_its_applications_and_goes_before_them()
    {
        const string Set = """
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: { name: sets, namespace: argocd }
            spec:
              generators: [{ list: { elements: [{ cluster: east }, { cluster: west }] } }]
              template:
                metadata: { name: "{{cluster}}-old" }
                spec:
                  project: default
                  source: { repoURL: https://git.example.com/acme/platform.git, path: "packages/{{cluster}}" }
                  destination: { name: "{{cluster}}" }
                  syncPolicy: { automated: { prune: true } }
            """;
        var commands = Commands(new Sources().And(Set, "set.yaml").And(Kcl, "packages/east/kcl.yaml").And(Kcl, "packages/west/kcl.yaml"));

        Assert.Equal(
            [
                """kubectl --namespace argocd patch applicationsets.argoproj.io sets --type merge --patch '{"spec":{"syncPolicy":{"preserveResourcesOnDeletion":true},"template":{"metadata":{"finalizers":null},"spec":{"syncPolicy":{"automated":null}}}}}'""",
                """kubectl --namespace argocd patch applications.argoproj.io east-old --type merge --patch '{"metadata":{"finalizers":null}}'""",
                """kubectl --namespace argocd patch applications.argoproj.io east-old --type merge --patch '{"spec":{"syncPolicy":{"automated":null}}}'""",
                "kubectl --namespace argocd patch configmap argocd-cm --patch-file manifests/argocd-cm.yaml",
                "kubectl apply -k manifests/overlays/east/argocd",
                "kubectl wait --for=condition=Healthy --timeout=15m functions.pkg.crossplane.io --all",
                "kubectl --namespace argocd delete applicationsets.argoproj.io sets --cascade=orphan --ignore-not-found",
                "kubectl --namespace argocd delete applications.argoproj.io east-old",
            ],
            commands.Where(command => command.StartsWith("east: ", StringComparison.Ordinal)).Select(command => command["east: ".Length..])
        );
    }

    [Fact]
    public void A_cluster_says_which_set_makes_an_application_and_a_name_that_no_file_says_is_in_no_command()
    {
        var live = Argo.Replace(
            "  namespace: argo\n",
            "  namespace: argo\n  ownerReferences: [{ kind: ApplicationSet, name: sets }]\n",
            StringComparison.Ordinal
        );
        var commands = Commands(new Sources().And(live, "apps/platform.yaml").And(Kcl, "packages/kcl.yaml"));
        Assert.StartsWith("main: kubectl --namespace argo patch applicationsets.argoproj.io sets ", commands[0], StringComparison.Ordinal);
        Assert.Equal("main: kubectl --namespace argo delete applicationsets.argoproj.io sets --cascade=orphan --ignore-not-found", commands[^2]);
        Assert.Equal(
            ["ApplicationSet sets gives its Applications the finalizer that cascades", "ApplicationSet sets prunes"],
            new Sources()
                .And(live, "apps/platform.yaml")
                .And(Kcl, "packages/kcl.yaml")
                .Import()
                .Diagnostics.Where(found => found.Rule == Diagnostics.Rules.CascadeFinalizer || found.Rule == Diagnostics.Rules.PrunesPackages)
                .Select(found => found.Message.Split(':')[0])
        );

        const string Generated = """
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: { name: sets, namespace: argocd }
            spec:
              generators: [{ clusters: {} }]
              template:
                metadata: { name: "{{name}}-old" }
                spec: { source: { repoURL: https://git.example.com/a.git, path: packages }, destination: { name: in-cluster } }
            """;
        var sources = new Sources { Request = new() { Environments = [new("main", ["packages", "set.yaml"])] } };
        var outcome = sources.And(Generated, "set.yaml").And(Kcl, "packages/kcl.yaml").With();
        Assert.DoesNotContain(
            outcome.HandOver!.Steps.SelectMany(step => step.Parts).SelectMany(part => part.Commands),
            command => command.Contains("{{", StringComparison.Ordinal)
        );
        Assert.Contains(outcome.HandOver.Steps[0].Parts.Single().Notes, note => note.Contains("{{name}}-old", StringComparison.Ordinal));
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

    /// <summary>What another object of the engine applies, and what none does, keeps nothing.</summary>
    [Theory]
    [InlineData("packages/config.yaml", "", true)]
    [InlineData("packages/more/config.yaml", "", true)]
    [InlineData("apps/config.yaml", "", false)]
    [InlineData("packages/config.yaml", "kcl.yaml", false)]
    [InlineData("base/config.yaml", "kcl.yaml, ../base/config.yaml", true)]
    public void An_object_stays_only_where_its_own_folder_has_more(string path, string resources, bool stays)
    {
        const string Other = "apiVersion: aws.upbound.io/v1beta1\nkind: ProviderConfig\nmetadata: { name: default }\n";
        const string Deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: crossplane-rbac-manager, labels: { of: crossplane } }\n";
        var sources = new Sources()
            .And(Flux, "clusters/main.yaml")
            .And(Kcl, "packages/kcl.yaml")
            .And(Other, path)
            .And(Deployment, "packages/core.yaml");
        sources = resources.Length == 0 ? sources : sources.And($"resources: [{resources}]", "packages/kustomization.yaml");

        Assert.Equal(!stays, Commands(sources).Any(command => command.Contains("delete kustomizations", StringComparison.Ordinal)));
    }

    /// <summary>Argo CD reads a folder below that of an Application only if it is told to.</summary>
    [Theory]
    [InlineData("", false)]
    [InlineData(", directory: { recurse: true }", true)]
    public void An_Application_has_what_is_below_its_folder_only_if_it_recurses(string directory, bool stays)
    {
        var application = Argo.Replace("path: packages", $"path: packages{directory}", StringComparison.Ordinal);
        var sources = new Sources()
            .And(application, "apps/platform.yaml")
            .And(Kcl, "packages/kcl.yaml")
            .And("apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: other }\n", "packages/other/app.yaml");

        Assert.Equal(!stays, Commands(sources).Any(command => command.Contains("delete applications", StringComparison.Ordinal)));
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

    /// <summary>Flux would prune what the object applied before.</summary>
    [Theory]
    [InlineData("crossplane", "crossplane-2")]
    [InlineData("crossplane-prerequisites", "crossplane-2")]
    [InlineData("crossplane-wave-12", "crossplane-2")]
    [InlineData("crossplane-packages", null)]
    [InlineData("platform", null)]
    public void No_rendered_kustomization_has_the_name_of_one_that_is_there(string name, string? chosen)
    {
        var imported = new Sources()
            .And(Flux.Replace("name: platform,", $"name: {name},", StringComparison.Ordinal), "clusters/main.yaml")
            .And(Kcl, "packages/kcl.yaml")
            .And(Release, "packages/core.yaml")
            .Import();

        Assert.Equal(chosen, imported.Environments.Single().Engine.Settings.TextAt("name"));
        Assert.Empty(imported.With().HandOver!.Steps[0].Parts.Single().Notes);
    }

    [Fact]
    public void A_kustomization_of_something_else_keeps_its_name_too()
    {
        var other = Flux.Replace("name: platform,", "name: crossplane,", StringComparison.Ordinal)
            .Replace("./packages", "./apps", StringComparison.Ordinal);
        var again = other.Replace("name: crossplane,", "name: crossplane-2-extras,", StringComparison.Ordinal);
        var sources = new Sources()
            .And(Flux, "clusters/main.yaml")
            .And(other, "clusters/apps.yaml")
            .And(again, "clusters/more.yaml")
            .And("kind: Deployment\napiVersion: apps/v1\nmetadata: { name: a }\n", "apps/a.yaml")
            .And(Kcl, "packages/kcl.yaml");

        Assert.Equal("crossplane-3", sources.Import().Environments.Single().Engine.Settings.TextAt("name"));
    }

    [Fact]
    public void A_name_that_a_person_sets_to_that_of_what_is_there_is_said_before_anything_else()
    {
        var named = Flux.Replace("name: platform,", "name: crossplane,", StringComparison.Ordinal);
        var imported = new Sources().And(named, "clusters/main.yaml").And(Kcl, "packages/kcl.yaml").And(Release, "packages/core.yaml").Import();

        var outcome = imported.With(settings: imported.Settings!.Replace("name: crossplane-2", "name: crossplane", StringComparison.Ordinal));

        Assert.Contains("gitops.flux.name", outcome.HandOver!.Steps[0].Parts.Single().Notes.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("main-packages", "main-2")]
    [InlineData("main-crossplane", "main-2")]
    [InlineData("main", null)]
    public void No_rendered_application_has_the_name_of_one_that_is_there(string name, string? chosen)
    {
        var imported = new Sources()
            .And(Argo.Replace("name: platform", $"name: {name}", StringComparison.Ordinal), "apps/platform.yaml")
            .And(Kcl, "packages/kcl.yaml")
            .Import();

        Assert.Equal(chosen, imported.Environments.Single().Engine.Settings.TextAt("name"));
        Assert.Empty(imported.With().HandOver!.Steps[0].Parts.Single().Notes);
    }

    /// <summary>A HelmRelease that is adopted keeps its name, whatever the rendered Kustomizations are called.</summary>
    [Fact]
    public void A_release_is_adopted_beside_a_kustomization_of_its_name()
    {
        var release = Release
            .Replace("{ name: xp, namespace: crossplane-system }", "{ name: crossplane, namespace: flux-system }", StringComparison.Ordinal)
            .Replace("  releaseName", "  targetNamespace: crossplane-system\n  releaseName", StringComparison.Ordinal);
        var imported = new Sources()
            .And(Flux.Replace("name: platform,", "name: crossplane,", StringComparison.Ordinal), "clusters/main.yaml")
            .And(release + "\n" + Kcl, "packages/all.yaml")
            .Import();

        var settings = imported.Environments.Single().Engine.Settings;
        Assert.Equal(("crossplane-2", "crossplane"), (settings.TextAt("name"), settings.TextAt("helmRelease", "name")));
        Assert.DoesNotContain(
            imported.With().HandOver!.Steps.SelectMany(step => step.Parts).SelectMany(part => part.Commands),
            command => command.Contains("helmreleases", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Without_anything_to_take_away_only_the_merge_is_left()
    {
        var step = Assert.Single(Sources.Of(Kcl).With().HandOver!.Steps);
        Assert.StartsWith("Merge", step.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_today_comes_first_and_images_that_move_are_copied_before_the_merge()
    {
        const string Mirror = "123456789012.dkr.ecr.eu-west-2.amazonaws.com";
        var sources = Sources
            .Of(Sources.Package($"{Mirror}/upbound/provider-aws-s3:v2.2.0"))
            .And("image: { repository: xpkg.crossplane.io/crossplane/crossplane, tag: v2.3.4 }\n", "values.yaml")
            .And("{ \"Statement\": [{ \"Effect\": \"Allow\", \"Action\": \"ecr:BatchGetImage\", \"Resource\": \"upbound/*\" }] }", "policy.json")
            .And(
                "{ \"Role\": { \"Arn\": \"arn:aws:iam::123456789012:role/nodes\", \"AssumeRolePolicyDocument\": { \"Statement\": [{ \"Principal\": { \"Service\": \"ec2.amazonaws.com\" } }] } } }",
                "role.json"
            );

        var steps = sources.With().HandOver!.Steps;

        Assert.Equal(["Repair", "Copy", "Apply", "Merge,"], steps.Select(step => step.Title.Split(' ')[0]));
        Assert.Contains(steps[0].Parts.Single().Notes, note => note.StartsWith("policy.json(1,81): GOG8501", StringComparison.Ordinal));
        Assert.Equal(
            ["gitopsgen mirror plan --env main > mirror-main.sh && sh mirror-main.sh", "gitopsgen mirror verify --env main"],
            steps[1].Parts.Single().Commands
        );
        Assert.Contains("manifests/iam/main/", steps[2].Parts.Single().Notes.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_replace_is_deleted_after_the_merge_and_chart_lists_are_emptied_last()
    {
        const string Config = """
            ---
            apiVersion: pkg.crossplane.io/v1beta1
            kind: ImageConfig
            metadata: { name: to-harbor }
            spec:
              matchImages: [{ type: Prefix, prefix: xpkg.crossplane.io/crossplane-contrib/ }]
              rewriteImage: { prefix: harbor.example.com/crossplane-contrib/ }
            ---
            apiVersion: pkg.crossplane.io/v1beta1
            kind: ImageConfig
            metadata: { name: verify }
            spec: { matchImages: [{ prefix: xpkg.crossplane.io/ }], verification: { provider: Cosign } }

            """;
        var steps = Sources
            .Of(Kcl + Config)
            .And(
                "image: { repository: harbor.example.com/crossplane/crossplane, tag: v2.3.4 }\nfunction: { packages: [\"xpkg.crossplane.io/crossplane-contrib/function-cel:v0.1.0\"] }\n",
                "values.yaml"
            )
            .With()
            .HandOver!.Steps;

        Assert.Equal(["Merge,", "Delete", "Remove"], steps.Select(step => step.Title.Split(' ')[0]));
        Assert.Equal(["kubectl delete imageconfigs.pkg.crossplane.io to-harbor"], steps[1].Parts.Single().Commands);
        Assert.Contains("values.yaml(2,24)", steps[2].Parts.Single().Notes.Single(), StringComparison.Ordinal);
    }

    private static string[] Commands(Sources sources) =>
        [
            .. sources
                .With()
                .HandOver!.Steps.SelectMany(step => step.Parts)
                .SelectMany(part => part.Commands.Select(command => $"{part.Environment}: {command}")),
        ];
}
