using GitOpsGen.Importing;
using Xunit;

namespace GitOpsGen.Tests.Importing;

/// <summary>What a comparison of existing objects with rendered ones finds, and what it leaves out.</summary>
public sealed class ComparisonTests
{
    private const string Mirror = "123456789012.dkr.ecr.eu-west-2.amazonaws.com";

    private const string Packages = """
        ---
        apiVersion: pkg.crossplane.io/v1
        kind: Provider
        metadata:
          name: crossplane-contrib-provider-kubernetes
          annotations: { argocd.argoproj.io/sync-wave: "3" }
        spec:
          package: xpkg.crossplane.io/crossplane-contrib/provider-kubernetes:v1.0.0
          packagePullPolicy: IfNotPresent
          revisionHistoryLimit: 3
          runtimeConfigRef: { name: small }
        ---
        apiVersion: pkg.crossplane.io/v1beta1
        kind: DeploymentRuntimeConfig
        metadata: { name: small }
        spec:
          deploymentTemplate:
            spec:
              replicas: 1
              selector: {}
              template: { spec: { containers: [{ name: package-runtime, args: [--debug], resources: {} }] } }
        ---
        apiVersion: pkg.crossplane.io/v1
        kind: Function
        metadata: { name: crossplane-contrib-function-kcl }
        spec: { package: xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.11.2 }
        ---
        apiVersion: pkg.crossplane.io/v1beta1
        kind: ImageConfig
        metadata: { name: to-ecr }
        spec:
          matchImages: [{ type: Prefix, prefix: xpkg.crossplane.io/crossplane-contrib/ }]
          rewriteImage: { prefix: 123456789012.dkr.ecr.eu-west-2.amazonaws.com/mirror/crossplane-contrib/ }
        ---
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: { name: crossplane, namespace: flux-system }
        spec:
          targetNamespace: crossplane-system
          storageNamespace: crossplane-system
          releaseName: crossplane
          chart: { spec: { chart: crossplane, version: 2.3.4, sourceRef: { kind: HelmRepository, name: charts } } }
          values: { replicas: 2, image: { repository: 123456789012.dkr.ecr.eu-west-2.amazonaws.com/mirror/crossplane/crossplane } }
        ---
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: HelmRepository
        metadata: { name: charts, namespace: flux-system }
        spec: { url: https://charts.crossplane.io/stable }
        """;

    private static readonly ImportResult Imported = Sources.Of(Packages).Import();

    [Fact]
    public void What_was_imported_renders_to_the_same_up_to_what_is_meant_to_differ()
    {
        var outcome = Imported.With();

        Assert.True(outcome.Comparison!.IsClean);
        Assert.Equal(["ByDesign ImageConfig to-ecr", "ByDesign core values.image.tag"], outcome.Shown());
        var environment = Assert.Single(outcome.Comparison.Environments);
        Assert.Equal((4, 2), (environment.Objects, environment.Same));
    }

