using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Importing;

/// <summary>Runtimes, labels and annotations of packages.</summary>
public sealed class ImportRuntimeTests
{
    private const string Kcl = "xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.11.2";
    private const string Cel = "xpkg.crossplane.io/crossplane-contrib/function-cel:v0.1.0";
    private const string Reference = "  runtimeConfigRef: { name: shared }";

    [Fact]
    public void Parts_of_a_runtime_that_say_nothing_are_not_carried()
    {
        var runtime = Runtime(
            "deploymentTemplate: { metadata: {}, spec: { replicas: 2, selector: {}, strategy: {}, template: { metadata: { labels: {} }, spec: { containers: [{ name: package-runtime }], volumes: [] } } } }"
        );

        Assert.Equal("deploymentTemplate:\n  spec:\n    replicas: 2\n", AnyCluster.Text(runtime));
    }

    [Theory]
    [InlineData("spec: { deploymentTemplate: { spec: { selector: {}, template: {} } } }")]
    [InlineData("spec: {}")]
    [InlineData("status: {}")]
    public void The_default_runtime_and_what_refers_to_it_are_nothing(string content)
    {
        var sources = Sources.Of(
            Sources.Package(
                Kcl,
                more: "  runtimeConfigRef: { apiVersion: pkg.crossplane.io/v1beta1, kind: DeploymentRuntimeConfig, name: default }",
                kind: "Function"
            ) + $"---\napiVersion: pkg.crossplane.io/v1beta1\nkind: DeploymentRuntimeConfig\nmetadata: {{ name: default }}\n{content}\n"
        );

        Assert.Empty(sources.Findings());
        var package = sources.Import().Environments.Single().Packages.Single();
        Assert.Equal((null, null, null), (package.Runtime, package.RuntimeName, package.Spec));
        Assert.True(sources.With().Comparison!.IsClean);
    }

    [Fact]
    public void What_a_ControllerConfig_says_of_itself_is_the_service_accounts_and_its_metadata_are_the_pods()
    {
        const string Config = """
            ---
            apiVersion: pkg.crossplane.io/v1alpha1
            kind: ControllerConfig
            metadata:
              name: old
              labels: { team: a }
              annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/a", argocd.argoproj.io/sync-wave: "1" }
            spec:
              metadata: { labels: { pod: b } }
              replicas: 2
              env: [{ name: A, value: b }]
              podSecurityContext: { fsGroup: 2000 }
              tolerations: [{ operator: Exists }]

            """;
        var runtime = Sources
            .Of(Sources.Package(Kcl, more: "  controllerConfigRef: { name: old }", kind: "Function") + Config)
            .And("image: { repository: xpkg.upbound.io/crossplane/crossplane, tag: v1.17.0 }", "values.yaml")
            .Import()
            .Environments.Single()
            .Packages.Single()
            .Runtime;

        Assert.Equal(
            """
            deploymentTemplate:
              spec:
                replicas: 2
                template:
                  metadata:
                    labels:
                      pod: b
                  spec:
                    tolerations:
                      - operator: Exists
                    securityContext:
                      fsGroup: 2000
                    containers:
                      - name: package-runtime
                        env:
                          - name: A
                            value: b
            serviceAccountTemplate:
              metadata:
                annotations:
                  eks.amazonaws.com/role-arn: arn:aws:iam::123456789012:role/a
                labels:
                  team: a

            """.Replace("\r", "", StringComparison.Ordinal),
            AnyCluster.Text(runtime)
        );
    }

    [Fact]
    public void Packages_that_share_a_service_account_of_a_template_are_told()
    {
        var both = Sources.Package(Kcl, more: Reference, kind: "Function") + Sources.Package(Cel, more: Reference, kind: "Function");
        const string Config = "---\napiVersion: pkg.crossplane.io/v1beta1\nkind: DeploymentRuntimeConfig\nmetadata: { name: shared }\n";

        Assert.Equal(
            ["a.yaml(7,12) error GOG8519"],
            Sources.Of($"{both}{Config}spec: {{ serviceAccountTemplate: {{ metadata: {{ name: a }} }} }}\n").Findings()
        );
        Assert.Empty(
            Sources
                .Of($"{both}{Config}spec: {{ deploymentTemplate: {{ spec: {{ template: {{ spec: {{ serviceAccountName: a }} }} }} }} }}\n")
                .Findings()
        );
    }

