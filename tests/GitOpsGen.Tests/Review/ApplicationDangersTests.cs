using GitOpsGen.Output;
using GitOpsGen.Review;
using GitOpsGen.Tests.Packages;
using GitOpsGen.Tests.Yaml;
using GitOpsGen.Validation.Builds;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>What can hurt in the Applications of Argo CD.</summary>
public sealed class ApplicationDangersTests
{
    private const string Argo =
        "registry: { host: harbor.example.com }, gitops: { engine: argocd, argocd: { repoURL: https://git.example.com/p.git, revision: main, project: default, namespace: argocd, destination: { server: https://a } } }";

    private const string Core = """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: { name: dev-crossplane, namespace: argocd }
        spec:
          destination: { server: https://a, namespace: system }
          sources:
            - { repoURL: https://charts.example.com/stable, chart: crossplane, helm: { releaseName: core } }
            - { repoURL: https://git.example.com/p.git, ref: values }

        """;

    private const string Packages = """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: { name: dev-packages, namespace: argocd }
        spec: { destination: { name: a, namespace: system }, source: { repoURL: https://git.example.com/p.git, path: manifests } }

        """;

    private static readonly EnvironmentPair Dev = Plans.Pair([Locks.Provider("a/p")], [Locks.Provider("a/p")], Argo);

    [Theory]
    [InlineData("https://a", "https://b", "Argo CD applies to `https://b` instead of `https://a`")]
    [InlineData("namespace: system", "namespace: other", "Argo CD installs Crossplane into the namespace `other` instead of `system`")]
    [InlineData("chart: crossplane", "chart: fork", "Argo CD installs the chart `fork` instead of `crossplane`")]
    [InlineData("releaseName: core", "releaseName: other", "The Helm release `core` of Argo CD becomes `other`")]
    [InlineData(", helm: { releaseName: core }", "", "The Helm release `core` of Argo CD becomes `dev-crossplane`")]
    [InlineData("repoURL: https://charts.example.com/stable", "repoURL: https://charts.example.com/fork", null)]
    [InlineData("ref: values", "ref: other", null)]
    public void An_Application_of_the_chart_that_is_about_something_else_is_dangerous(string old, string with, string? title) =>
        Assert.Equal(title is null ? [] : [title], Found((Core, Core.Replace(old, with, StringComparison.Ordinal))));

    [Theory]
    [InlineData("name: a,", "name: b,", "Argo CD applies to `b` instead of `a`")]
    [InlineData("namespace: system", "namespace: other", null)] // its objects name their own
    [InlineData("path: manifests", "path: other", null)]
    public void An_Application_of_packages_is_dangerous_where_it_goes_to_another_cluster(string old, string with, string? title) =>
        Assert.Equal(title is null ? [] : [title], Found((Packages, Packages.Replace(old, with, StringComparison.Ordinal))));

    [Theory]
    [InlineData("name: in-cluster,", "server: 'https://kubernetes.default.svc',", true)]
    [InlineData("server: 'https://kubernetes.default.svc/',", "name: in-cluster,", true)]
    [InlineData("server: 'https://a/',", "server: 'https://a',", true)]
    [InlineData("name: in-cluster,", "server: 'https://a',", false)]
    public void The_cluster_that_Argo_CD_runs_in_is_one_by_its_name_and_by_its_address(string old, string with, bool isOne)
    {
        var (before, after) = (Of(old), Of(with));

        Assert.Equal(isOne ? 0 : 1, Found((before, after)).Count());

        static string Of(string cluster) => Packages.Replace("name: a,", cluster, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_Applications_that_go_to_another_cluster_are_one_danger()
    {
        var other = Packages.Replace("name: a,", "server: https://a,", StringComparison.Ordinal);

        Assert.Single(Found((Core, Moved(Core)), (other, Moved(other))));

        static string Moved(string text) => text.Replace("https://a", "https://b", StringComparison.Ordinal);
    }

    [Fact]
    public void Applications_that_leave_are_one_danger_with_a_command_for_each()
    {
        var danger = Assert.Single(ApplicationDangers.In(Dev, Objects((Core, null), (Packages, null))));

        Assert.Equal("Applications of Argo CD leave: `dev-crossplane`, `dev-packages`", danger.Title);
        Assert.Equal(
            [
                "`kubectl --namespace argocd delete applications.argoproj.io dev-crossplane`",
                "`kubectl --namespace argocd delete applications.argoproj.io dev-packages`",
            ],
            danger.Steps[2..4]
        );
        Assert.All(danger.Steps[..2], step => Assert.Contains("finalizers", step, StringComparison.Ordinal));
        Assert.Equal(3, danger.Cause?.Start.Line);
    }

    [Fact]
    public void Nothing_is_said_of_one_that_comes_of_a_namesake_and_where_another_engine_comes()
    {
        Assert.Empty(Found((null, Core)));
        Assert.Empty(Found((Core.Replace("argoproj.io/v1alpha1", "app.k8s.io/v1beta1", StringComparison.Ordinal), null)));
        Assert.Empty(Found((Core.Replace("kind: Application", "kind: AppProject", StringComparison.Ordinal), null)));
        Assert.Empty(ApplicationDangers.In(Dev with { After = null }, Objects((Core, null))));
        Assert.Empty(ApplicationDangers.In(Plans.Pair([], []), Objects((Core, null))));
    }

    private static IEnumerable<string> Found(params (string? Before, string? After)[] objects) =>
        ApplicationDangers.In(Dev, Objects(objects)).Select(danger => danger.Title);

    private static EnvironmentObjects Objects(params (string? Before, string? After)[] objects) =>
        new([.. objects.Select(one => Change(Read(one.Before), Read(one.After)))], new Dictionary<ObjectKey, YamlNode>());

    private static ObjectChange Change(YamlNode? before, YamlNode? after) =>
        new(
            ObjectKey.Of((after ?? before)!)!.Value,
            before is null ? ChangeKind.Added
                : after is null ? ChangeKind.Removed
                : ChangeKind.Changed,
            []
        )
        {
            Before = before,
            After = after,
        };

    private static YamlNode? Read(string? text) => text is null ? null : YamlText.Sound(text);
}
