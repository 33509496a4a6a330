using Xunit;

namespace GitOpsGen.Cli.Tests.Updating;

/// <summary>A version goes from environment to environment, and the file is in the end what it was, but for the version.</summary>
public sealed class PromotionTests : IDisposable
{
    private const string Before = """
        # What runs where.
        lockfileVersion: 1
        packages:

          # Buckets, for everybody.
          - package: x.io/upbound/provider-aws-s3      # ask the storage team
            kind: Provider
            version: v2.2.0                            # since March
            locked: v2.2.0@upbound/provider-aws-s3@v2.2.0
            requiresCrossplane: ">=v1.20.0"
            dependsOn:
              - { package: x.io/upbound/provider-family-aws, kind: Provider, constraint: ">= 0.0.0" }

          - package: x.io/upbound/provider-family-aws
            kind: Provider
            version: v2.2.0
            locked: v2.2.0@upbound/provider-family-aws@v2.2.0
            indirect: true    # the buckets need it
            requiresCrossplane: ">=v1.20.0"
            dependsOn: []

        """;

    private readonly SmallRegistry registry = new SmallRegistry()
        .With("Provider", "upbound/provider-aws-s3", ["v2.2.0", "v2.3.0", "v3.0.0"], "Provider upbound/provider-family-aws >= 0.0.0")
        .With("Provider", "upbound/provider-family-aws", ["v2.2.0", "v2.3.0", "v3.0.0"])
        .WithEnvironments("dev", "prod", "staging");

    public void Dispose() => registry.Dispose();

    [Fact]
    public void From_dev_over_staging_to_prod_and_the_entries_are_one_again()
    {
        registry.Lockfile = Before;
        registry.Run("lock", "--check").Exits(0);

        var dev = registry.Run("update", "*aws*", "--env", "dev", "--minor").Exits(0);
        Assert.Equal(InDev("[dev]"), registry.Lockfile);
        Assert.Equal(
            "changed  packages.lock.yaml\nprovider-aws-s3      dev  v2.2.0 → v2.3.0\nprovider-family-aws  dev  v2.2.0 → v2.3.0, indirect\npackages.lock.yaml was written: 2 changed; 2 packages in all.\n",
            dev.Output
        );

        registry.Fails = true; // a promotion asks no registry
        var would = registry.Run("promote", "dev", "staging", "--dry-run").Exits(0).Output;
        Assert.Equal(InDev("[dev]"), registry.Lockfile);
        Assert.Equal(
            would.Replace("would be", "was", StringComparison.Ordinal).Replace(" Nothing was written.", "", StringComparison.Ordinal),
            Second()
        );
        Assert.Equal(InDev("[dev, staging]"), registry.Lockfile);

        // What a package needs comes along; and then there is nothing left to do.
        var prod = registry.Run("promote", "staging", "prod", "provider-aws-s3").Exits(0);
        Assert.Equal(Before.Replace("v2.2.0", "v2.3.0", StringComparison.Ordinal), registry.Lockfile);
        Assert.Contains("\nprovider-family-aws  prod  v2.2.0 → v2.3.0, indirect\n", prod.Output, StringComparison.Ordinal);
        Assert.Contains("is complete", registry.Run("promote", "staging", "*").Exits(0).Output, StringComparison.Ordinal);
        registry.Fails = false;

        registry.Run("lock", "--check").Exits(0);
        Assert.Contains("is complete", registry.Run("update", "*aws*", "--minor").Exits(0).Output, StringComparison.Ordinal);
    }

    private string Second()
    {
        var (_, rest) = registry.Run("promote", "dev", "staging").Exits(0).Output.Split('\n', 2) is [var first, var second]
            ? (first, second)
            : default;
        return rest!;
    }

    [Fact]
    public void Back_from_a_promotion_byte_for_byte()
    {
        registry.Lockfile = Before;
        registry.Run("update", "*aws*", "--env", "dev").Exits(0);
        registry.Run("promote", "prod", "dev").Exits(0);
        Assert.Equal(Before, registry.Lockfile);
    }

