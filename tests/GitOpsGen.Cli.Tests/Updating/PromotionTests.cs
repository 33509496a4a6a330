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
        Assert.Contains("added Provider x.io/upbound/provider-aws-s3 v2.3.0, in dev\n", dev.Output, StringComparison.Ordinal);

        registry.Run("update", "*aws*", "--env", "staging", "--to", "v2.3.0").Exits(0);
        Assert.Equal(InDev("[dev, staging]"), registry.Lockfile);

        var prod = registry.Run("update", "*aws*", "--env", "prod", "--to", "2.3.0").Exits(0);
        Assert.Equal(Before.Replace("v2.2.0", "v2.3.0", StringComparison.Ordinal), registry.Lockfile);
        Assert.Contains("removed Provider x.io/upbound/provider-aws-s3 v2.3.0, in dev, staging\n", prod.Output, StringComparison.Ordinal);

        registry.Run("lock", "--check").Exits(0);
        Assert.Contains("is complete", registry.Run("update", "*aws*", "--minor").Exits(0).Output, StringComparison.Ordinal);
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
