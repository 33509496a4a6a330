using System.Text.Json.Nodes;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>The objects for Flux, in every scenario: what its CRDs let pass and Flux would not do, or not in this order.</summary>
public sealed class FluxTests
{
    private const string Prune = "kustomize.toolkit.fluxcd.io/prune";
    private const string Substitute = "kustomize.toolkit.fluxcd.io/substitute";

    private static readonly string[] PackageKinds = ["Configuration", "Function", "Provider"];

    [Fact]
    public void Each_kustomization_waits_for_the_one_before_and_applies_a_folder_that_is_there()
    {
        foreach (var (scenario, environment, flux) in Cases())
        {
            var settings = environment.Settings["gitops"]!["flux"];
            var waves = Directory.GetDirectories(Path.Combine(flux.Overlay, "packages"), "wave-*").Length;
            string[] folders =
            [
                .. environment.Core is null ? [] : new[] { "crossplane" },
                "packages/prerequisites",
                .. Enumerable.Range(0, waves).Select(number => $"packages/wave-{number}"),
                .. Directory.Exists(Path.Combine(flux.Overlay, "packages", "extras")) ? ["packages/extras"] : Array.Empty<string>(),
            ];
            var stem = Stem(environment);
            var names = folders.Select(folder => folder == "crossplane" ? stem : $"{stem}-{Path.GetFileName(folder)}").ToList();
            var found = flux.Kustomizations;

            Assert.Equal(names, found.Select(FluxOverlay.NameOf));
            for (var index = 0; index < found.Count; index++)
            {
                var spec = found[index]["spec"]!;
                Assert.Equal(
                    index == 0 ? [] : [names[index - 1]],
                    (spec["dependsOn"]?.AsArray() ?? []).Select(other => other!["name"]!.GetValue<string>())
                );
                Assert.True(spec["wait"]!.GetValue<bool>() && spec["prune"]!.GetValue<bool>());
                Assert.Equal($"./{scenario.PathInGit(environment)}/overlays/{environment.Name}/{folders[index]}", spec["path"]!.GetValue<string>());
                Assert.True(File.Exists(Path.Combine(flux.FolderOf(found[index]), "kustomization.yaml")));
                Assert.Equal(settings?["interval"]?.GetValue<string>() ?? "1h", spec["interval"]!.GetValue<string>());
                Assert.Equal(settings?["retryInterval"]?.GetValue<string>() ?? "2m", spec["retryInterval"]!.GetValue<string>());
                Assert.Equal(settings?["timeout"]?.GetValue<string>() ?? "5m", spec["timeout"]!.GetValue<string>());
                Assert.Equal(settings?["namespace"]?.GetValue<string>() ?? "flux-system", found[index]["metadata"]!["namespace"]!.GetValue<string>());
                Assert.Equal(settings?["source"]?["kind"]?.GetValue<string>() ?? "GitRepository", spec["sourceRef"]!["kind"]!.GetValue<string>());
                Assert.Equal(settings?["source"]?["name"]?.GetValue<string>() ?? "flux-system", spec["sourceRef"]!["name"]!.GetValue<string>());
                Assert.Equal(settings?["source"]?["namespace"]?.GetValue<string>(), spec["sourceRef"]!["namespace"]?.GetValue<string>());
                // The HelmRelease is applied where Flux runs.
                Assert.True(JsonNode.DeepEquals(folders[index] == "crossplane" ? null : settings?["kubeConfig"], spec["kubeConfig"]));
                Assert.True(JsonNode.DeepEquals(settings?["substituteFrom"], spec["postBuild"]?["substituteFrom"]));
                Assert.Equal(
                    folders[index].Contains("/wave-", StringComparison.Ordinal) ? PackageKinds : [],
                    Expressions(found[index]).Select(e => e!["kind"]!.GetValue<string>())
                );
            }
        }
    }

    [Fact]
    public void Every_object_of_an_overlay_is_applied_by_exactly_one_kustomization()
    {
        var kustomize = Kustomize.Require();
        kustomize.BuildAll(Cases().SelectMany(c => c.Flux.Kustomizations.Select(c.Flux.FolderOf).Append(c.Flux.Overlay).Append(c.Flux.Folder)));
        foreach (var (_, _, flux) in Cases())
        {
            var whole = kustomize.Build(flux.Overlay);
            var parts = flux.Inventories(kustomize).Values.SelectMany(part => part);
            Assert.Equal(whole.Select(o => o.Text).Order(StringComparer.Ordinal), parts.Select(o => o.Text).Order(StringComparer.Ordinal));
            Assert.Equal(whole.Count, whole.Select(o => o.Id).Distinct().Count());
            Assert.Equal(
                flux.Kustomizations.Select(o => new BuiltObject(o).Text).Order(StringComparer.Ordinal),
                kustomize.Build(flux.Folder).Where(o => o.Kind == "Kustomization").Select(o => o.Text).Order(StringComparer.Ordinal)
            );
        }
    }