    [Theory]
    [InlineData("GOG1106", "nowhere", "prod")]
    [InlineData("GOG1106", "de*", "prod")]
    [InlineData("GOG1106", "dev", "dev")]
    [InlineData("GOG1106", "dev", "nowhere-*")]
    [InlineData("GOG2301", "dev", "prod", "nothing")]
    [InlineData("GOG2311", "dev", "prod", "provider-family-gcp")]
    [InlineData("GOG2102", "staging", "dev", "provider-family-aws")]
    [InlineData("GOG2312", "prod", "staging")]
    public void What_cannot_be_promoted_says_why_and_changes_nothing(string code, params string[] arguments)
    {
        registry.Lockfile =
            Before.Replace(">= 0.0.0", "<v2.3.0", StringComparison.Ordinal)
            + """
                  - package: x.io/upbound/provider-family-aws
                    kind: Provider
                    version: v2.3.0
                    locked: v2.3.0@upbound/provider-family-aws@v2.3.0
                    dependsOn: []
                    environments: [staging]
                  - package: x.io/upbound/provider-family-gcp
                    kind: Provider
                    version: v2.3.0
                    environments: [prod]

                """;
        var before = registry.Folder.Snapshot();
        var failed = registry.Run(["promote", .. arguments]).Exits(1);
        Assert.Contains($"error {code}:", failed.Error, StringComparison.Ordinal);
        Assert.Equal(before, registry.Folder.Snapshot());
    }

    [Fact]
    public void A_half_moved_entry_is_not_promoted()
    {
        registry.Lockfile = Before;
        registry.Run("update", "*aws*", "--env", "dev", "--to", "v2.3.0").Exits(0);
        registry.Lockfile = registry.Lockfile.Replace("version: v2.3.0", "version: v3.0.0", StringComparison.Ordinal);
        var before = registry.Folder.Snapshot();
        Assert.Contains("error GOG2113:", registry.Run("promote", "dev", "prod").Exits(1).Error, StringComparison.Ordinal);
        Assert.Equal(before, registry.Folder.Snapshot());

        // The one that follows may be: all that it says is replaced.
        registry.Run("promote", "prod", "dev").Exits(0);
        Assert.Equal(Before, registry.Lockfile);
    }

