using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Planning;
using GitOpsGen.Settings;
using Xunit;

namespace GitOpsGen.Tests.Planning;

/// <summary>Which environments are for one cluster of an engine.</summary>
public sealed class EngineObjectsTests
{
    [Theory]
    [InlineData("{ server: 'https://a' }", "{ server: 'https://a' }", true)]
    [InlineData("{ server: 'https://a' }", "{ server: 'https://a/' }", true)]
    [InlineData("{ server: 'https://a' }", "{ server: 'https://b' }", false)]
    // Each has an Argo CD of its own.
    [InlineData("{ server: 'https://kubernetes.default.svc/' }", "{ name: in-cluster }", false)]
    public void Clusters_of_Argo_CD(string one, string other, bool isOne) =>
        Assert.Equal(
            isOne,
            AreOne(
                "argocd",
                $"repoURL: https://git.example.com/p.git, destination: {one}",
                $"repoURL: https://git.example.com/p.git, destination: {other}"
            )
        );

    [Theory]
    [InlineData("{ secretRef: { name: a } }", "{ secretRef: { name: a } }", true)]
    [InlineData("{ secretRef: { name: a, key: b } }", "{ secretRef: { key: b, name: a } }", true)]
    [InlineData("{ secretRef: { name: a } }", "{ secretRef: { name: b } }", false)]
    [InlineData("{ secretRef: { name: a } }", "{ configMapRef: { name: a } }", false)]
    public void Clusters_of_Flux(string one, string other, bool isOne) =>
        Assert.Equal(isOne, AreOne("flux", $"kubeConfig: {one}", $"kubeConfig: {other}"));

    private static bool AreOne(string engine, params string[] fields)
    {
        var environments = fields.Index().Select(pair => $"  e{pair.Index}: {{ gitops: {{ engine: {engine}, {engine}: {{ {pair.Item} }} }} }}\n");
        var read = SettingsReader.Read("s.yaml", Encoding.UTF8.GetBytes($"settingsVersion: 1\nenvironments:\n{string.Concat(environments)}"));
        Assert.Empty(read.Diagnostics);
        var bag = new DiagnosticBag();
        EngineObjects.Check(read.Value!.Environments.Select(environment => (environment, 1)), bag);
        return bag.ToImmutable().Any(found => found.Rule == Rules.EngineObjectTwice);
    }
}