    [Fact]
    public void The_release_takes_the_values_that_stand_beside_it_and_adopts_one_installed_by_hand()
    {
        var kustomize = Kustomize.Require();
        foreach (var (_, environment, flux) in Cases().Where(c => c.Environment.Core is not null))
        {
            var folder = Path.Combine(flux.Overlay, "crossplane");
            var objects = kustomize.Build(folder);
            var release = objects.Single(o => o.Kind == "HelmRelease");
            var values = objects.Single(o => o.Kind == "ConfigMap");
            var spec = release.Content["spec"]!;

            var from = Assert.Single(spec["valuesFrom"]!.AsArray())!;
            Assert.Equal(
                ("ConfigMap", values.Name, release.Namespace),
                (from["kind"]!.GetValue<string>(), from["name"]!.GetValue<string>(), values.Namespace)
            );
            var data = Assert.Single(values.Content["data"]!.AsObject());
            Assert.Equal(
                (from["valuesKey"]!.GetValue<string>(), File.ReadAllText(Path.Combine(folder, "values.yaml"))),
                (data.Key, data.Value!.GetValue<string>())
            );
            Assert.Equal("Enabled", values.Content["metadata"]!["labels"]!["reconcile.fluxcd.io/watch"]!.GetValue<string>());
            Assert.Null(spec["values"]);

            Assert.Equal(environment.Settings["crossplane"]?["release"]?.GetValue<string>() ?? "crossplane", spec["releaseName"]!.GetValue<string>());
            Assert.Equal(environment.Namespace, spec["targetNamespace"]!.GetValue<string>());
            var settings = environment.Settings["gitops"]!["flux"];
            Assert.Equal(
                settings?["helmRelease"]?["storageNamespace"]?.GetValue<string>() ?? environment.Namespace,
                spec["storageNamespace"]!.GetValue<string>()
            );
            Assert.Equal(settings?["helmRelease"]?["name"]?.GetValue<string>() ?? Stem(environment), release.Name);
            Assert.True(JsonNode.DeepEquals(settings?["kubeConfig"], spec["kubeConfig"]));
            Assert.Equal(flux.Kustomizations[0]["spec"]!["interval"]!.GetValue<string>(), spec["interval"]!.GetValue<string>());
        }
    }

    [Fact]
    public void The_chart_comes_from_the_locked_place_or_the_settings_place()
    {
        var kustomize = Kustomize.Require();
        var logins = 0;
        foreach (var (_, environment, flux) in Cases().Where(c => c.Environment.Core is not null))
        {
            var chart = environment.Core!.Entry["chart"]!;
            var (place, version) = (
                environment.Settings["crossplane"]?["chart"]?["repository"] ?? chart["repository"],
                chart["version"]!.GetValue<string>()
            );
            var url = place!.GetValue<string>().TrimEnd('/');
            var objects = kustomize.Build(Path.Combine(flux.Overlay, "crossplane"));
            var release = objects.Single(o => o.Kind == "HelmRelease");
            var source = objects.Single(o => o.Group == "source.toolkit.fluxcd.io");
            var isOci = url.StartsWith("oci://", StringComparison.Ordinal);
            var spec = source.Content["spec"]!;

            Assert.Equal(isOci ? "OCIRepository" : "HelmRepository", source.Kind);
            Assert.NotEqual(release.Content["spec"]!.AsObject().ContainsKey("chart"), release.Content["spec"]!.AsObject().ContainsKey("chartRef"));
            var reference = isOci ? release.Content["spec"]!["chartRef"]! : release.Content["spec"]!["chart"]!["spec"]!["sourceRef"]!;
            Assert.Equal(
                (source.Kind, source.Name, release.Namespace),
                (reference["kind"]!.GetValue<string>(), reference["name"]!.GetValue<string>(), source.Namespace)
            );
            var own = environment.Settings["crossplane"]?["chart"];
            var name = own?["name"]?.GetValue<string>() ?? "crossplane";
            Assert.Equal(own?["secretRef"]?.GetValue<string>(), spec["secretRef"]?["name"]!.GetValue<string>());
            Assert.Equal(isOci ? $"{url}/{name}" : url, spec["url"]!.GetValue<string>());
            if (!isOci)
            {
                Assert.Equal(
                    (name, version),
                    (
                        release.Content["spec"]!["chart"]!["spec"]!["chart"]!.GetValue<string>(),
                        release.Content["spec"]!["chart"]!["spec"]!["version"]!.GetValue<string>()
                    )
                );
                continue;
            }

            var isEcr = url.Contains(".dkr.ecr.", StringComparison.Ordinal) || url.Contains(".dkr-ecr.", StringComparison.Ordinal);
            // Without it, source-controller does not log in.
            var provider =
                own?["provider"]?.GetValue<string>()
                ?? (
                    own?["secretRef"] is not null ? null
                    : isEcr ? "aws"
                    : url.Contains(".azurecr.io/", StringComparison.Ordinal) ? "azure"
                    : url.Contains(".pkg.dev/", StringComparison.Ordinal) ? "gcp"
                    : null
                );
            Assert.Equal(provider, spec["provider"]?.GetValue<string>());
            Assert.Equal(version.Replace('+', '_'), spec["ref"]!["tag"]!.GetValue<string>());
            Assert.Equal("application/vnd.cncf.helm.chart.content.v1.tar+gzip", spec["layerSelector"]!["mediaType"]!.GetValue<string>());
            Assert.Equal("copy", spec["layerSelector"]!["operation"]!.GetValue<string>());
            logins += isEcr ? 1 : 0;
        }

        Assert.InRange(logins, 3, int.MaxValue);
    }