    [Fact]
    public void What_only_the_follower_has_stays_and_is_named_and_what_it_lacks_comes()
    {
        registry.Lockfile = Before.Replace("is in", "", StringComparison.Ordinal);
        registry.With("Provider", "acme/mine", ["v1.0.0"]).With("Provider", "acme/new", ["v1.0.0"]);
        registry.Run("add", "x.io/acme/mine", "--env", "prod").Exits(0);
        registry.Run("add", "x.io/acme/new", "--env", "dev").Exits(0);
        var promoted = registry.Run("promote", "dev", "prod").Exits(0);
        Assert.Contains(
            "info GOG2313: x.io/acme/mine v1.0.0 stays in environment prod: dev does not have it.",
            promoted.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("\nnew  prod  added v1.0.0\n", promoted.Output, StringComparison.Ordinal);
        Assert.Contains("environments: [dev, prod]\n", registry.Lockfile, StringComparison.Ordinal);
        Assert.Contains("environments: [prod]\n", registry.Lockfile, StringComparison.Ordinal);
    }

    [Fact]
    public void The_core_is_promoted_with_its_chart()
    {
        registry.With("Provider", "crossplane/crossplane", ["v2.3.4", "v2.4.0"]).Lockfile = """
            lockfileVersion: 1
            packages:
              - package: x.io/crossplane/crossplane
                kind: Crossplane
                version: v2.3.4
                chart: { repository: https://charts.crossplane.io/stable, version: 2.3.4 } # same

            """;
        registry.Run("lock").Exits(0);
        var before = registry.Lockfile;
        registry.Run("update", "crossplane", "--env", "dev").Exits(0);
        registry.Lockfile = registry.Lockfile.Replace("version: 2.4.0", "version: 2.4.0-acme.1", StringComparison.Ordinal);
        registry.Run("promote", "dev", "*").Exits(0);
        Assert.Equal(
            before.Replace("version: 2.3.4", "version: 2.4.0-acme.1", StringComparison.Ordinal).Replace("v2.3.4", "v2.4.0", StringComparison.Ordinal),
            registry.Lockfile
        );
    }

    [Fact]
    public void And_back_again_byte_for_byte()
    {
        registry.Lockfile = Before;
        registry.Run("update", "*aws*", "--env", "dev", "--minor").Exits(0);
        registry.Run("update", "*aws*", "--env", "dev", "--to", "v2.2.0").Exits(0);
        Assert.Equal(Before, registry.Lockfile);
    }

    [Fact]
    public void An_environment_that_was_listed_moves_from_list_to_list()
    {
        registry.Lockfile = """
            lockfileVersion: 1
            packages:
              - package: x.io/upbound/provider-family-aws
                kind: Provider
                version: v2.3.0
                environments: [dev]       # first
              - package: x.io/upbound/provider-family-aws
                kind: Provider
                version: v2.2.0
                environments:
                  - staging
                  - "pro?"  # the rest

            """;
        registry.Run("lock").Exits(0);
        registry.Run("update", "provider-family-aws", "--env", "staging", "--to", "v2.3.0").Exits(0);
        Assert.Contains("environments: [dev, staging]       # first\n", registry.Lockfile, StringComparison.Ordinal);
        Assert.Contains("environments:\n      - \"pro?\"  # the rest\n", registry.Lockfile, StringComparison.Ordinal);

        // Nothing was without a list, so the last one joins into a list too, the glob with it.
        registry.Run("update", "provider-family-aws", "--env", "prod", "--to", "v2.3.0").Exits(0);
        Assert.Contains("environments: [dev, staging, \"pro?\"]       # first\n", registry.Lockfile, StringComparison.Ordinal);
        Assert.DoesNotContain("v2.2.0", registry.Lockfile, StringComparison.Ordinal);
    }

    [Fact]
    public void A_glob_that_the_user_names_moves_as_a_glob()
    {
        registry.WithEnvironments("dev", "preview-1", "preview-2", "prod").Lockfile = Before;
        registry.Run("update", "*aws*", "--env", "preview-*", "--env", "dev", "--to", "v2.3.0").Exits(0);
        Assert.Contains("    environments: [\"preview-*\", dev]\n", registry.Lockfile, StringComparison.Ordinal);

        // Its environments part ways: the names stand in its place.
        registry.Run("update", "*aws*", "--env", "preview-1", "--to", "v3.0.0").Exits(0);
        Assert.Contains("    environments: [\"preview-2\", dev]\n", registry.Lockfile, StringComparison.Ordinal);
        Assert.Contains("    environments: [preview-1]\n", registry.Lockfile, StringComparison.Ordinal);
    }

    private static string InDev(string environments) =>
        Before.Replace(
            "\n\n  - package: x.io/upbound/provider-family-aws",
            $"\n\n{Entry("x.io/upbound/provider-aws-s3", environments, """

                dependsOn:
                  - { package: x.io/upbound/provider-family-aws, kind: Provider, constraint: ">= 0.0.0" }
            """, "")}\n  - package: x.io/upbound/provider-family-aws",
            StringComparison.Ordinal
        )
        + "\n"
        + Entry("x.io/upbound/provider-family-aws", environments, "\n    dependsOn: []", "    indirect: true\n");

    private static string Entry(string package, string environments, string dependsOn, string indirect) =>
        $"  - package: {package}\n    kind: Provider\n    version: v2.3.0\n    locked: v2.3.0@{package["x.io/".Length..]}@v2.3.0\n{indirect}    requiresCrossplane: \">=v1.20.0\"{dependsOn}\n    environments: {environments}\n";
}
