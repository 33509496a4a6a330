using Xunit;

namespace GitOpsGen.Tests.Importing;

/// <summary>Files together with what the cluster says, to which they were applied: the files decide.</summary>
public sealed class ImportClusterTests
{
    private static readonly string Files = Sources.Package(
        "xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.11.2",
        more: "  runtimeConfigRef: { name: kcl }",
        kind: "Function"
    );

    private const string Runtime = """
        ---
        apiVersion: pkg.crossplane.io/v1beta1
        kind: DeploymentRuntimeConfig
        metadata:
          name: kcl
        spec: { deploymentTemplate: { spec: { replicas: 2, selector: {}, template: {} } } }

        """;

    [Fact]
    public void What_the_cluster_has_alike_is_there_once_and_what_only_it_has_is_imported()
    {
        var sources = Sources
            .Of(Files + Runtime, "files.yaml")
            .And(
                Live(Files).Replace("\nspec:\n", "\nspec:\n  packagePullPolicy: IfNotPresent\n", StringComparison.Ordinal)
                    + Live(Runtime)
                    + Live(Sources.Package("xpkg.upbound.io/upbound/provider-a:v1.0.0")),
                "-"
            );

        Assert.Empty(sources.Findings());
        Assert.Equal(
            ["crossplane-contrib-function-kcl", "upbound-provider-a"],
            sources.Import().Environments.Single().Packages.Select(package => package.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            "files.yaml",
            sources.Import().Environments.Single().Packages.Single(package => package.RuntimeConfig is not null).Reference.Span.File
        );
        Assert.True(sources.With().Comparison!.IsClean);
    }

    [Theory]
    [InlineData("v0.11.2", "v0.11.1", "live.yaml(8,12) info GOG8308")]
    [InlineData("name: kcl }", "name: other }", "live.yaml(9,29) info GOG8308")]
    [InlineData("replicas: 2", "replicas: 3", "live.yaml(16,49) info GOG8308")]
    public void Where_the_cluster_differs_the_files_are_taken(string old, string @new, string expected)
    {
        var sources = Sources
            .Of(Files + Runtime, "files.yaml")
            .And((Live(Files) + Live(Runtime)).Replace(old, @new, StringComparison.Ordinal), "live.yaml");

        Assert.Equal([expected], sources.Findings());
        var package = sources.Import().Environments.Single().Packages.Single();
        Assert.Equal(("v0.11.2", "kcl"), (package.Version, package.RuntimeConfig!.Name));
        Assert.True(sources.With().Comparison!.IsClean);
    }

    [Fact]
    public void Two_objects_of_one_cluster_are_two()
    {
        var live = Live(Files.Replace("  runtimeConfigRef: { name: kcl }\n", "", StringComparison.Ordinal));
        Assert.Equal(["a.yaml(8,12) warning GOG8515"], Sources.Of(live).And(live, "b.yaml").Findings());
    }

    private static string Live(string text) => text.Replace("\n  name:", "\n  uid: f00d\n  name:", StringComparison.Ordinal);
}