    [Fact]
    public void What_Flux_would_take_for_a_variable_opts_out_and_nothing_else_does()
    {
        var kustomize = Kustomize.Require();
        var (optedOut, substituted) = (0, 0);
        foreach (var (_, environment, flux) in Cases())
        {
            var isSubstituted = environment.Settings["gitops"]!["flux"]?["substituteFrom"] is not null;
            foreach (var o in kustomize.Build(flux.Overlay).Concat(kustomize.Build(flux.Folder)))
            {
                var hasVariable = o.Text.Contains("${", StringComparison.Ordinal);
                Assert.Equal(hasVariable && !isSubstituted ? "disabled" : null, o.Annotation(Substitute));
                optedOut += hasVariable && !isSubstituted ? 1 : 0;
                substituted += hasVariable && isSubstituted ? 1 : 0;
            }
        }

        Assert.InRange(optedOut, 4, int.MaxValue);
        Assert.InRange(substituted, 2, int.MaxValue);
    }

    [Fact]
    public void An_object_carries_the_annotations_of_its_environments_engine_and_of_no_other()
    {
        foreach (var scenario in Scenario.Rendering())
        {
            foreach (var environment in ExpectedPlan.Of(scenario).Environments)
            {
                var engine = environment.Settings["gitops"]?["engine"]?.GetValue<string>() ?? "none";
                var overlay = Path.Combine(scenario.Output, "overlays", environment.Name);
                var text = string.Concat(Directory.GetFiles(overlay, "*.yaml", SearchOption.AllDirectories).Select(File.ReadAllText));
                Assert.Equal(engine == "flux", Directory.Exists(Path.Combine(overlay, "flux")));
                Assert.Equal(engine == "argocd", Directory.Exists(Path.Combine(overlay, "argocd")));
                Assert.Equal(
                    engine == "flux" && environment.Core is not null,
                    File.Exists(Path.Combine(overlay, "crossplane", "kustomization.yaml"))
                );
                Assert.True(engine == "flux" || !text.Contains("fluxcd.io", StringComparison.Ordinal), overlay);
                Assert.True(engine == "argocd" || !text.Contains("argoproj.io", StringComparison.Ordinal), overlay);
            }
        }
    }

    [Fact]
    public void Packages_prerequisites_extras_the_release_its_values_and_its_source_are_never_pruned()
    {
        var kustomize = Kustomize.Require();
        foreach (var (_, _, flux) in Cases())
            Assert.All(kustomize.Build(flux.Overlay), o => Assert.Equal("disabled", o.Annotation(Prune)));
    }

    [Fact]
    public void Engines_change_the_annotations_of_an_object_and_nothing_else()
    {
        var kustomize = Kustomize.Require();
        var overlays = Path.Combine(new Scenario("every-engine-in-one-project").Output, "overlays");
        var byHand = Objects("hand");

        Assert.InRange(byHand.Count, 8, int.MaxValue);
        Assert.Equal(byHand, Objects("argo"));
        Assert.Equal(byHand, Objects("flux"));

        List<string> Objects(string environment) =>
            [.. kustomize.Build(Path.Combine(overlays, environment, "packages")).Select(o => o.WithoutAnnotations().Text)];
    }

    private static string Stem(ExpectedEnvironment environment) =>
        environment.Settings["gitops"]!["flux"] is not { } flux
            ? "crossplane"
            : flux["name"]?.GetValue<string>() ?? (flux["kubeConfig"] is null ? "crossplane" : $"{environment.Name}-crossplane");

    private static IReadOnlyList<JsonNode?> Expressions(JsonObject kustomization) => [.. kustomization["spec"]!["healthCheckExprs"]?.AsArray() ?? []];

    private static List<(Scenario Scenario, ExpectedEnvironment Environment, FluxOverlay Flux)> Cases()
    {
        List<(Scenario, ExpectedEnvironment, FluxOverlay)> cases =
        [
            .. from scenario in Scenario.Rendering()
            from environment in ExpectedPlan.Of(scenario).Environments
            where environment.Settings["gitops"]?["engine"]?.GetValue<string>() == "flux"
            select (scenario, environment, new FluxOverlay(scenario.Output, environment.Name)),
        ];
        Assert.InRange(cases.Count, 15, int.MaxValue);
        return cases;
    }
}
