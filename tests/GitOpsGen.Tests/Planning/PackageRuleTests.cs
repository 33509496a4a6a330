using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Planning;

/// <summary>Rules that are plain in a line or need a thousand packages, and so have no scenario of their own.</summary>
public sealed class PackageRuleTests
{
    private const string Family = """
          - { package: xpkg.upbound.io/upbound/provider-family-aws, kind: Provider, version: v2.2.0, dependsOn: [] }

        """;

    [Theory]
    [InlineData("v1.20.0", "rewrite", "")]
    [InlineData("v1.20.1-rc.0", "rewrite", "")]
    [InlineData("v2.0.0-rc.0", "rewrite", "")]
    [InlineData("v1.20.0-rc.1", "rewrite", "GOG2011")]
    [InlineData("1.20.0-rc.1", "rewrite", "GOG2011")]
    [InlineData("v1.19.99", "rewrite", "GOG2011")]
    [InlineData("v0.21.0", "rewrite", "GOG2011")]
    [InlineData("v1.3.0", "direct", "")]
    public void Rewriting_needs_a_core_from_v1_20(string core, string install, string codes) =>
        Assert.Equal(codes, Codes($"{{ registry: {{ host: r.io }}, install: {install} }}", Family + Core(core), "GOG20"));

    [Theory]
    [InlineData("v2.3.0", "")]
    [InlineData("v2.3.0-rc.1", "GOG2204")]
    [InlineData("v2.2.9", "GOG2204")]
    [InlineData("v1.20.9", "GOG2204")]
    [InlineData(null, "")]
    public void CommonAnnotations_need_a_core_from_v2_3(string? core, string codes) =>
        Assert.Equal(
            codes,
            Codes(
                "{ registry: { host: r.io }, packages: { \"*\": { spec: { commonAnnotations: { a: b } } } } }",
                Family + (core is null ? "" : Core(core)),
                "GOG22"
            )
        );

    [Theory]
    [InlineData("revisionActivationPolicy: Manual", "")]
    [InlineData("revisionActivationPolicy: Bogus", "GOG2204")] // the CRD takes it
    [InlineData("revisionActivationPolicy: null", "GOG2204")]
    [InlineData("revisionHistoryLimit: 0", "")]
    [InlineData("revisionHistoryLimit: 9223372036854775807", "")]
    [InlineData("revisionHistoryLimit: 9223372036854775808", "GOG2204")]
    [InlineData("revisionHistoryLimit: 10.0", "GOG2204")]
    [InlineData("revisionHistoryLimit: \"1\"", "GOG2204")]
    [InlineData("packagePullSecrets: []", "")]
    [InlineData("packagePullSecrets: [a]", "GOG2204")]
    [InlineData("packagePullSecrets: [{ name: \"\" }]", "GOG2204")]
    [InlineData("commonLabels: {}", "")]
    [InlineData("commonLabels: { a.b/c: \"\" }", "")]
    [InlineData("commonLabels: { /c: d }", "GOG2204")]
    [InlineData("commonLabels: { a/b/c: d }", "GOG2204")]
    [InlineData("commonLabels: { a: -d }", "GOG2204")]
    [InlineData("commonLabels: { $patch: delete }", "GOG2204")]
    [InlineData("commonLabels: { $retainKeys: x }", "GOG2204")]
    [InlineData("commonAnnotations: { a: \"any text\\n - {}\" }", "")]
    [InlineData("commonAnnotations: { a: 1 }", "GOG2204")]
    [InlineData("runtimeConfigRef: { name: a.b }", "")]
    [InlineData("runtimeConfigRef: {}", "GOG2204")]
    [InlineData("runtimeConfigRef: { name: a, namespace: b }", "GOG2204")]
    [InlineData("controllerConfigRef: { name: a }", "GOG2203")] // gone with v2
    [InlineData("$patch: delete", "GOG2203")]
    [InlineData("package: x", "GOG2202")]
    public void A_field_of_the_spec_takes_what_Crossplane_takes(string field, string codes) =>
        Assert.Equal(codes, Codes($"{{ registry: {{ host: r.io }}, packages: {{ \"*\": {{ spec: {{ {field} }} }} }} }}", Family, "GOG22"));

    [Fact]
    public void A_role_that_needs_more_policies_than_AWS_attaches()
    {
        var packages = string.Concat(Enumerable.Range(0, 1_000).Select(i => Family.Replace("family-aws", $"{i}", StringComparison.Ordinal)));
        const string Environment =
            "{ registry: { ecr: { account: \"123456789012\", region: eu-west-2 } }, install: direct, iam: { nodes: { roles: [n] } } }";

        Assert.Equal("GOG3006", Codes(Environment, packages, "GOG3"));
        Assert.Equal("", Codes(Environment, Family, "GOG3"));
    }

    [Fact]
    public void One_field_under_a_glob_is_one_finding()
    {
        var packages = string.Concat(Enumerable.Range(0, 50).Select(i => Family.Replace("family-aws", $"{i}", StringComparison.Ordinal)));

        var found = Lint("{ registry: { host: r.io }, packages: { \"*\": { spec: { revisionActivationPolicy: manual } } } }", packages);

        var finding = Assert.Single(found, d => d.Rule.Code == "GOG2204");
        Assert.Equal(1, finding.Message.Split("prod").Length - 1);
    }

    private static string Core(string version) =>
        $"  - {{ package: xpkg.crossplane.io/crossplane/crossplane, kind: Crossplane, version: {version} }}\n";

    private static string Codes(string environment, string packages, string group) =>
        string.Join(
            ' ',
            Lint(environment, packages).Select(d => d.Rule.Code).Where(code => code.StartsWith(group, StringComparison.Ordinal) && code != "GOG2007")
        );

    private static ImmutableArray<Diagnostic> Lint(string environment, string packages)
    {
        using var temp = new TempFolder();
        temp.Write(".config/gitopsgen.yaml", $"settingsVersion: 1\nenvironments:\n  prod: {environment}\n");
        temp.Write("packages.lock.yaml", "lockfileVersion: 1\npackages:\n" + packages);
        var outcome = Generator.Lint(new InputTree(temp.Path), new(), null, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(outcome.Diagnostics, d => d.Rule.Code.StartsWith("GOG1", StringComparison.Ordinal));
        return outcome.Diagnostics;
    }
}
