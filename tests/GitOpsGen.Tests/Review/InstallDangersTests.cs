using GitOpsGen.Diagnostics;
using GitOpsGen.Review;
using GitOpsGen.Tests.Packages;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>What can hurt in how an environment is installed.</summary>
public sealed class InstallDangersTests
{
    private const string Engineless = "gitops: { engine: none }";
    private const string Harbor = $"registry: {{ host: harbor.example.com }}, {Engineless}";
    private const string Ecr = $"registry: {{ ecr: {{ account: \"111111111111\", region: eu-west-2 }} }}, {Engineless}";
    private const string Argo =
        "argocd, argocd: { repoURL: https://git.example.com/p.git, revision: main, project: default, namespace: argocd, destination: { server: https://a } }";

    private static readonly string[] Entries = [Locks.Provider("a/p"), Locks.Provider("b/q")];

    [Fact]
    public void An_environment_that_leaves_is_dangerous_and_one_that_comes_or_stays_is_not()
    {
        var pair = Plans.Pair(Entries, Harbor, Harbor);

        Assert.Equal(Rules.EnvironmentRemoved, Assert.Single(InstallDangers.In(pair with { After = null })).Rule);
        Assert.Empty(InstallDangers.In(pair with { Before = null }));
        Assert.Empty(InstallDangers.In(pair));
    }

    [Theory]
    [InlineData("rewrite", "direct", "Merge, and wait until every package is Healthy.")]
    [InlineData("direct", "rewrite", "Apply the prerequisites first, then wave after wave.")]
    public void The_other_strategy_tells_the_order_of_its_own_direction(string before, string after, string first)
    {
        var danger = InstallDangers
            .In(Plans.Pair(Entries, $"{Harbor}, install: {before}", $"{Harbor}, install: {after}"))
            .Single(found => found.Rule == Rules.InstallSwitched);

        Assert.Equal(($"`install: {before}` becomes `{after}`", first, 3), (danger.Title, danger.Steps[0], danger.Cause?.Start.Line));
    }

    [Theory]
    [InlineData("none", "flux", "`gitops.engine: none` becomes `flux`", "kubectl diff", "Let flux take")]
    [InlineData("flux", "none", "`gitops.engine: flux` becomes `none`", "Stop flux ", "Apply by hand")]
    [InlineData("flux", Argo, "`gitops.engine: flux` becomes `argocd`", "Stop flux ", "Let argocd take")]
    [InlineData(Argo, "flux", "`gitops.engine: argocd` becomes `flux`", "Stop argocd ", "Let flux take")]
    public void Another_engine_is_dangerous(string before, string after, string title, string first, string last)
    {
        var danger = Assert.Single(InstallDangers.In(Plans.Pair(Entries, Of(before), Of(after))));

        Assert.Equal((Rules.EngineSwitched, title), (danger.Rule, danger.Title));
        Assert.Contains(first, danger.Steps[0], StringComparison.Ordinal);
        Assert.Contains(last, danger.Steps[^1], StringComparison.Ordinal);

        static string Of(string engine) => $"registry: {{ host: harbor.example.com }}, gitops: {{ engine: {engine} }}";
    }

    [Theory]
    [InlineData("flux", "flux, path: rendered", "The engine reads `rendered` instead of `manifests`")]
    [InlineData($"{Argo}, path: a/b", Argo, "The engine reads `manifests` instead of `a/b`")]
    [InlineData("flux", "flux, path: manifests", null)]
    [InlineData("none", "none, path: rendered", null)]
    public void Another_folder_is_dangerous_where_an_engine_reads_it(string before, string after, string? title) =>
        Assert.Equal(
            title is null ? [] : [$"GOG8120 {title}"],
            In(
                $"registry: {{ host: harbor.example.com }}, gitops: {{ engine: {before} }}",
                $"registry: {{ host: harbor.example.com }}, gitops: {{ engine: {after} }}"
            )
        );

    [Theory]
    [InlineData(
        "podIdentity",
        "irsa, oidcIssuer: oidc.eks.eu-west-2.amazonaws.com/id/A",
        "EKS Pod Identity becomes IRSA with `oidc.eks.eu-west-2.amazonaws.com/id/A`"
    )]
    [InlineData(
        "irsa, oidcIssuer: oidc.eks.eu-west-2.amazonaws.com/id/A",
        "podIdentity",
        "IRSA with `oidc.eks.eu-west-2.amazonaws.com/id/A` becomes EKS Pod Identity"
    )]
    [InlineData("irsa, oidcIssuer: oidc.eks.eu-west-2.amazonaws.com/id/A", "irsa, oidcIssuer: oidc.eks.eu-west-2.amazonaws.com/id/A", null)]
    public void The_package_manager_that_gets_its_credentials_in_another_way_is_dangerous(string before, string after, string? change)
    {
        var found = In(Manager("puller", before), Manager("puller", after));

        Assert.Equal(change is null ? [] : [$"GOG8108 The package manager's identity: {change}"], found);
        Assert.Empty(In(Ecr, Manager("puller", after)));
        Assert.Empty(In(Manager("puller", before), Ecr));
    }

    [Fact]
    public void Another_role_of_the_package_manager_is_dangerous() =>
        Assert.Equal(
            ["GOG8110 The package manager's role: `arn:aws:iam::111111111111:role/puller` becomes `arn:aws:iam::111111111111:role/other`"],
            In(Manager("puller", "podIdentity"), Manager("other", "podIdentity"))
        );

