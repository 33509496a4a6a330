using System.Text.Json.Nodes;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>The scenario <c>the-reference-tree</c> against the hand-made tree: what is built, not how it is written.</summary>
public sealed class ReferenceTreeTests
{
    public static TheoryData<string> Files { get; } =
    [
        "argocd-cm.yaml",
        "base/upbound-provider-aws-s3/kustomization.yaml",
        "base/upbound-provider-aws-s3/package.yaml",
        "iam/prod-eu/package-manager-trust-policy.json",
        "iam/registries/210987654321-eu-central-1/repository-policy-runtime.json",
        "iam/tfc-cluster1/node-policy.json",
        "iam/tfc-cluster1/package-manager-trust-policy.json",
        "overlays/prod-eu/crossplane/helmrelease.yaml",
        "overlays/prod-eu/crossplane/kustomization.yaml",
        "overlays/prod-eu/crossplane/source.yaml",
        "overlays/prod-eu/flux/crossplane-wave-1.yaml",
        "overlays/prod-eu/kustomization.yaml",
        "overlays/prod-eu/packages/prerequisites/imageconfig-mirror-xpkg-upbound-io-upbound.yaml",
        "overlays/prod-eu/packages/wave-1/upbound-provider-aws-s3.yaml",
        "overlays/tfc-cluster1/argocd/crossplane.yaml",
        "overlays/tfc-cluster1/argocd/kustomization.yaml",
        "overlays/tfc-cluster1/argocd/packages.yaml",
        "overlays/tfc-cluster1/crossplane/values.yaml",
        "overlays/tfc-cluster1/kustomization.yaml",
        "overlays/tfc-cluster1/packages/kustomization.yaml",
        "overlays/tfc-cluster1/packages/prerequisites/deploymentruntimeconfig-upbound-provider-aws-s3.yaml",
        "overlays/tfc-cluster1/packages/wave-1/kustomization.yaml",
        "overlays/tfc-cluster1/packages/wave-1/upbound-provider-aws-s3.yaml",
    ];

    private static string Output => new Scenario("the-reference-tree").Output;

    [Theory]
    [MemberData(nameof(Files))]
    public void It_says_what_was_tried_by_hand(string path)
    {
        var reference = (JsonObject)Documents.ReadAll(ReferenceTree.Read()[path]).Single()!;
        Deviate(path, reference);

        // What a kustomization names is built and compared as an object; what it does not, as a file.
        var isBuilt =
            reference["kind"] is not null
            && reference["apiVersion"]!.GetValue<string>() != "kustomize.config.k8s.io/v1beta1"
            && path != "argocd-cm.yaml";
        var rendered = isBuilt ? Built(path, new(reference)) : (JsonObject)Documents.Read(Path.Combine(Output, path))!;

        Assert.Equal(Documents.Canonical(reference), Documents.Canonical(rendered));
    }

    [Fact]
    public void Every_file_of_the_tree_is_compared() =>
        Assert.Equal(ReferenceTree.Read().Keys.Order(StringComparer.Ordinal), Files.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Fact]
    public void An_https_chart_is_written_as_its_variant_was_tried()
    {
        var kustomize = Kustomize.Require();
        // The last line of section 6, which is prose there.
        var objects = kustomize.Build(Path.Combine(new Scenario("flux-with-https-charts").Output, "overlays", "defaults", "crossplane"));
        var source = JsonNode.Parse("""{ "interval": "1h", "url": "https://charts.crossplane.io/stable" }""");
        var chart = JsonNode.Parse(
            """{ "spec": { "chart": "crossplane", "version": "2.3.4", "sourceRef": { "kind": "HelmRepository", "name": "crossplane-chart" } } }"""
        );

        Assert.Equal(Documents.Canonical(source), Documents.Canonical(objects.Single(o => o.Kind == "HelmRepository").Content["spec"]));
        Assert.Equal(Documents.Canonical(chart), Documents.Canonical(objects.Single(o => o.Kind == "HelmRelease").Content["spec"]!["chart"]));
    }

