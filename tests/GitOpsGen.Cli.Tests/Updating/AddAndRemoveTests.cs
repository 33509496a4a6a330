using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsGen.Cli.Tests.Updating;

/// <summary><c>gitopsgen add</c> and <c>gitopsgen remove</c>: one more package with all that it needs, and away again.</summary>
public sealed class AddAndRemoveTests : IDisposable
{
    private const string Empty = "# Ours.\nlockfileVersion: 1\npackages: []  # none yet\n";

    private const string Needs = "    dependsOn:\n      - { package: x.io/acme/function, kind: Function, constraint: \">= 0.0.0\" }\n";

    private readonly SmallRegistry registry = new SmallRegistry()
        .With("Configuration", "acme/app", ["v1.0.0", "v1.1.0", "v2.0.0-rc.1"], "Function acme/function >= 0.0.0")
        .With("Configuration", "acme/other", ["v1.0.0"], "Function acme/function >= 0.0.0")
        .With("Function", "acme/function", ["v1.0.0", "v2.0.0"])
        .With("Provider", "acme/early", ["v0.1.0-rc.1"])
        .WithEnvironments("dev", "prod");

    public AddAndRemoveTests() => registry.Lockfile = Empty;

    public void Dispose() => registry.Dispose();

    [Fact]
    public void The_highest_release_is_added_with_what_it_needs_and_all_of_it_goes_again()
    {
        var added = registry.Run("add", "x.io/acme/app").Exits(0);
        Assert.Equal($"# Ours.\nlockfileVersion: 1\npackages:  # none yet\n{App("v1.1.0")}{Function("    indirect: true\n")}", registry.Lockfile);
        Assert.Contains("app       dev, prod  added v1.1.0\nfunction  dev, prod  added v2.0.0, indirect\n", added.Output, StringComparison.Ordinal);
        registry.Run("lock", "--check").Exits(0);

        registry.Run("remove", "app").Exits(0);
        Assert.Equal("# Ours.\nlockfileVersion: 1\npackages: []  # none yet\n", registry.Lockfile);
    }

