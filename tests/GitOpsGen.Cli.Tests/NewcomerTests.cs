using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>The first hour with GitOpsGen, from an empty folder.</summary>
public sealed class NewcomerTests
{
    private const string Template = "overlays/{environment}/packages/wave-{wave}/{object}.yaml";
    private const string Rendered = "manifests/overlays/dev/packages/wave-0/upbound-provider-family-aws.yaml";

    [Fact]
    public void From_an_empty_folder_to_a_template_of_ones_own()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = new WorkFolder();
        gitopsgen.On(folder.Path, "init").Exits(0);
        folder.Edit(WorkFolder.Lockfile, "version: v2.2.0", "version: v2.3.0");
        gitopsgen.On(folder.Path, "render").Exits(0);
        Assert.Contains(":v2.3.0", Built(folder), StringComparison.Ordinal);
        Assert.Contains("provider-aws-s3", gitopsgen.On(folder.Path, "why", "provider-family-aws").Exits(0).Output, StringComparison.Ordinal);

        gitopsgen.On(folder.Path, "template", "eject", Template).Exits(0);
        folder.Edit($"templates/{Template}.scriban", "metadata:\n", "metadata:\n  labels:\n    team: platform\n");
        gitopsgen.On(folder.Path, "render").Exits(0);
        Assert.Contains("team: platform", Built(folder), StringComparison.Ordinal);

        var number = 1 + Array.IndexOf(File.ReadAllLines(folder[Rendered]), "    team: platform");
        var explained = gitopsgen.On(folder.Path, "explain", $"{Rendered}:{number}").Exits(0).Output;
        var ejected = 1 + Array.IndexOf(File.ReadAllLines(folder[$"templates/{Template}.scriban"]), "    team: platform");
        Assert.Contains($"templates/{Template}.scriban:{ejected}", explained, StringComparison.Ordinal);
        gitopsgen.On(folder.Path, "check").Exits(0);
    }

    private static string Built(WorkFolder folder) => Tool.Require("kubectl").Run(["kustomize", folder["manifests/overlays/dev"]]).RequireSuccess();
}