    /// <summary>Where the design has moved on since the tree was made by hand, or the document shortens a file. Nothing else may differ.</summary>
    private static void Deviate(string path, JsonObject reference)
    {
        switch (path)
        {
            case "overlays/prod-eu/kustomization.yaml"
            or "overlays/tfc-cluster1/kustomization.yaml"
            or "overlays/tfc-cluster1/packages/kustomization.yaml":
                // One apply sends ImageConfigs before packages (facts/live.md, section 1).
                reference["sortOptions"] = new JsonObject { ["order"] = "fifo" };
                break;
            case "overlays/tfc-cluster1/packages/prerequisites/deploymentruntimeconfig-upbound-provider-aws-s3.yaml":
                // What packages need is guarded as they are (facts/live.md, section 3).
                reference["metadata"]!["annotations"]!["argocd.argoproj.io/sync-options"] =
                    "Delete=false,Prune=false,SkipDryRunOnMissingResource=true";
                break;
            case "overlays/tfc-cluster1/argocd/crossplane.yaml" or "overlays/tfc-cluster1/argocd/packages.yaml":
                // With a limit it stays out of sync for ever, without the refresh a fix is not taken (facts/live.md, section 10).
                var retry = reference["spec"]!["syncPolicy"]!["retry"]!;
                (retry["limit"], retry["refresh"]) = (-1L, true);
                break;
            case "overlays/prod-eu/crossplane/kustomization.yaml":
                // The values and the chart of the release were pruned (facts/live.md, section 9).
                reference["configMapGenerator"]![0]!["options"]!["annotations"] = new JsonObject
                {
                    ["kustomize.toolkit.fluxcd.io/prune"] = "disabled",
                };
                break;
            case "overlays/prod-eu/crossplane/source.yaml" or "overlays/prod-eu/crossplane/helmrelease.yaml":
                // When something else takes over the core, its Kustomization goes; deleting the release would uninstall Crossplane.
                reference["metadata"]!["annotations"] = new JsonObject { ["kustomize.toolkit.fluxcd.io/prune"] = "disabled" };
                break;
            case "overlays/tfc-cluster1/crossplane/values.yaml":
                // The role stands on the pods too, so that they roll when it changes: a running pod keeps the old one.
                reference["customAnnotations"] = reference["serviceAccount"]!["customAnnotations"]!.DeepClone();
                break;
            case "overlays/prod-eu/flux/crossplane-wave-1.yaml":
                // The document prints the first kind; the others repeat it.
                reference["spec"]!["timeout"] = "5m";
                var expressions = reference["spec"]!["healthCheckExprs"]!.AsArray();
                // Those that were tried live.
                foreach (var (key, expression) in (JsonObject)Documents.ReadAll(ReferenceTree.LiveBlock("yaml")).Single()!)
                    expressions[0]![key] = expression!.DeepClone();
                foreach (var kind in new[] { "Function", "Provider" })
                {
                    expressions.Add(expressions[0]!.DeepClone());
                    expressions[^1]!["kind"] = kind;
                }

                break;
            case "argocd-cm.yaml":
                // The same; and its block ends before the text of the second kind.
                const string rule = "resource.customizations.health.pkg.crossplane.io_";
                foreach (var kind in new[] { "Configuration", "Function", "Provider" })
                    reference["data"]![rule + kind] = ReferenceTree.LiveBlock("lua");
                // With labels, what Crossplane makes would be the Application's.
                reference["data"]!["application.resourceTrackingMethod"] = "annotation";
                break;
        }
    }

    private static JsonObject Built(string path, BuiltObject wanted)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Output, path))!;
        Assert.True(File.Exists(Path.Combine(Output, path)), path);
        return Kustomize.Require().Build(folder).Single(o => o.Id == wanted.Id).Content;
    }
}