    [Theory]
    [InlineData("kubernetes:v1.0.0", "kubernetes:v1.1.0", "Differs Provider crossplane-contrib-provider-kubernetes pull")]
    [InlineData("revisionHistoryLimit: 3", "revisionHistoryLimit: 1", "Differs Provider crossplane-contrib-provider-kubernetes spec")]
    [InlineData("IfNotPresent", "Always", "Differs Provider crossplane-contrib-provider-kubernetes spec.packagePullPolicy")]
    [InlineData("{ argocd.argoproj.io/sync-wave: \"3\" }", "{ team: a }", "Differs Provider crossplane-contrib-provider-kubernetes metadata")]
    [InlineData("name: crossplane-contrib-function-kcl", "name: kcl", "Differs Function kcl metadata.name")]
    [InlineData(
        "kind: Function\nmetadata: { name: crossplane-contrib-function-kcl }",
        "kind: Function\nmetadata: { name: crossplane-contrib-function-kcl, annotations: { render.crossplane.io/runtime: Development } }",
        "New Function crossplane-contrib-function-kcl"
    )]
    [InlineData(
        "[--debug]",
        "[--debug, --poll=5m]",
        "Differs DeploymentRuntimeConfig small spec.deploymentTemplate.spec.template.spec.containers[name=package-runtime].args[1]"
    )]
    [InlineData("replicas: 1", "replicas: 2", "Differs DeploymentRuntimeConfig small spec.deploymentTemplate.spec.replicas")]
    [InlineData("  runtimeConfigRef: { name: small }\n", "", "Differs Provider crossplane-contrib-provider-kubernetes spec.runtimeConfigRef.name")]
    [InlineData(
        "/mirror/crossplane-contrib/",
        "/other/crossplane-contrib/",
        "Differs Provider crossplane-contrib-provider-kubernetes pull",
        "Differs Function crossplane-contrib-function-kcl pull"
    )]
    [InlineData("version: 2.3.4", "version: 2.3.5", "Differs core pull", "Differs core chart.version")]
    [InlineData("/mirror/crossplane/crossplane", "/crossplane", "Differs core pull GOG8414")]
    [InlineData("stable", "master", "Differs core chart.repository")]
    [InlineData("replicas: 2,", "replicas: 3,", "Differs core values.replicas")]
    [InlineData("replicas: 2,", "replicas: 2, metrics: { enabled: true },", "Differs core values.metrics")]
    [InlineData("releaseName: crossplane", "releaseName: xp", "Differs core release", "Differs HelmRelease crossplane release name GOG8524")]
    [InlineData("storageNamespace: crossplane-system", "storageNamespace: other", "Differs HelmRelease crossplane storage namespace GOG8524")]
    public void A_change_of_a_source_is_found_and_nothing_else(string old, string @new, params string[] expected)
    {
        var text = Packages.Replace("\r", "", StringComparison.Ordinal);
        Assert.Contains(old, text, StringComparison.Ordinal);
        var changed = text.Replace(old, @new, StringComparison.Ordinal);

        var outcome = Sources.Of(changed).With(Imported.Lockfile, Imported.Settings);

        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            outcome.Shown().Where(line => !line.StartsWith("ByDesign", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        );
        Assert.Equal(expected.Any(line => !line.StartsWith("New", StringComparison.Ordinal)), !outcome.Comparison!.IsClean);
        Assert.All(
            outcome.Comparison.Differences.Where(difference => difference.Span is not null),
            difference => Assert.Equal("a.yaml", difference.Span!.Value.File)
        );
    }

    [Fact]
    public void An_object_that_left_the_lockfile_is_missing_and_one_that_came_is_new()
    {
        var lockfile = Imported.Lockfile!.Replace("crossplane-contrib/function-kcl", "crossplane-contrib/function-other", StringComparison.Ordinal);

        Assert.Equal(
            ["Missing Function crossplane-contrib-function-kcl", "New Function crossplane-contrib-function-other"],
            Imported.With(lockfile).Shown().Where(line => !line.StartsWith("ByDesign", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void An_environment_of_one_side_alone_is_a_difference_as_a_whole()
    {
        var settings = Imported.Settings!.Replace("\n  main:", "\n  other:", StringComparison.Ordinal);

        Assert.Equal(["Missing environment main", "New environment other"], Imported.With(settings: settings).Shown());
    }

    [Fact]
    public void A_package_that_is_installed_twice_is_missing_with_the_finding_about_it()
    {
        var outcome = Sources
            .Of(Packages + "\n" + Sources.Package("xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.11.2", "kcl", kind: "Function"))
            .With();

        Assert.Contains("Missing Function kcl GOG8515", outcome.Shown());
    }

    [Fact]
    public void A_config_that_verifies_stays_where_it_is()
    {
        const string Verifying = """

            ---
            apiVersion: pkg.crossplane.io/v1beta1
            kind: ImageConfig
            metadata: { name: verify }
            spec:
              matchImages: [{ prefix: xpkg.crossplane.io/ }]
              verification: { provider: Cosign, cosign: { authorities: [] } }
            """;
        var outcome = Sources.Of(Packages + Verifying).With();

        Assert.Contains("ByDesign ImageConfig verify", outcome.Shown());
        Assert.True(outcome.Comparison!.IsClean);
    }

    [Fact]
    public void Files_that_cannot_be_rendered_have_errors_and_no_comparison()
    {
        var outcome = Imported.With(Imported.Lockfile!.Replace("v1.0.0", "v1", StringComparison.Ordinal));

        Assert.Null(outcome.Comparison);
        Assert.Contains(outcome.Diagnostics, found => found.Rule.Code == "GOG1014");
    }
}
