using System.Text;
using GitOpsGen.Guards;
using GitOpsGen.Model;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Guards;

/// <summary>When helm-controller takes a HelmRelease for one of another release, and uninstalls what it installed.</summary>
public sealed class ReleaseTargetTests
{
    private const string Full = "releaseName: crossplane, targetNamespace: crossplane-system, storageNamespace: crossplane-system";

    [Theory]
    [InlineData(Full, Full, false)]
    [InlineData(Full, "releaseName: xp, targetNamespace: crossplane-system, storageNamespace: crossplane-system", true)]
    [InlineData(Full, "releaseName: crossplane, targetNamespace: platform, storageNamespace: crossplane-system", true)]
    [InlineData(Full, "releaseName: crossplane, targetNamespace: crossplane-system, storageNamespace: platform", true)]
    [InlineData(Full, "releaseName: crossplane, targetNamespace: crossplane-system", true)] // stored with the HelmRelease
    [InlineData(Full, "targetNamespace: crossplane-system, storageNamespace: crossplane-system", true)] // crossplane-system-crossplane
    [InlineData(Full, Full + ", interval: 2h, install: { createNamespace: false }", false)]
    [InlineData("interval: 1h", "releaseName: crossplane, targetNamespace: flux-system, storageNamespace: flux-system", false)]
    [InlineData("chart: { spec: { chart: crossplane } }", "chart: { spec: { chart: universal-crossplane } }", true)]
    [InlineData("chart: { spec: { chart: crossplane, version: 2.3.3 } }", "chart: { spec: { chart: crossplane, version: 2.3.4 } }", false)]
    [InlineData("chart: { spec: { chart: crossplane } }", "chartRef: { kind: OCIRepository, name: crossplane-chart }", false)]
    public void Another_name_target_storage_or_chart_is_another_release(string before, string now, bool moves) =>
        Assert.Equal(moves, Moves(Release(before), Release(now)).Count != 0);

    [Fact]
    public void All_that_changes_is_named_at_the_release()
    {
        var found = Assert.Single(Moves(Release(Full), "# a comment\n" + Release("releaseName: xp, targetNamespace: a, storageNamespace: b")));

        Assert.Equal(
            ("GOG5009", "out/overlays/dev/crossplane/helmrelease.yaml", 2),
            (found.Rule.Code, found.Span!.Value.File, found.Span.Value.Start.Line)
        );
        Assert.All((string[])["'xp'", "'a'", "'b'"], value => Assert.Contains(value, found.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ not yaml", "overlays/dev/crossplane/helmrelease.yaml")]
    [InlineData("", "overlays/dev/crossplane/helmrelease.yaml")]
    [InlineData(null, "overlays/dev/crossplane/values.yaml.txt")]
    [InlineData(null, "overlays/dev/packages/extras/helmrelease.yaml")] // one of the user's own, of something else
    public void What_is_no_release_of_the_core_is_none_that_moves(string? before, string path) =>
        Assert.Empty(Moves(before ?? Release(Full), Release("releaseName: xp"), path));

    [Fact]
    public void Another_object_is_not_compared() =>
        Assert.Empty(
            Moves(Release(Full), Release("releaseName: xp").Replace("namespace: flux-system", "namespace: gitops", StringComparison.Ordinal))
        );

    [Fact]
    public void As_an_error_it_keeps_the_change_from_being_written()
    {
        using var run = new ScenarioRun(new("a-release-that-moves"));
        File.AppendAllText(Path.Combine(run.Root, ".config", "gitopsgen.yaml"), "rules: { GOG5009: error }\n");
        var release = Path.Combine(run.Root, "manifests", "overlays", "another-name", "crossplane", "helmrelease.yaml");
        var before = File.ReadAllText(release);

        Assert.Equal(ScenarioRun.Lines(run.Check()), ScenarioRun.Lines(run.Render()));
        Assert.Equal(before, File.ReadAllText(release));
    }

    private static List<Diagnostics.Diagnostic> Moves(string before, string now, string path = "overlays/dev/crossplane/helmrelease.yaml") =>
        [.. ReleaseTarget.Moves(RelativePath.Parse("out"), RelativePath.Parse(path), Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(now))];

    private static string Release(string spec) =>
        $"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {{ name: crossplane, namespace: flux-system }}\nspec: {{ {spec} }}\n";
}