    [Fact]
    public void What_an_API_server_and_clients_add_leaves_no_trace()
    {
        const string Live = """
            apiVersion: v1
            kind: List
            items:
              - apiVersion: pkg.crossplane.io/v1
                kind: Function
                metadata:
                  name: crossplane-contrib-function-kcl
                  uid: trace-0
                  resourceVersion: trace-1
                  generation: 3
                  creationTimestamp: "2026-01-01T00:00:00Z"
                  labels: { argocd.argoproj.io/instance: trace-2, kustomize.toolkit.fluxcd.io/name: trace-3 }
                  annotations:
                    kubectl.kubernetes.io/last-applied-configuration: trace-4
                    argocd.argoproj.io/tracking-id: trace-5
                  managedFields: [{ manager: trace-6, operation: Update }]
                  ownerReferences: [{ apiVersion: v1, kind: A, name: trace-7, uid: trace-8 }]
                spec: { package: "xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.11.2", packagePullPolicy: IfNotPresent, revisionHistoryLimit: 1, revisionActivationPolicy: Automatic }
                status: { currentRevision: trace-9, conditions: [{ type: Healthy, status: "True" }] }
            """;
        var imported = Sources.Of(Live).Import();

        Assert.Empty(imported.Diagnostics);
        Assert.DoesNotContain("trace", imported.Lockfile + imported.Settings, StringComparison.Ordinal);
        Assert.Equal(
            "settingsVersion: 1\nenvironments:\n  main: {}\n",
            imported.Settings![imported.Settings!.IndexOf("settingsVersion", StringComparison.Ordinal)..]
        );
    }

    [Fact]
    public void Labels_of_all_packages_and_of_a_runtime_that_they_share_are_the_environments()
    {
        var sources = Sources.Of(
            Marked(Kcl, "of: all, team: a", Reference)
                + Marked(Cel, "of: all", Reference)
                + "---\napiVersion: pkg.crossplane.io/v1beta1\nkind: DeploymentRuntimeConfig\nmetadata: { name: shared, labels: { of: all } }\nspec: { deploymentTemplate: { spec: { replicas: 2 } } }\n"
        );

        var environment = sources.Import().Environments.Single();
        Assert.Empty(sources.Findings());
        Assert.Equal("all", environment.Metadata.TextAt("labels", "of"));
        Assert.Equal(
            ["team", null],
            environment.Packages.Select(package => (package.Metadata.At("labels") as YamlMapping)?.Entries.Single().Key.Text)
        );
        var outcome = sources.With();
        Assert.True(outcome.Comparison!.IsClean);
        Assert.Empty(outcome.Comparison.Differences);
    }

    [Fact]
    public void Labels_of_a_runtime_that_its_package_does_not_have_are_told_and_missing()
    {
        var sources = Sources.Of(
            Sources.Package(Kcl, more: Reference, kind: "Function")
                + "---\napiVersion: pkg.crossplane.io/v1beta1\nkind: DeploymentRuntimeConfig\nmetadata: { name: shared, labels: { of: runtime } }\nspec: { deploymentTemplate: { spec: { replicas: 2 } } }\n"
        );

        Assert.Equal(["a.yaml(12,35) warning GOG8407"], sources.Findings());
        var difference = Assert.Single(sources.With().Comparison!.Differences);
        Assert.Equal("Differs DeploymentRuntimeConfig shared metadata GOG8407", Compared.Shown(difference));
    }

    private static string Marked(string reference, string labels, string more) =>
        Sources
            .Package(reference, more: more, kind: "Function")
            .Replace("\n  name:", $"\n  labels: {{ {labels} }}\n  name:", StringComparison.Ordinal);

    private static YamlMapping? Runtime(string spec) =>
        Sources
            .Of(
                Sources.Package(Kcl, more: Reference, kind: "Function")
                    + $"---\napiVersion: pkg.crossplane.io/v1beta1\nkind: DeploymentRuntimeConfig\nmetadata: {{ name: shared }}\nspec: {{ {spec} }}\n"
            )
            .Import()
            .Environments.Single()
            .Packages.Single()
            .Runtime;
}
