using CsCheck;
using GitOpsGen.Diagnostics;
using GitOpsGen.Importing;
using GitOpsGen.Importing.Comparing;
using GitOpsGen.Importing.Objects;
using GitOpsGen.Testing;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Importing;

/// <summary>
/// What was rendered, as a cluster would give it back, imports to what renders the same: over projects that nobody thought of. And each change of
/// such a stream is found.
/// </summary>
public sealed class ImportLawTests
{
    private static readonly int Seconds = LongProof.IsWhole ? 5 : 2;

    [Fact]
    public void What_was_rendered_imports_from_a_stream_to_what_renders_the_same() =>
        AnyProject.Any.Sample(
            project =>
            {
                var cluster = AnyCluster.Of(project);
                var imported = Imported(cluster);
                Assert.DoesNotContain(imported.Diagnostics, found => found is { Rule.Code: "GOG8411", Severity: not Severity.Info });

                var outcome = imported.With();

                Assert.True(
                    outcome.Comparison is not null,
                    string.Join('\n', outcome.Diagnostics.Select(found => $"{found.Span?.Place} {found.Message}"))
                );
                Assert.All(outcome.Comparison.Differences, difference => Assert.Equal(Verdict.ByDesign, difference.Verdict));

                // The same again, without the comparison: every object but ImageConfigs, and what is pulled through these.
                var again = AnyCluster.Of(new(imported.Lockfile!, imported.Settings!));
                Assert.Equal(Shown(cluster), Shown(again));
                Assert.Equal(AnyCluster.Text(cluster.Values), AnyCluster.Text(again.Values));
            },
            time: Seconds,
            threads: 1
        );

    [Fact]
    public void Each_change_of_a_stream_is_found_and_nothing_else() =>
        Gen.Select(AnyProject.Any, Gen.Int[0, Changes.Length - 1], Gen.Int[0, 1000])
            .Sample(
                (project, how, which) =>
                {
                    var cluster = AnyCluster.Of(project);
                    var imported = Imported(cluster);
                    if (Changes[how](cluster, which) is not var (changed, expected) || expected.Length == 0)
                    {
                        return;
                    }

                    var found = Sources.Of(changed.Stream()).With(imported.Lockfile, imported.Settings).Comparison!.Differences;

                    Assert.Equal(
                        expected.Distinct().Order(StringComparer.Ordinal),
                        found
                            .Where(difference => difference.Verdict != Verdict.ByDesign)
                            .Select(difference => $"{difference.Verdict} {difference.Object}")
                            .Distinct()
                            .Order(StringComparer.Ordinal)
                    );
                },
                time: Seconds,
                threads: 1
            );

    /// <summary>Each puts one difference into a cluster, if it has something of that kind, and says which objects differ then.</summary>
    private static readonly Func<AnyCluster, int, (AnyCluster Changed, string[] Expected)?>[] Changes =
    [
        (cluster, which) => cluster.Any(PackageGroup.IsPackage, which) is { } gone ? (cluster.Without(gone), [$"New {gone}"]) : null,
        (cluster, which) => OfPackage(cluster, which, (item, reference) => item.Put($"{reference.Split('@')[0]}-other", "spec", "package")),
        (cluster, which) =>
            OfPackage(
                cluster,
                which,
                (item, reference) =>
                    item.Put($"elsewhere.example.com{reference[reference.IndexOf('/', StringComparison.Ordinal)..]}", "spec", "package")
            ),
        (cluster, which) => OfPackage(cluster, which, (item, _) => item.Put("Never", "spec", "packagePullPolicy")),
        (cluster, which) => OfPackage(cluster, which, (item, _) => item.Put("value", "metadata", "labels", "of-a-team")),
        (cluster, which) => Of(cluster, IsRuntime, which, item => item.Put("7", "spec", "deploymentTemplate", "spec", "replicas")),
        (cluster, which) => Of(cluster, IsRuntime, which, item => item.Put("value", "metadata", "annotations", "of-a-team")),
        (cluster, which) => cluster.Any(IsRuntime, which) is { } gone ? (cluster.Without(gone), [$"New {gone}"]) : null,
        (cluster, which) =>
            OfPulls(
                cluster,
                cluster.Any(item => item.Spec.At("rewriteImage") is not null, which),
                item => item.Put($"moved.example.com/{item.Spec.TextAt("rewriteImage", "prefix")}", "spec", "rewriteImage", "prefix")
            ),
        (cluster, which) => OfPulls(cluster, cluster.Any(item => item.Kind == "ImageConfig", which), _ => null),
        (cluster, _) => (cluster with { Values = cluster.Values.WithAt(AnyCluster.Scalar("9"), "replicas") }, ["Differs core"]),
        (cluster, _) => (cluster with { Values = cluster.Values.WithAt(AnyCluster.Scalar("v2.3.3"), "image", "tag") }, ["Differs core"]),
        (cluster, which) =>
            cluster.Any(item => item.Kind == "HelmRelease", which) is { } release
                ? (cluster.With(release, release.Put("elsewhere", "spec", "storageNamespace")), [$"Differs {release}"])
                : null,
        (cluster, which) =>
            cluster.Any(item => item.Kind == "HelmRelease", which) is { } release
                ? (cluster.With(release, release.Put("another", "spec", "releaseName")), [$"Differs {release}", "Differs core"])
                : null,
    ];

    private static bool IsRuntime(SourceObject item) => item.Kind == "DeploymentRuntimeConfig";

    private static (AnyCluster, string[])? OfPackage(AnyCluster cluster, int which, Func<SourceObject, string, SourceObject> change) =>
        Of(cluster, PackageGroup.IsPackage, which, item => change(item, item.Spec.TextAt("package")!));

    private static (AnyCluster, string[])? Of(
        AnyCluster cluster,
        Func<SourceObject, bool> kind,
        int which,
        Func<SourceObject, SourceObject> change
    ) => cluster.Any(kind, which) is { } item ? (cluster.With(item, change(item)), [$"Differs {item}"]) : null;

    // Every package that is pulled otherwise then.
    private static (AnyCluster, string[])? OfPulls(AnyCluster cluster, SourceObject? config, Func<SourceObject, SourceObject?> change)
    {
        if (config is null)
        {
            return null;
        }

        var changed = change(config) is { } other ? cluster.With(config, other) : cluster.Without(config);
        var (before, after) = (cluster.Pulls, changed.Pulls);
        return (
            changed,
            [
                .. cluster
                    .Objects.Where(PackageGroup.IsPackage)
                    .Where(item => before.Of(item.Spec.TextAt("package")!) != after.Of(item.Spec.TextAt("package")!))
                    .Select(item => $"Differs {item}"),
            ]
        );
    }

    private static ImportResult Imported(AnyCluster cluster)
    {
        var stream = cluster.Stream();
        var imported = Sources.Of(stream).Import();
        Assert.True(
            imported.Lockfile is not null,
            $"{string.Join('\n', imported.Diagnostics.Select(found => $"{found.Span?.Place} {found.Message}"))}\n{stream}"
        );
        return imported;
    }

    private static IEnumerable<string> Shown(AnyCluster cluster)
    {
        var pulls = cluster.Pulls;
        return cluster
            .Objects.Where(item => item.Kind != "ImageConfig")
            .Select(item =>
                $"{item} {(item.Spec.TextAt("package") is { } reference ? pulls.Of(reference).ToString() : "")} {AnyCluster.Text(item.Spec)} {(item.Group == PackageGroup.Name ? AnyCluster.Text(item.Metadata) : "")}"
            )
            .Order(StringComparer.Ordinal);
    }
}
