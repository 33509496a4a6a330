using GitOpsGen.Diagnostics;
using GitOpsGen.Review;
using GitOpsGen.Tests.Packages;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>What can hurt in how packages move.</summary>
public sealed class PackageDangersTests
{
    private const string Chart = "chart: { repository: 'https://charts.example.com/stable', version: 1.0.0 }";
    private const string Manual =
        "registry: { host: harbor.example.com }, gitops: { engine: none }, packages: { '*': { spec: { revisionActivationPolicy: Manual } } }";

    private static readonly string Provider = Locks.Provider("a/p");
    private static readonly string Core = Locks.Entry("Crossplane", "c/core", "v2.0.0", more: Chart);

    [Fact]
    public void A_package_that_only_moves_on_is_not_dangerous() =>
        Assert.Empty(In(Plans.Pair([Core, Provider], [Core, Locks.Entry("Provider", "a/p", "v1.1.0", [])])));

    [Fact]
    public void A_new_object_name_tells_how_to_let_go_of_the_old_object()
    {
        var danger = One(Plans.Pair([Provider], [Locks.Entry("Provider", "a/p", needs: [], more: "name: other")]));

        Assert.Equal((Rules.ObjectRenamed, "`a-p` becomes `other`", 8), (danger.Rule, danger.Title, danger.Cause?.Start.Line));
        Assert.Equal("`kubectl delete providers.pkg.crossplane.io a-p --cascade=orphan`", danger.Steps[^1]);
    }

    [Fact]
    public void A_name_that_is_no_longer_given_points_to_the_package() =>
        Assert.Equal(3, One(Plans.Pair([Locks.Entry("Provider", "a/p", needs: [], more: "name: other")], [Provider])).Cause?.Start.Line);

    [Theory]
    [InlineData("Provider", "b/p")]
    [InlineData("Provider", "b/deeper/p")]
    public void A_package_of_the_same_name_elsewhere_replaces_it_and_nothing_is_said_to_leave(string kind, string path)
    {
        var danger = One(Plans.Pair([Provider], [Locks.Entry(kind, path, needs: [])]));

        Assert.Equal((Rules.SourceReplaced, $"`x.io/a/p` is replaced by `x.io/{path}`", 3), (danger.Rule, danger.Title, danger.Cause?.Start.Line));
        Assert.Equal("`kubectl delete providers.pkg.crossplane.io a-p --cascade=orphan`", danger.Steps[^1]);
    }

    [Theory]
    [InlineData("Function", "b/p")]
    [InlineData("Provider", "a/q")]
    [InlineData("Provider", "p/q")]
    public void A_package_leaves_where_what_comes_has_another_name_or_kind(string kind, string path)
    {
        var danger = One(Plans.Pair([Provider], [Locks.Entry(kind, path, needs: [])]));

        Assert.Equal((Rules.PackageRemoved, "`a-p` leaves"), (danger.Rule, danger.Title));
        Assert.Contains("`kubectl delete providers.pkg.crossplane.io a-p`", danger.Steps);
    }

    [Theory]
    [InlineData("Provider", "kubectl get managed")]
    [InlineData("Configuration", "kubectl get managed")]
    [InlineData("Function", "kubectl get compositions")]
    public void Before_a_package_leaves_one_looks_for_what_uses_its_kind(string kind, string command) =>
        Assert.Contains(command, One(Plans.Pair([Locks.Entry(kind, "a/p", needs: [])], [])).Steps[0], StringComparison.Ordinal);

    [Fact]
    public void The_provider_of_a_family_leaves_after_its_members_and_the_ProviderConfigs_are_saved()
    {
        var danger = One(Plans.Pair([Locks.Provider("a/provider-family-aws")], []));

        Assert.Equal(Rules.FamilyRemoved, danger.Rule);
        Assert.Contains("kubectl get providerconfigs", danger.Steps[1], StringComparison.Ordinal);
        Assert.Equal("`kubectl delete providers.pkg.crossplane.io a-provider-family-aws`", danger.Steps[^1]);
    }

