using Xunit;

namespace GitOpsGen.Cli.Tests.Updating;

/// <summary>What an editor, a bot or a merge can do to a locked entry, and who finds it.</summary>
public sealed class HandEditTests : IDisposable
{
    private readonly SmallRegistry registry = new SmallRegistry()
        .With("Configuration", "acme/app", ["v1.0.0"], "Function acme/function >=1")
        .With("Configuration", "acme/app", ["v1.1.0"], "Function acme/function >=1", "Provider acme/family >=1")
        .With("Function", "acme/function", ["v1.0.0"])
        .With("Provider", "acme/family", ["v1.0.0"])
        .WithEnvironments("dev", "prod");

    private readonly string locked;

    public HandEditTests()
    {
        registry.Lockfile = """
            lockfileVersion: 1
            packages:
              - package: x.io/acme/app # ours
                kind: Configuration
                version: v1.0.0

            """;
        registry.Run("lock").Exits(0);
        locked = registry.Lockfile;
    }

    public static TheoryData<string> Offline =>
        ["lint", "render", "check", "validate", "mirror plan", "explain manifests/overlays/dev/kustomization.yaml", "promote dev prod"];

    public void Dispose() => registry.Dispose();

    [Theory]
    [MemberData(nameof(Offline))]
    public void A_version_changed_alone_is_an_error_of_every_command_that_works_offline(string command)
    {
        Edit("version: v1.0.0\n    locked: v1.0.0@acme/app", "version: v1.1.0\n    locked: v1.0.0@acme/app");

        var refused = registry.Run(command.Split(' ')).Exits(1);

        Assert.Contains("packages.lock.yaml(5,14): error GOG2113: ", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(registry.Folder["manifests"]));
    }

    [Theory]
    [MemberData(nameof(Offline))]
    public void A_merge_that_takes_only_the_tag_of_the_other_side_is_the_same_error(string command)
    {
        Edit("locked: v1.0.0@acme/app", "locked: v1.1.0@acme/app");

        Assert.Contains("error GOG2113: ", registry.Run(command.Split(' ')).Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Lock_reads_a_stale_entry_anew_without_further_words_and_keeps_what_a_person_wrote()
    {
        Edit("version: v1.0.0\n    locked: v1.0.0@acme/app", "version: v1.1.0\n    locked: v1.0.0@acme/app");

        registry.Run("lock").Exits(0);

        Assert.Contains("x.io/acme/app # ours\n", registry.Lockfile, StringComparison.Ordinal);
        Assert.Contains("version: v1.1.0\n    locked: v1.1.0@acme/app@v1.1.0\n", registry.Lockfile, StringComparison.Ordinal);
        Assert.Contains("- package: x.io/acme/family\n", registry.Lockfile, StringComparison.Ordinal);
        registry.Run("lock", "--verify").Exits(0);
    }

    [Theory]
    // A bot that knows the key moves version and lock together; dependencies are those of before.
    [InlineData("version: v1.0.0\n    locked: v1.0.0@acme/app@v1.0.0", "version: v1.1.0\n    locked: v1.1.0@acme/app@v1.1.0")]
    [InlineData("locked: v1.0.0@acme/app@v1.0.0", "locked: v1.0.0@acme/app@v1.1.0")]
    [InlineData("constraint: \">=1\"", "constraint: \">=2\"")]
    [InlineData("requiresCrossplane: \">=v1.20.0\"", "requiresCrossplane: \">=v1.0.0\"")]
    public void What_no_offline_look_can_see_verify_finds_and_all_repairs(string before, string after)
    {
        Edit(before, after);
        var edited = registry.Lockfile;

        Assert.Contains("run 'gitopsgen lock --all'", registry.Run("lock", "--verify").Exits(2).Output, StringComparison.Ordinal);
        Assert.Equal(edited, registry.Lockfile);

        registry.Run("lock", "--all").Exits(0);
        registry.Run("lock", "--verify").Exits(0);
        Assert.Contains("# ours", registry.Lockfile, StringComparison.Ordinal);
        registry.Run("lint").Exits(0);
    }

    [Fact]
    public void The_key_of_before_is_an_error_that_lock_converts()
    {
        Edit("locked: v1.0.0@acme/app@v1.0.0", "digest: acme/app@v1.0.0");

        Assert.Contains("packages.lock.yaml(6,13): error GOG2114: ", registry.Run("lint").Exits(1).Error, StringComparison.Ordinal);
        registry.Run("lock").Exits(0);
        Assert.Equal(locked, registry.Lockfile);
    }

    private void Edit(string before, string after)
    {
        var text = registry.Lockfile;
        Assert.Contains(before, text, StringComparison.Ordinal);
        var at = text.IndexOf(before, StringComparison.Ordinal);
        registry.Lockfile = text[..at] + after + text[(at + before.Length)..];
    }
}
