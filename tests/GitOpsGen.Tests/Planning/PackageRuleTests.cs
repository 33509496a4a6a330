using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Model;
using GitOpsGen.Packages;
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
    [InlineData("revisionActivationPolicy: Automatic", "")]
    [InlineData("revisionActivationPolicy: Manual", "GOG2208")]
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
    [InlineData("runtimeConfigRef: { name: default }", "")]
    [InlineData("runtimeConfigRef: { name: a.b }", "GOG2209")]
    [InlineData("runtimeConfigRef: {}", "GOG2204")]
    [InlineData("runtimeConfigRef: { name: default, namespace: b }", "GOG2204")]
    [InlineData("controllerConfigRef: { name: a }", "GOG2203")] // gone with v2
    [InlineData("$patch: delete", "GOG2203")]
    [InlineData("package: x", "GOG2202")]
    public void A_field_of_the_spec_takes_what_Crossplane_takes(string field, string codes) =>
        Assert.Equal(codes, Codes($"{{ registry: {{ host: r.io }}, packages: {{ \"*\": {{ spec: {{ {field} }} }} }} }}", Family, "GOG22"));

    [Theory]
    [InlineData("v2.4.0", "GOG2116")]
    [InlineData("2.4.1", "GOG2116")]
    [InlineData("v2.4.0-rc.0", "")]
    [InlineData("v2.4.1-up.1", "")] // somebody else's build
    [InlineData("v2.3.4", "")]
    [InlineData("v2.4.2", "")]
    [InlineData("v2.4.3", "")]
    public void A_core_that_is_known_to_be_bad_is_warned_of(string core, string codes)
    {
        var found = Lint("{ registry: { host: r.io } }", Family + Core(core)).Where(d => d.Rule.Code == "GOG2116").ToList();

        Assert.Equal(codes, string.Join(' ', found.Select(d => d.Rule.Code)));
        Assert.All(found, d => Assert.Equal((Severity.Warning, "Take v2.4.3."), (d.Severity, d.Fix)));
    }

    [Fact]
    public void A_setting_silences_what_is_known_about_a_core() =>
        Assert.DoesNotContain(Lint("{ registry: { host: r.io } }", Family + Core("v2.4.0"), "GOG2116: off"), d => d.Rule.Code == "GOG2116");

    [Fact]
    public void Each_known_bad_core_has_its_reason_and_a_later_release_to_take() =>
        Assert.All(
            KnownBadCore.All,
            bad =>
            {
                Assert.Same(bad, KnownBadCore.Of(bad.Version));
                Assert.True(PackageVersion.Parse(bad.Take).CompareTo(bad.Version) > 0);
                Assert.Null(KnownBadCore.Of(PackageVersion.Parse(bad.Take)));
                Assert.NotEmpty(bad.Reason);
                Assert.Matches("#[0-9]+$", bad.Source);
            }
        );

    [Theory]
    [InlineData("rewrite", Severity.Warning)]
    [InlineData("direct", Severity.Info)]
    public void Manual_activation_is_worse_where_Crossplane_resolves(string install, Severity severity)
    {
        var found = Lint(
            $"{{ registry: {{ host: r.io }}, install: {install}, packages: {{ \"*\": {{ spec: {{ revisionActivationPolicy: Manual }} }} }} }}",
            Family
        );

        Assert.Equal(severity, Assert.Single(found, d => d.Rule.Code == "GOG2208").Severity);
    }

    [Theory]
    [InlineData("direct", "false")]
    [InlineData("direct", "null")]
    [InlineData("direct", "true")]
    [InlineData("rewrite", "true")]
    [InlineData("rewrite", "false")]
    public void Whether_dependency_resolution_is_skipped_is_never_one_packages_own(string install, string value)
    {
        var found = Lint(
            $"{{ registry: {{ host: r.io }}, install: {install}, packages: {{ \"*\": {{ spec: {{ skipDependencyResolution: {value} }} }} }} }}",
            Family
        );

        Assert.Equal("GOG2202", Assert.Single(found, d => d.Severity == Severity.Error).Rule.Code);
    }

    [Theory]
    [InlineData("{ host: r.io }", "rewrite", "", "GOG2010 Error")]
    [InlineData("{ host: r.io }", "direct", "", "GOG2005 Info")]
    [InlineData("{ host: 123456789012.dkr.ecr.eu-west-2.amazonaws.com }", "rewrite", "", "GOG2010 Error")] // a role of somebody else's
    [InlineData(
        "{ host: 123456789012.dkr.ecr.eu-west-2.amazonaws.com }",
        "rewrite",
        ", iam: { packageManager: { role: r, identity: podIdentity } }",
        "GOG2010 Warning"
    )]
    public void Another_name_of_a_dependency_matters_where_Crossplane_can_make_the_derived_one(
        string registry,
        string install,
        string iam,
        string expected
    )
    {
        const string Member = """
              - package: xpkg.upbound.io/upbound/provider-aws-s3
                kind: Provider
                version: v2.2.0
                dependsOn: [{ package: xpkg.upbound.io/upbound/provider-family-aws, kind: Provider, constraint: ">= 0.0.0" }]

            """;
        var named = Family.Replace("version", "name: family, version", StringComparison.Ordinal);

        var found = Lint($"{{ registry: {registry}, install: {install}{iam} }}", named + Member);

        Assert.Equal(expected, string.Join(' ', found.Where(d => d.Rule.Code is "GOG2005" or "GOG2010").Select(d => $"{d.Rule.Code} {d.Severity}")));
        Assert.DoesNotContain(Lint($"{{ registry: {registry}, install: {install}{iam} }}", named), d => d.Rule.Code == "GOG2010"); // nothing depends on it
    }

    [Theory]
    [InlineData("", "GOG2107")]
    [InlineData("packages: { \"*\": { spec: { ignoreCrossplaneConstraints: true } } }", "")]
    [InlineData("packages: { \"*\": { spec: { ignoreCrossplaneConstraints: false } } }", "GOG2107")]
    [InlineData(
        "packages: { \"*\": { spec: { ignoreCrossplaneConstraints: true } }, upbound-provider-family-aws: { spec: { ignoreCrossplaneConstraints: false } } }",
        "GOG2107"
    )]
    [InlineData("packages: { other: { spec: { ignoreCrossplaneConstraints: true } } }", "GOG2107")]
    public void A_package_that_ignores_its_constraint_on_the_core_is_not_held_to_it(string packages, string codes)
    {
        var picky = Family.Replace("dependsOn", "requiresCrossplane: \">=v3.0.0\", dependsOn", StringComparison.Ordinal);

        Assert.Equal(codes, Codes($"{{ registry: {{ host: r.io }}, {packages} }}", picky + Core("v2.3.4"), "GOG2107"));
    }

    [Theory]
    [InlineData("Provider", "GOG2105")]
    [InlineData("Configuration", "")]
    [InlineData("Function", "")]
    public void Only_a_Provider_needs_the_organisation_of_its_family(string kind, string codes)
    {
        var member = $$"""
              - package: xpkg.upbound.io/other/member
                kind: {{kind}}
                version: v2.2.0
                dependsOn: [{ package: xpkg.upbound.io/upbound/provider-family-aws, kind: Provider, constraint: ">= 0.0.0" }]

            """;

        Assert.Equal(codes, Codes("{ registry: { host: r.io } }", Family + member, "GOG2105"));
    }

    [Fact]
    public void A_core_of_any_age_will_do_where_nothing_is_rewritten() =>
        Assert.Equal("", Codes("{ registry: { host: xpkg.upbound.io } }", Family + Core("v1.14.0"), "GOG2011"));

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

    private static ImmutableArray<Diagnostic> Lint(string environment, string packages, string rules = "")
    {
        using var temp = new TempFolder();
        temp.Write(".config/gitopsgen.yaml", $"settingsVersion: 1\nrules: {{ {rules} }}\nenvironments:\n  prod: {environment}\n");
        temp.Write("packages.lock.yaml", "lockfileVersion: 1\npackages:\n" + packages);
        var outcome = Generator.Lint(new InputTree(temp.Path), new(), null, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(outcome.Diagnostics, d => d.Rule.Code.StartsWith("GOG1", StringComparison.Ordinal));
        return outcome.Diagnostics;
    }
}
