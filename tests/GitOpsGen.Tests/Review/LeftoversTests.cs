using GitOpsGen.Output;
using GitOpsGen.Review;
using GitOpsGen.Tests.Packages;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>What a person has to delete, because nothing else does.</summary>
public sealed class LeftoversTests
{
    [Fact]
    public void Dependents_are_deleted_first_and_what_packages_refer_to_last()
    {
        var pair = Plans.Pair([Locks.Provider("a/p"), Locks.Entry("Configuration", "a/c", needs: ["a/p"])], []);
        ObjectChange[] changes =
        [
            Change("ImageConfig", "a"),
            Change("DeploymentRuntimeConfig", "b"),
            Change("Provider", "a-p"),
            Change("Configuration", "a-c"),
            Change("Provider", "a-q", ChangeKind.Changed),
            Change("ConfigMap", "map", group: "v1"),
            Change("Provider", "namesake", group: "example.org/v1"),
            Change("Lock", "lock"),
        ];

        var leftovers = ReviewItems.Fold(Leftovers.In(pair, changes), ["dev"]);

        Assert.Equal(
            [
                "kubectl delete configurations.pkg.crossplane.io a-c",
                "kubectl delete providers.pkg.crossplane.io a-p",
                "kubectl delete deploymentruntimeconfigs.pkg.crossplane.io b",
                "kubectl delete imageconfigs.pkg.crossplane.io a",
            ],
            leftovers.Select(leftover => leftover.Command)
        );
        Assert.All(leftovers, leftover => Assert.Equal(["dev"], leftover.Environments));
    }

    private static ObjectChange Change(string kind, string name, ChangeKind change = ChangeKind.Removed, string group = "pkg.crossplane.io/v1") =>
        new(new(group, kind, "", name), change, []);
}
