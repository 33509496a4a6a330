using System.Collections.Concurrent;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Validation.Builds;

public sealed class OutputBuildTests
{
    [Theory]
    [InlineData("kubectl")] // Kustomize 5.5
    [InlineData("kubectl35")] // Kustomize 5.7
    public void Every_kustomization_of_every_scenario_comes_to_what_Kustomize_builds(string program)
    {
        var kustomize = Kustomize.Require(program);
        var differences = new ConcurrentBag<string>();
        var objects = 0;

        // An overlay holds all that is below it; the older version has the smaller folders, too.
        Parallel.ForEach(
            LongProof.Of(Scenario.Rendering()),
            Tool.SideBySide,
            scenario =>
            {
                var build = BuildText.OfFolder(scenario.Output);
                foreach (
                    var folder in build.Folders.Where(folder =>
                        Kustomized(build, folder) && (program == "kubectl35" ? IsOverlay(folder) : !IsOverlay(folder) && !IsWave(folder))
                    )
                )
                {
                    var expected = kustomize
                        .Build(Path.Combine(scenario.Output, folder))
                        .Select(o => Documents.Canonical(o.Content))
                        .Order(StringComparer.Ordinal)
                        .Where(o => !IsGenerated(o))
                        .ToList();
                    var built = BuildText.Json(build.BuildWhole(folder).Objects).ToList();
                    Interlocked.Add(ref objects, built.Count);
                    if (!expected.SequenceEqual(built))
                        differences.Add($"{scenario.Name}/{folder}:\n{string.Join('\n', expected)}\n-- but --\n{string.Join('\n', built)}");
                }
            }
        );

        Assert.True(differences.IsEmpty, string.Join("\n", differences));
        Assert.InRange(objects, LongProof.Count(100, 30), int.MaxValue);
    }

    [Fact]
    public void Folder_by_folder_every_object_of_an_overlay_is_looked_at_once()
    {
        var compared = 0;
        foreach (var scenario in Scenario.Rendering())
        {
            var build = BuildText.OfFolder(scenario.Output);
            foreach (var overlay in build.Folders.Where(IsOverlay))
            {
                var parts = build
                    .Folders.Where(folder => folder == $"{overlay}/packages" || folder.StartsWith($"{overlay}/packages/", StringComparison.Ordinal))
                    .Select(build.Build)
                    .ToList();

                Assert.Equal(BuildText.Json(build.BuildWhole($"{overlay}/packages").Objects), BuildText.Json(parts.SelectMany(part => part.Objects)));
                Assert.All(parts, part => Assert.True(part.IsComplete && part.Findings.IsEmpty));
                compared++;
            }
        }

        Assert.InRange(compared, 20, int.MaxValue);
    }

    [Theory]
    [InlineData("## a/o.yaml\nTHING", "a", 1)] // no kustomization: as it is
    [InlineData("## a/o.yaml\na: 1\n", "a", 0)] // Helm values
    [InlineData("## a/o.yaml\n[1]\n", "a", 0)]
    [InlineData("## o.yaml\nTHING", "", 1)]
    [InlineData("## base/a/o.yaml\nTHING", "base/a", 0)] // not whole until it is patched
    [InlineData("## a/kustomization.yaml\nresources: [o.yaml]\n## a/o.yaml\nTHING", "a", 1)]
    [InlineData("## a/kustomization.yaml\nresources: []\n## a/o.yaml\nTHING", "a", 1)] // nobody applies it, and it is an object
    [InlineData("## a/kustomization.yaml\nconfigMapGenerator: [{ name: a, files: [b=o.yaml] }]\n## a/o.yaml\nTHING", "a", 0)]
    [InlineData("## a/kustomization.yaml\npatches: [{ path: o.yaml, target: { kind: A } }]\n## a/o.yaml\nTHING", "a", 0)]
    [InlineData("## a/kustomization.yaml\nresources: [b/o.yaml]\n## a/b/o.yaml\nTHING", "a", 1)]
    [InlineData("## a/kustomization.yaml\nresources: [b/o.yaml]\n## a/b/o.yaml\nTHING", "a/b", 0)]
    [InlineData(
        "## a/kustomization.yaml\nresources: [../base/a]\n## base/a/kustomization.yaml\nresources: [o.yaml]\n## base/a/o.yaml\nTHING",
        "a",
        1
    )]
    [InlineData("## a/kustomization.yaml\nresources: [b]\n## a/b/kustomization.yaml\nresources: [o.yaml]\n## a/b/o.yaml\nTHING", "a", 0)]
    [InlineData(
        "## a/kustomization.yaml\nresources: [b]\ncommonAnnotations: { c: d }\n## a/b/kustomization.yaml\nresources: [o.yaml]\n## a/b/o.yaml\nTHING",
        "a",
        1
    )]
    [InlineData("## a/kustomization.yaml\nresources: [o.json]\n## a/o.json\n{\"kind\": \"A\"}", "a", 1)]
    public void An_object_is_looked_at_where_it_is_whole(string files, string folder, int count) =>
        Assert.Equal(count, BuildText.Of(files).Build(folder).Objects.Length);

    [Fact]
    public void A_value_stands_where_it_was_written()
    {
        var thing = Assert.Single(
            BuildText
                .Of(
                    """
                    ## a/kustomization.yaml
                    resources: [../base/a]
                    patches: [{ path: p.yaml }]
                    ## a/p.yaml
                    apiVersion: example.org/v1
                    kind: Thing
                    metadata: { name: a }
                    spec:
                      y: 2
                    ## base/a/kustomization.yaml
                    resources: [o.yaml]
                    ## base/a/o.yaml
                    THING
                    """
                )
                .Build("a")
                .Objects
        );
        var spec = (GitOpsGen.Yaml.YamlMapping)((GitOpsGen.Yaml.YamlMapping)thing)["spec"]!;

        Assert.Equal("out/a/p.yaml", thing.Span.File);
        Assert.Equal(("out/base/a/o.yaml", 4), (spec["x"]!.Span.File, spec["x"]!.Span.Start.Line));
        Assert.Equal(("out/a/p.yaml", 5), (spec["y"]!.Span.File, spec["y"]!.Span.Start.Line));
    }

    [Fact]
    public void Folders_that_build_each_other_many_times_are_built_once()
    {
        var files = string.Concat(
            Enumerable
                .Range(0, 60)
                .Select(i =>
                    $"## f{i}/a/kustomization.yaml\nresources: [../../f{i + 1}/a, ../../f{i + 1}/b]\n## f{i}/b/kustomization.yaml\nresources: [../../f{i + 1}/a, ../../f{i + 1}/b]\n"
                )
        );
        var build = BuildText.Of("## a/kustomization.yaml\nresources: [../f0/a]\ncommonAnnotations: { a: b }\n" + files);

        Assert.Empty(build.Build("a").Findings);
    }

    // The Helm values, the only thing that a kustomization of the scenarios generates.
    private static bool IsGenerated(string json) => json.StartsWith("{\"apiVersion\":\"v1\",\"data\":{\"values.yaml\":", StringComparison.Ordinal);

    private static bool Kustomized(GitOpsGen.Validation.Builds.OutputBuild build, string folder) =>
        folder.StartsWith("overlays/", StringComparison.Ordinal) && !build.BuildWhole(folder).Objects.IsEmpty;

    private static bool IsOverlay(string folder) => folder.StartsWith("overlays/", StringComparison.Ordinal) && folder.Count(c => c == '/') == 1;

    private static bool IsWave(string folder) => folder.Contains("/wave-", StringComparison.Ordinal);
}
