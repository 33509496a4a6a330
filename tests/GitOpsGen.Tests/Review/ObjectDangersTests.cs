using System.Collections.Immutable;
using GitOpsGen.Output;
using GitOpsGen.Review;
using GitOpsGen.Tests.Packages;
using GitOpsGen.Tests.Yaml;
using GitOpsGen.Validation.Builds;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>What can hurt in the objects themselves.</summary>
public sealed class ObjectDangersTests
{
    private const string Flux = "registry: { host: harbor.example.com }, gitops: { engine: flux }";
    private const string Release =
        "{ apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: { name: core, namespace: system }, spec: { releaseName: core } }";

    // The function comes after the provider once it needs it.
    private static readonly EnvironmentPair Moving = Plans.Pair(
        [Locks.Provider("a/p"), Locks.Entry("Function", "a/f", needs: [])],
        [Locks.Provider("a/p"), Locks.Entry("Function", "a/f", needs: ["a/p"])],
        Flux
    );

    private static readonly EnvironmentPair Staying = Plans.Pair([], []);

    [Theory]
    [InlineData("{ rewriteImage: { prefix: harbor.example.com/a/ } }", true)]
    [InlineData("{ rewriteImage: { prefix: 'harbor.example.com/a/p@sha256:00' } }", false)] // a pin: its package has moved on
    [InlineData("{ registry: { authentication: { pullSecretRef: { name: a } } } }", false)]
    [InlineData("{}", false)]
    public void An_ImageConfig_that_redirects_packages_is_missed_when_it_leaves(string spec, bool isDangerous)
    {
        var config = $"{{ apiVersion: pkg.crossplane.io/v1beta1, kind: ImageConfig, metadata: {{ name: a }}, spec: {spec} }}";

        Assert.Equal(isDangerous ? ["GOG8116 ImageConfig `a` leaves"] : [], Found(Staying, (config, null)));
        Assert.Empty(Found(Staying, (null, config), (config, config)));
        Assert.Empty(Found(Staying, (config.Replace("kind: ImageConfig", "kind: Other", StringComparison.Ordinal), null)));
        Assert.Empty(Found(Staying with { After = null }, (config, null)));
    }

    [Fact]
    public void A_HelmRelease_that_leaves_or_is_about_another_release_is_uninstalled()
    {
        var other = Release.Replace("releaseName: core", "releaseName: other", StringComparison.Ordinal);

        Assert.Equal(["GOG8117 HelmRelease `core` leaves"], Found(Staying, (Release, null)));
        Assert.Equal(["GOG8117 HelmRelease `core` has another release name"], Found(Staying, (Release, other)));
        Assert.Empty(Found(Staying, (null, Release)));
        Assert.Empty(Found(Staying, (Release, Release.Replace("releaseName: core", "releaseName: core, interval: 1m", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("Function", "pkg.crossplane.io/v1", "{ name: a-f }", true)]
    [InlineData("Function", "pkg.crossplane.io/v1beta1", "{ name: a-f, annotations: {} }", true)]
    [InlineData("Function", "pkg.crossplane.io/v1", "{ name: a-f, annotations: { kustomize.toolkit.fluxcd.io/prune: enabled } }", true)]
    [InlineData("Function", "pkg.crossplane.io/v1", "{ name: a-f, annotations: { kustomize.toolkit.fluxcd.io/prune: disabled } }", false)]
    [InlineData("Provider", "pkg.crossplane.io/v1", "{ name: a-p }", false)] // it stays in its wave
    [InlineData("Function", "serving.knative.dev/v1", "{ name: a-f }", false)]
    public void A_package_in_another_wave_is_deleted_by_Flux_unless_its_object_says_that_it_is_not(
        string kind,
        string apiVersion,
        string metadata,
        bool isDangerous
    ) =>
        Assert.Equal(
            isDangerous ? ["GOG8115 `a-f` moves from wave 0 to 1"] : [],
            Found(Moving, ($"{{ apiVersion: {apiVersion}, kind: {kind}, metadata: {metadata} }}", null))
        );

    [Fact]
    public void A_namesake_of_another_kind_does_not_move_with_a_package() =>
        Assert.Empty(Found(Moving, ("{ apiVersion: pkg.crossplane.io/v1, kind: Provider, metadata: { name: a-f } }", null)));

    private static IEnumerable<string> Found(EnvironmentPair pair, params (string? Before, string? After)[] objects)
    {
        var changes = objects
            .Select(one =>
                (Before: one.Before is null ? null : YamlText.Sound(one.Before), After: one.After is null ? null : YamlText.Sound(one.After))
            )
            .Select(one => new ObjectChange(
                ObjectKey.Of((one.After ?? one.Before)!)!.Value,
                one.Before is null ? ChangeKind.Added
                    : one.After is null ? ChangeKind.Removed
                    : ChangeKind.Changed,
                []
            )
            {
                Before = one.Before,
                After = one.After,
            })
            .ToImmutableArray();
        var before = changes.Where(change => change.Before is not null).DistinctBy(change => change.Object);
        return ObjectDangers
            .In(pair, new(changes, before.ToDictionary(change => change.Object, change => change.Before!)))
            .Select(danger => $"{danger.Rule.Code} {danger.Title}");
    }
}