    [Theory]
    [InlineData("one, two", "two, three", "`arn:aws:iam::111111111111:role/one`")]
    [InlineData("one, two", "three", "`arn:aws:iam::111111111111:role/one`, `arn:aws:iam::111111111111:role/two`")]
    [InlineData("one", "one, two", null)]
    public void Node_roles_that_leave_are_dangerous(string before, string after, string? gone)
    {
        Assert.Equal(gone is null ? [] : [$"GOG8110 Node roles leave: {gone}"], In(Nodes(before), Nodes(after)));
        Assert.Empty(In(Nodes(before), Ecr));

        static string Nodes(string roles) => $"{Ecr}, iam: {{ nodes: {{ roles: [{roles}] }} }}";
    }

    [Theory]
    [InlineData("host: r.example.com", "host: s.example.com", "The registry moves from `r.example.com` to `s.example.com`")]
    [InlineData("host: r.example.com", "host: r.example.com, prefix: mirror", "The registry's prefix changes")]
    [InlineData(
        "host: r.example.com }, upstreams: { x.io/a: { from: upstream }",
        "host: r.example.com",
        "`a/p`: pulled from `r.example.com` instead of `x.io`"
    )]
    [InlineData("host: r.example.com", "host: r.example.com }, upstreams: { x.io: { path: proxy }", "2 images: the path in `r.example.com` changes")]
    [InlineData(
        "host: r.example.com",
        "host: r.example.com }, upstreams: { x.io/a: { host: s.example.com }",
        "`a/p`: pulled from `s.example.com` instead of `r.example.com`"
    )]
    public void Images_that_are_pulled_from_elsewhere_are_dangerous(string before, string after, string title) =>
        Assert.Equal([$"GOG8109 {title}"], In($"registry: {{ {before} }}, {Engineless}", $"registry: {{ {after} }}, {Engineless}"));

    [Theory]
    [InlineData("host: s.example.com", "`gitopsgen mirror plan`")]
    [InlineData("host: r.example.com }, upstreams: { ghcr.io: { from: upstream }", "reach `ghcr.io`")]
    [InlineData(
        "host: r.example.com }, upstreams: { ghcr.io: { ecr: { account: \"111111111111\", region: eu-west-2 }, prefix: ghcr, pullThrough: true }",
        "the cache's rule"
    )]
    public void What_is_to_be_done_before_the_merge_is_told_by_how_images_come_to_the_new_place(string after, string first)
    {
        string[] entries = [Locks.Provider("a/p").Replace("x.io", "ghcr.io", StringComparison.Ordinal)];

        var found = InstallDangers.In(
            Plans.Pair(entries, $"registry: {{ host: r.example.com }}, {Engineless}", $"registry: {{ {after} }}, {Engineless}")
        );

        Assert.Contains(first, Assert.Single(found).Steps[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_that_comes_or_goes_does_not_move_between_registries() =>
        Assert.Empty(InstallDangers.In(Plans.Pair([Entries[0]], [Entries[1]])));

    [Theory]
    [InlineData("v2.2.7", "v2.2.7", "")]
    [InlineData("v2.2.7", "v2.2.8", "")]
    [InlineData("v2.2.7", "v2.3.0", "")]
    [InlineData("v2.1.0", "v2.3.0", "GOG8112 first: Go to v2.2 first, and on from there, each in a change of its own.")]
    [InlineData("v2.2.7", "v2.2.6", "GOG8112 first: Ask the release notes of both versions.")]
    [InlineData("v1.19.5", "v2.0.0", "GOG8112 first: Go to v1.20 first, in a change of its own.")]
    [InlineData("v1.19.5", "v1.20.0", "")]
    [InlineData("v1.20.0", "v2.0.0", "")]
    [InlineData("v2.3.0", "v2.4.2", "GOG8113 first: Take v2.4.3 instead.")]
    [InlineData("v2.3.0", "v2.4.3", "GOG8113 first: Do it when a restart of all providers hurts least.")]
    [InlineData("v2.3.0", "v3.0.0", "GOG8113 first: Do it when a restart of all providers hurts least.")]
    [InlineData("v2.4.0", "v2.5.0", "")]
    public void The_core_takes_the_steps_that_Crossplane_supports(string from, string to, string expected)
    {
        var found = InstallDangers.In(Plans.Pair([Core(from)], [Core(to)])).ToList();

        Assert.Equal(expected, string.Join("; ", found.Select(one => $"{one.Rule.Code} first: {one.Steps[0]}")));
        Assert.All(found, one => Assert.Equal(5, one.Cause?.Start.Line));

        static string Core(string version) =>
            Locks.Entry("Crossplane", "c/core", version, more: "chart: { repository: 'https://charts.example.com/stable', version: 1.0.0 }");
    }

    [Theory]
    [InlineData("v2.4.1", "none of them runs")]
    [InlineData("v2.4.2", "its pods restart")]
    [InlineData("v2.5.1", "its pods restart")]
    public void Two_releases_of_the_core_stop_every_package(string version, string why) =>
        Assert.Contains(
            why,
            InstallDangers
                .In(
                    Plans.Pair(
                        [
                            Locks.Entry(
                                "Crossplane",
                                "c/core",
                                "v2.3.0",
                                more: "chart: { repository: 'https://charts.example.com/s', version: 1.0.0 }"
                            ),
                        ],
                        [Locks.Entry("Crossplane", "c/core", version, more: "chart: { repository: 'https://charts.example.com/s', version: 1.0.0 }")]
                    )
                )
                .Single(found => found.Rule == Rules.CoreRestartsPackages)
                .Why,
            StringComparison.Ordinal
        );

    private static string Manager(string role, string identity) => $"{Ecr}, iam: {{ packageManager: {{ role: {role}, identity: {identity} }} }}";

    private static string[] In(string before, string after) =>
        [.. InstallDangers.In(Plans.Pair(Entries, before, after)).Select(danger => $"{danger.Rule.Code} {danger.Title}")];
}