    [Theory]
    [InlineData("v1.0.0", "x.io/acme/app:v1.0.0")]
    [InlineData("v1.0.0", "x.io/acme/app@1.0.0")]
    [InlineData("v1.1.0", "x.io/acme/app@[1.0,2.0)")]
    [InlineData("v2.0.0-rc.1", "x.io/acme/app@v2.0.0-rc.1")]
    [InlineData("v2.0.0-rc.1", "x.io/acme/app", "--pre")]
    public void A_version_can_be_named(string expected, params string[] arguments)
    {
        registry.Run(["add", .. arguments]).Exits(0);
        Assert.Contains($"locked: {expected}@acme/app@{expected}\n", registry.Lockfile, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_there_is_said_to_be_there()
    {
        registry.Run("add", "x.io/acme/app@v1.0.0").Exits(0);
        var before = registry.Lockfile;
        Assert.Contains("info GOG2305", registry.Run("add", "x.io/acme/app").Exits(0).Error, StringComparison.Ordinal);
        Assert.Contains("error GOG2306", registry.Run("add", "x.io/acme/app@v1.1.0").Exits(1).Error, StringComparison.Ordinal);
        Assert.Equal(before, registry.Lockfile);

        // What was there for others only is from now on there in its own right.
        registry.Run("add", "x.io/acme/function").Exits(0);
        Assert.Equal(before.Replace("    indirect: true\n", "", StringComparison.Ordinal), registry.Lockfile);
        registry.Run("remove", "app").Exits(0);
        Assert.DoesNotContain("acme/app", registry.Lockfile, StringComparison.Ordinal);
        Assert.Contains("acme/function", registry.Lockfile, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.io/acme/app@>=1.1 <2")]
    [InlineData("x.io/acme/app@[1.1,2.0)")]
    [InlineData("x.io/acme/app@v1.1.0")]
    public void The_command_that_a_message_names_can_be_pasted_into_a_shell_and_works(string reference)
    {
        registry.Run("add", "x.io/acme/app@v1.0.0").Exits(0);

        var error = registry.Run("add", reference).Exits(1).Error;
        var command = Regex.Match(error, "'gitopsgen ([^']+)'").Groups[1].Value;
        var words = Gitopsgen.Shell(registry.Folder.Path, $"printf '%s\\n' {command}").Exits(0).Output.TrimEnd('\n').Split('\n');

        registry.Run(words).Exits(0);
        Assert.Contains("locked: v1.1.0@", registry.Lockfile, StringComparison.Ordinal);
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(registry.Folder.Path).Count()); // no file named =1.1
    }

    [Fact]
    public void What_others_need_stays_as_indirect_and_it_is_said_who()
    {
        registry.Run("add", "x.io/acme/function@v1.0.0").Exits(0);
        registry.Run("add", "x.io/acme/app").Exits(0);
        registry.Run("add", "x.io/acme/other").Exits(0);

        var stays = registry.Run("remove", "function").Exits(0);
        Assert.Contains(
            "info GOG2307: x.io/acme/function stays as an indirect package: acme-app, acme-other need it.",
            stays.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "version: v1.0.0\n    locked: v1.0.0@acme/function@v1.0.0\n    indirect: true\n",
            registry.Lockfile,
            StringComparison.Ordinal
        );

        var before = registry.Lockfile;
        var refused = registry.Run("remove", "function").Exits(1);
        Assert.Contains(
            "error GOG2308: x.io/acme/function is only here because acme-app, acme-other need it.",
            refused.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(before, registry.Lockfile);
        registry.Run("remove", "app", "other").Exits(0);
        Assert.EndsWith("packages: []  # none yet\n", registry.Lockfile, StringComparison.Ordinal);
    }

    [Fact]
    public void An_environment_can_be_all_that_is_concerned()
    {
        registry.Run("add", "x.io/acme/app@v1.0.0", "--env", "dev").Exits(0);
        Assert.Contains($"{Needs}    environments: [dev]\n", registry.Lockfile, StringComparison.Ordinal);
        Assert.Contains("    dependsOn: []\n    environments: [dev]\n", registry.Lockfile, StringComparison.Ordinal);

        registry.Run("add", "x.io/acme/app@v1.0.0", "--env", "prod").Exits(0);
        Assert.Contains($"{Needs}    environments: [dev, prod]\n", registry.Lockfile, StringComparison.Ordinal);

        registry.Run("remove", "app", "--env", "dev").Exits(0);
        Assert.Contains($"{Needs}    environments: [prod]\n", registry.Lockfile, StringComparison.Ordinal);
        Assert.DoesNotContain("dev", registry.Lockfile, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GOG2310", "x.io/crossplane/crossplane@v2.3.4")]
    [InlineData("GOG2303", "x.io/acme/app@v9.9.9")]
    [InlineData("GOG2303", "x.io/acme/early")]
    [InlineData("GOG2009", "x.io/con")]
    [InlineData("GOG1106", "x.io/acme/app", "--env", "nowhere")]
    public void What_cannot_be_added_says_why_and_changes_nothing(string code, params string[] arguments)
    {
        Assert.Contains($"error {code}:", registry.Run(["add", .. arguments]).Exits(1).Error, StringComparison.Ordinal);
        Assert.Equal(Empty, registry.Lockfile);
    }

    [Fact]
    public void Without_environments_a_package_is_added_for_any_that_may_come()
    {
        registry.WithEnvironments().Run("add", "x.io/acme/app").Exits(0);
        Assert.Equal(2, registry.Lockfile.Split("- package: x.io/acme/function\n").Length);
        registry.Run("remove", "*").Exits(0);
        Assert.EndsWith("packages: []  # none yet\n", registry.Lockfile, StringComparison.Ordinal);
    }

    private static string App(string version) =>
        $"  - package: x.io/acme/app\n    kind: Configuration\n    version: {version}\n    locked: {version}@acme/app@{version}\n    requiresCrossplane: \">=v1.20.0\"\n{Needs}";

    private static string Function(string indirect) =>
        $"  - package: x.io/acme/function\n    kind: Function\n    version: v2.0.0\n    locked: v2.0.0@acme/function@v2.0.0\n{indirect}    requiresCrossplane: \">=v1.20.0\"\n    dependsOn: []\n";
}
