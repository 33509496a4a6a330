using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Importing;

/// <summary>Where packages are pulled from, and by what: registry, routes, Secrets and digests.</summary>
public sealed class ImportRegistryTests
{
    private const string Ecr = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
    private const string Digest = "sha256:1f0e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

    [Fact]
    public void A_mirror_whose_upstream_is_given_is_no_guess_and_the_prefix_stays_as_it_is()
    {
        var packages =
            Sources.Package($"{Ecr}/upbound/provider-a:v1.0.0") + Sources.Package($"{Ecr}/crossplane-contrib/function-b:v1.0.0", kind: "Function");
        var sources = new Sources { Request = new() { Upstreams = [($"{Ecr}/crossplane-contrib", "xpkg.upbound.io/crossplane-contrib")] } }.And(
            packages,
            "a.yaml"
        );

        Assert.Equal(["a.yaml(7,12) info GOG8403"], sources.Findings());
        var environment = sources.Import().Environments.Single();
        Assert.Equal("xpkg.upbound.io/crossplane-contrib/function-b", environment.Packages[1].Package);
        Assert.Empty(environment.Registry!.Prefixes);
        Assert.Empty(environment.Upstreams);
    }

    [Theory]
    [InlineData("upbound-provider-aws-s3", "xpkg.upbound.io/upbound/provider-aws-s3")]
    [InlineData("crossplane-contrib-function-kcl", "xpkg.crossplane.io/crossplane-contrib/function-kcl")]
    [InlineData("team-function-kcl", null)]
    public void Organisation_and_name_in_one_are_recognised_but_taken_as_they_are(string name, string? upstream)
    {
        var sources = Sources.Of(Sources.Package($"{Ecr}/{name}:v1.0.0", "a", kind: "Function"));

        Assert.Equal(["a.yaml(7,12) warning GOG8404"], sources.Findings());
        Assert.Equal($"{Ecr}/{name}", sources.Import().Environments.Single().Packages.Single().Package);
        Assert.Equal(upstream is not null, sources.Import().Diagnostics.Single().Message.Contains(upstream ?? "copy of", StringComparison.Ordinal));
    }

    [Fact]
    public void Packages_of_one_organisation_that_are_pulled_in_two_ways_have_a_route_each()
    {
        var sources = Sources.Of(
            Sources.Package("ghcr.io/acme/provider-a:v1.0.0")
                + Sources.Package("ghcr.io/acme/provider-b:v1.0.0")
                + Sources.Package("xpkg.upbound.io/upbound/provider-c:v1.0.0")
                + Config("one", "ghcr.io/acme/provider-a:", "rewriteImage: { prefix: 'harbor.example.com/team/provider-a:' }")
                + Config("two", "xpkg.upbound.io/upbound/", "rewriteImage: { prefix: harbor.example.com/upbound/ }")
        );

        var environment = sources.Import().Environments.Single();
        Assert.Equal(["ghcr.io/acme/provider-a", "ghcr.io/acme/provider-b"], environment.Upstreams.Keys);
        Assert.Equal(
            ("team", "upstream"),
            (environment.Upstreams["ghcr.io/acme/provider-a"].TextAt("path"), environment.Upstreams["ghcr.io/acme/provider-b"].TextAt("from"))
        );
        Assert.True(sources.With().Comparison!.IsClean);
    }

    [Fact]
    public void A_Secret_for_a_registry_that_is_not_a_mirror_is_kept()
    {
        var sources = Sources.Of(
            Sources.Package("xpkg.upbound.io/upbound/provider-a:v1.0.0")
                + Sources.Package("ghcr.io/acme/provider-b:v1.0.0")
                + Config("login", "xpkg.upbound.io/", "registry: { authentication: { pullSecretRef: { name: upbound } } }")
        );

        var environment = sources.Import().Environments.Single();
        Assert.Null(environment.Registry);
        Assert.Equal("upbound", Assert.Single(environment.Upstreams).Value.TextAt("pullSecret"));
        Assert.True(sources.With().Comparison!.IsClean);
    }

    [Theory]
    [InlineData("", "direct")]
    [InlineData("rewriteImage: { prefix: harbor.example.com/upbound/ }", null, "a.yaml(7,12) error GOG8511", "a.yaml(15,12) error GOG8511")]
    public void References_that_all_have_a_digest_pin_digests(string rewrite, string? install, params string[] expected)
    {
        var host = rewrite.Length == 0 ? Ecr : "xpkg.upbound.io";
        var sources = Sources.Of(
            Sources.Package($"{host}/upbound/provider-a:v1.0.0@{Digest}", "upbound-provider-a")
                + Sources.Package($"{host}/upbound/provider-b:v1.0.0@{Digest}", "upbound-provider-b")
                + (rewrite.Length == 0 ? "" : Config("mirror", "xpkg.upbound.io/upbound/", rewrite))
        );

        Assert.Equal(expected, sources.Findings().Where(line => !line.EndsWith("GOG8403", StringComparison.Ordinal)));
        var imported = sources.Import();
        Assert.Contains("    pin: digest\n", imported.Settings, StringComparison.Ordinal);
        Assert.Equal(install is not null, imported.Settings!.Contains($"    install: {install}\n", StringComparison.Ordinal));
        Assert.Contains($"    locked: v1.0.0@{Digest}\n", imported.Lockfile, StringComparison.Ordinal);

        var one = Sources.Of(
            Sources.Package($"{Ecr}/upbound/provider-a:v1.0.0@{Digest}", "upbound-provider-a") + Sources.Package($"{Ecr}/upbound/provider-b:v1.0.0")
        );
        Assert.DoesNotContain("pin:", one.Import().Settings, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ImageConfig_that_turns_one_tag_into_a_digest_pins_it()
    {
        var sources = Sources.Of(
            Sources.Package("xpkg.upbound.io/upbound/provider-a:v1.0.0")
                + Config("all", "xpkg.upbound.io/upbound/", "rewriteImage: { prefix: harbor.example.com/xpkg/upbound/ }")
                + Config(
                    "pin",
                    "xpkg.upbound.io/upbound/provider-a:v1.0.0",
                    $"rewriteImage: {{ prefix: 'harbor.example.com/xpkg/upbound/provider-a@{Digest}' }}"
                )
        );

        Assert.Empty(sources.Findings());
        var environment = sources.Import().Environments.Single();
        Assert.True(environment.PinsDigests);
        Assert.Equal(("harbor.example.com", "xpkg"), (environment.Registry!.Host, environment.Registry.Prefixes[""]));
        Assert.True(sources.With().Comparison!.IsClean);
    }

    private static string Config(string name, string prefix, string spec) =>
        $"---\napiVersion: pkg.crossplane.io/v1beta1\nkind: ImageConfig\nmetadata: {{ name: {name} }}\nspec:\n  matchImages: [{{ type: Prefix, prefix: '{prefix}' }}]\n  {spec}\n";
}