    [Theory]
    [InlineData("v1.2.0", "v1.1.9", true)]
    [InlineData("v1.2.0", "v1.2.0-rc.1", true)]
    [InlineData("v1.9.0", "v1.10.0", false)]
    [InlineData("v1.2.0", "1.2.0", false)]
    public void A_package_goes_back_where_the_version_is_lower(string from, string to, bool isDangerous)
    {
        var found = In(Plans.Pair([Locks.Entry("Provider", "a/p", from, [])], [Locks.Entry("Provider", "a/p", to, [])]));

        Assert.Equal(isDangerous ? [($"`a-p` goes back from {from} to {to}", 5)] : [], found.Select(one => (one.Title, one.Cause!.Value.Start.Line)));
        Assert.All(found, one => Assert.Equal(Rules.Downgrade, one.Rule));
    }

    [Fact]
    public void A_core_that_leaves_goes_back_or_is_replaced_is_not_told_as_a_package()
    {
        Assert.Empty(In(Plans.Pair([Core], [])));
        Assert.Empty(In(Plans.Pair([Core], [Locks.Entry("Crossplane", "c/core", "v1.20.0", more: Chart)])));
        Assert.Empty(In(Plans.Pair([Core], [Locks.Entry("Crossplane", "d/core", "v2.0.0", more: Chart)])));
    }

    [Fact]
    public void Another_digest_of_one_version_is_dangerous_and_one_that_comes_with_a_version_or_was_not_known_is_not()
    {
        var unknown = Provider.Replace($"    locked: v1.0.0@sha256:{new string('0', 64)}\n", "", StringComparison.Ordinal);

        var danger = One(Plans.Pair([Provider], [WithDigest("v1.0.0", '1')]));

        Assert.Equal((Rules.DigestMoved, "`a-p` v1.0.0 has another digest", 6), (danger.Rule, danger.Title, danger.Cause?.Start.Line));
        Assert.Contains("x.io/a/p:v1.0.0", danger.Steps[0], StringComparison.Ordinal);
        Assert.Empty(In(Plans.Pair([Provider], [WithDigest("v1.1.0", '1')])));
        Assert.Empty(In(Plans.Pair([Provider], [unknown])));
        Assert.Empty(In(Plans.Pair([unknown], [Provider])));
    }

    [Fact]
    public void A_package_that_is_activated_by_hand_is_told_when_it_moves_and_only_then()
    {
        var moved = One(Plans.Pair([Provider], [Locks.Entry("Provider", "a/p", "v1.1.0", [])], Manual));
        var other = In(Plans.Pair([Provider], [WithDigest("v1.0.0", '1')], Manual)).Select(one => one.Rule);

        Assert.Equal((Rules.ActivationNeeded, "`a-p` moves, and is activated by hand", 5), (moved.Rule, moved.Title, moved.Cause?.Start.Line));
        Assert.Contains("providers.pkg.crossplane.io a-p", moved.Steps[1], StringComparison.Ordinal);
        Assert.Contains("kubectl patch providerrevisions.pkg.crossplane.io ", moved.Steps[2], StringComparison.Ordinal);
        Assert.Equal([Rules.DigestMoved, Rules.ActivationNeeded], other);
        Assert.Empty(In(Plans.Pair([Provider], [Provider], Manual)));
        Assert.Empty(
            In(
                Plans.Pair(
                    [Provider],
                    [Locks.Entry("Provider", "a/p", "v1.1.0", [])],
                    Manual.Replace(": Manual", ": Automatic", StringComparison.Ordinal)
                )
            )
        );
    }

    [Fact]
    public void In_an_environment_that_comes_or_goes_no_package_moves()
    {
        var pair = Plans.Pair([Provider], [Locks.Provider("b/p")]);

        Assert.NotEmpty(In(pair));
        Assert.Empty(PackageDangers.In(pair with { Before = null }));
        Assert.Empty(PackageDangers.In(pair with { After = null }));
    }

    private static string WithDigest(string version, char digit) =>
        Locks.Entry("Provider", "a/p", version, []).Replace(":0000", $":{digit}000", StringComparison.Ordinal);

    private static Danger One(EnvironmentPair pair) => Assert.Single(In(pair));

    // Whoever follows the steps of a danger has to know which of them come before the merge.
    private static Danger[] In(EnvironmentPair pair)
    {
        Danger[] found = [.. PackageDangers.In(pair)];
        Assert.All(found, danger => Assert.Single(danger.Steps, step => step.StartsWith("Merge", StringComparison.Ordinal)));
        Assert.All(found, danger => Assert.EndsWith(".", danger.Why, StringComparison.Ordinal));
        return found;
    }
}
