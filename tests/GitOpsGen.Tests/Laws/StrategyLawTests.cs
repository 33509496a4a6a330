using System.Text.Json.Nodes;
using GitOpsGen.Inputs;
using GitOpsGen.Output;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Laws;

/// <summary>What moving between strategies, and adding to the lock, may change.</summary>
public sealed class StrategyLawTests
{
    private const string Settings = ".config/gitopsgen.yaml";
    private const string Lockfile = "packages.lock.yaml";

    private const string Unrelated = """
          - package: ghcr.io/unrelated/provider-x
            kind: Provider
            version: v1.0.0
            locked: v1.0.0@sha256:0000000000000000000000000000000000000000000000000000000000000000
            environments: [some]
            dependsOn: []

        """;

    public static TheoryData<string> Scenarios => Scenario.RenderingNames;

    // facts/reference-output.md, section 1.
    [Fact]
    public void From_direct_to_rewrite_four_patches_three_image_configs_and_their_kustomization_change()
    {
        using var run = new ScenarioRun(new("direct-then-rewrite-over-the-old-output"));

        var changes = run.Check().Changes;

        const string Packages = "overlays/prod/packages/";
        Assert.Equal(
            [
                ("overlays/prod/.gitopsgen", ChangeKind.Changed),
                ($"{Packages}prerequisites/imageconfig-mirror-ghcr-io-acme.yaml", ChangeKind.Added),
                ($"{Packages}prerequisites/imageconfig-mirror-xpkg-crossplane-io-crossplane-contrib.yaml", ChangeKind.Added),
                ($"{Packages}prerequisites/imageconfig-mirror-xpkg-upbound-io-upbound.yaml", ChangeKind.Added),
                ($"{Packages}prerequisites/kustomization.yaml", ChangeKind.Changed),
                ($"{Packages}wave-0/crossplane-contrib-function-patch-and-transform.yaml", ChangeKind.Changed),
                ($"{Packages}wave-0/upbound-provider-family-aws.yaml", ChangeKind.Changed),
                ($"{Packages}wave-1/upbound-provider-aws-s3.yaml", ChangeKind.Changed),
                ($"{Packages}wave-2/acme-configuration-bucket.yaml", ChangeKind.Changed),
            ],
            changes.Select(change => (change.Path.Value, change.Kind))
        );
        Assert.Equal(NamesIn(Path.Combine(run.Root, "manifests")), NamesIn(new Scenario("direct-then-rewrite-over-the-old-output").Output));
    }

    [Fact]
    public void Another_strategy_and_back_again_restores_every_byte()
    {
        const string Direct = "install: direct\n",
            Rewrite = "install: rewrite\n";
        var switched = 0;
        foreach (var scenario in LongProof.Of(Scenario.Rendering()))
        {
            var first = RenderedScenario.Of(scenario);
            using var run = first.Copy();
            var settings = Path.Combine(run.Root, Settings);
            var text = File.Exists(settings) ? File.ReadAllText(settings) : "";
            var other = text.Contains(Direct, StringComparison.Ordinal)
                ? text.Replace(Direct, Rewrite, StringComparison.Ordinal)
                : text.Replace(Rewrite, Direct, StringComparison.Ordinal);
            File.WriteAllText(settings, other);
            if (other == text || run.Render() is not { HasErrors: false, Changes.Length: > 0 })
                continue;

            File.WriteAllText(settings, text);
            var back = run.Render();

            Assert.False(back.HasErrors, scenario.Name);
            Assert.Equal((scenario.Name, ""), (scenario.Name, first.Output.DifferenceTo(run.Output(back))));
            switched++;
        }

        Assert.InRange(switched, LongProof.Count(40, 10), int.MaxValue);
    }

    [Theory]
    [InlineData("direct")]
    [InlineData("rewrite")]
    public void A_package_for_one_environment_leaves_the_others_alone(string strategy)
    {
        using var temp = new TempFolder();
        temp.Write(
            Settings,
            $$"""
            settingsVersion: 1
            defaults: { install: {{strategy}}, registry: { host: harbor.example.com, pullSecret: login } }
            environments: { other: {}, some: {} }

            """
        );
        var lockfile = File.ReadAllText(Path.Combine(new Scenario("several-organisations-rewritten").Folder, Lockfile));
        temp.Write(Lockfile, lockfile);
        Assert.False(Render(temp).HasErrors);
        temp.Write(Lockfile, lockfile + Unrelated);

        var changes = Render(temp).Changes;

        Assert.NotEmpty(changes);
        Assert.All(changes, change => Assert.Matches(@"^(?:base/(?:\.gitopsgen|unrelated-provider-x/.*)|overlays/some/.*)$", change.Path.Value));
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void ImageConfigs_and_runtimes_are_applied_before_every_package_and_names_are_unique(string name)
    {
        var scenario = new Scenario(name);
        foreach (var environment in ExpectedPlan.Of(scenario).Environments)
        {
            var packages = Path.Combine(scenario.Output, "overlays", environment.Name, "packages");
            Assert.Equal("prerequisites", Documents.Strings(Documents.Read(Path.Combine(packages, "kustomization.yaml"))!["resources"]).First());
            var objects = Directory
                .GetFiles(packages, "*.yaml", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) != "kustomization.yaml")
                .Select(file => (Folder: Path.GetFileName(Path.GetDirectoryName(file)!), Object: Documents.Read(file)!))
                .ToList();
            foreach (var (folder, o) in objects)
            {
                var isPackage = o["kind"]!.GetValue<string>() is "Provider" or "Function" or "Configuration";
                var isInWave = folder.StartsWith("wave-", StringComparison.Ordinal);
                // Templates of the user's may put other objects beside the packages of a wave.
                Assert.True(isPackage == isInWave || (isInWave && Directory.Exists(Path.Combine(scenario.Folder, "templates"))));
                if (o["metadata"]!["annotations"]?["argocd.argoproj.io/sync-wave"] is { } wave)
                    Assert.Equal(isInWave ? folder["wave-".Length..] : "-1", wave.GetValue<string>());
            }

            Assert.Equal(objects.Count, objects.Select(o => $"{o.Object["kind"]} {NameOf(o.Object)}").Distinct().Count());
            var listed = Documents.Strings(Documents.Read(Path.Combine(packages, "prerequisites", "kustomization.yaml"))!["resources"]);
            Assert.Equal(
                Directory
                    .GetFiles(Path.Combine(packages, "prerequisites"))
                    .Select(file => Path.GetFileName(file))
                    .Where(file => file != "kustomization.yaml")
                    .Order(StringComparer.Ordinal),
                listed.Order(StringComparer.Ordinal)
            );
        }
    }

    private static IEnumerable<string> NamesIn(string output) =>
        Directory
            .GetFiles(Path.Combine(output, "overlays"), "*.yaml", SearchOption.AllDirectories)
            .Where(file => file.Contains("wave-", StringComparison.Ordinal) && Path.GetFileName(file) != "kustomization.yaml")
            .Order(StringComparer.Ordinal)
            .Select(file => NameOf(Documents.Read(file)!));

    private static string NameOf(JsonNode o) => o["metadata"]!["name"]!.GetValue<string>();

    private static Outcome Render(TempFolder temp) => Generator.Render(new InputTree(temp.Path), new(), null, TestContext.Current.CancellationToken);
}
