using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>What docs/pinning.md gives to be run in a cluster, against the answers of one.</summary>
public sealed class PinningPageTests
{
    private const string Prerequisites = "manifests/overlays/prod-eu/packages/prerequisites";

    [Fact]
    public void The_loop_prints_how_to_delete_the_pins_that_left_Git_and_no_other_ImageConfig()
    {
        using var folder = new WorkFolder();
        folder.Write($"{Prerequisites}/imageconfig-mirror-xpkg-upbound-io-upbound.yaml", "");
        folder.Write($"{Prerequisites}/imageconfig-pin-upbound-provider-aws-s3-v2.2.10.yaml", "");
        string[] live =
        [
            "mirror-xpkg-upbound-io-upbound",
            "mirror-xpkg-upbound-io-pin",
            "pin-upbound-provider-aws-s3-v2.2.1",
            "pin-upbound-provider-aws-s3-v2.2.10",
            "pull-harbor-example-com",
        ];
        folder.Write("names", string.Concat(live.Select(name => $"imageconfig.pkg.crossplane.io/{name}\n")));

        Assert.Equal("kubectl delete imageconfig.pkg.crossplane.io/pin-upbound-provider-aws-s3-v2.2.1\n", Run(folder).Exits(0).Output);

        folder.Write("names", "");
        Assert.Empty(Run(folder).Exits(0).Output);
    }

    private static Finished Run(WorkFolder folder)
    {
        var page = File.ReadAllText(RepositoryRoot.Combine("docs/pinning.md"));
        var loop = page.Split("```sh\n")[1].Split("```")[0];
        const string Kubectl = "kubectl() { [ \"$*\" = 'get imageconfigs.pkg.crossplane.io -o name' ] && cat names; }\n";
        return Gitopsgen.Shell(folder.Path, $"set -u\n{Kubectl}{loop}");
    }
}
