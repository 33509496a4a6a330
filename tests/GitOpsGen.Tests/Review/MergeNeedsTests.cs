using GitOpsGen.Review;
using GitOpsGen.Tests.Packages;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>What has to be in the registries before a merge.</summary>
public sealed class MergeNeedsTests
{
    private const string Registry = "registry: { ecr: { account: \"111111111111\", region: eu-west-2 } }, gitops: { engine: none }";
    private const string Host = "111111111111.dkr.ecr.eu-west-2.amazonaws.com";

    private static readonly string[] Before = [Locks.Provider("a/p")];
    private static readonly string[] After = [Locks.Entry("Provider", "a/p", "v1.1.0", []), Locks.Provider("a/q")];

    [Fact]
    public void Images_that_were_not_pulled_before_have_to_be_there_with_their_digests() =>
        Assert.Equal(
            [$"{Host}/a/p:v1.1.0@sha256:000 line 5 in dev", $"{Host}/a/q:v1.0.0@sha256:000 line 10 in dev"],
            Images(Plans.Pair(Before, After, Registry))
        );

    [Fact]
    public void Another_digest_of_a_version_is_another_image() =>
        Assert.Equal(
            [$"{Host}/a/p:v1.0.0@sha256:100 line 5 in dev"],
            Images(Plans.Pair(Before, [Before[0].Replace(":0000", ":1000", StringComparison.Ordinal)], Registry))
        );

    [Fact]
    public void A_new_environment_needs_all_its_images_and_one_that_leaves_needs_none()
    {
        var pair = Plans.Pair(Before, Before, Registry);

        Assert.Empty(Images(pair));
        Assert.Single(Images(pair with { Before = null }));
        Assert.Empty(Images(pair with { After = null }));
    }

    [Fact]
    public void What_nobody_copies_has_to_be_nowhere()
    {
        const string Upstream = $"{Registry}, upstreams: {{ x.io/a: {{ from: upstream }} }}";

        Assert.Empty(Images(Plans.Pair(Before, After, Upstream)));
        Assert.Empty(MergeNeeds.Repositories(null, Plans.Of(After, $"dev: {{ {Upstream} }}")));
    }

    [Fact]
    public void A_repository_has_to_be_made_once_for_the_environments_of_a_registry_and_only_in_ECR()
    {
        string[] environments =
        [
            $"dev: {{ {Registry} }}",
            $"prod: {{ {Registry} }}",
            "other: { registry: { host: harbor.example.com }, gitops: { engine: none } }",
        ];
        var needs = MergeNeeds.Repositories(Plans.Of(Before, environments), Plans.Of(After, environments));

        var need = Assert.Single(ReviewItems.Fold(needs, ["dev", "prod", "other"]));

        Assert.Equal((Host, "a/q", null, 8), (need.Registry, need.Repository, need.Policy, need.Cause?.Start.Line));
        Assert.Equal(["dev", "prod"], need.Environments);
    }

    [Fact]
    public void A_repository_that_another_account_pulls_from_needs_a_policy_of_its_class()
    {
        string[] environments = [$"dev: {{ cluster: {{ account: \"222222222222\" }}, {Registry}, iam: {{ nodes: {{ roles: [node] }} }} }}"];

        var needs = MergeNeeds.Repositories(null, Plans.Of([Locks.Provider("a/p")], environments));

        Assert.Equal("iam/registries/111111111111-eu-west-2/repository-policy-runtime.json", Assert.Single(needs).Policy);
    }

    private static IEnumerable<string> Images(EnvironmentPair pair) =>
        MergeNeeds
            .Images(pair)
            .Select(need =>
                $"{need.Registry}/{need.Repository}:{need.Tag}@{need.Digest?[..10]} line {need.Cause?.Start.Line} in {string.Join(' ', need.Environments)}"
            );
}
