using System.Text.Json;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>One cause is one finding, however many environments have it: the message names a few of them, JSON all.</summary>
public sealed class OneCauseTests : IDisposable
{
    private static readonly string[] Seven = ["a1", "a2", "a3", "a4", "a5", "a6", "a7"];

    private readonly WorkFolder folder = new();

    public OneCauseTests() => InProcess.Run(folder.Path, "init").Exits(0);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_package_without_a_digest_is_told_once()
    {
        Environments("install: direct\n    pin: digest", Seven);

        var found = Findings("lint", "GOG2008");

        Assert.Equal(3, found.Length);
        Assert.All(found, one => Assert.Equal(Seven, NamesIn(one)));
        Assert.All(found, one => Assert.EndsWith(" in environments a1, a2, a3 and 4 more.", one.GetProperty("message").GetString()));
    }

    [Fact]
    public void Two_clusters_that_share_two_roles_are_told_once()
    {
        Environments("iam: { nodes: { roles: [one, two] } }", "a", "b");
        folder.Edit(
            WorkFolder.Lockfile,
            "  - package: xpkg.upbound.io/upbound/provider-aws-s3\n",
            "  - package: xpkg.upbound.io/upbound/provider-aws-s3\n    environments: [a]\n"
        );

        var found = Assert.Single(Findings("lint", "GOG3005"));

        Assert.Equal(["a", "b"], NamesIn(found));
        Assert.Contains("arn:aws:iam::123456789012:role/one and arn:aws:iam::123456789012:role/two", found.GetProperty("message").GetString());
    }

    [Fact]
    public void A_field_that_a_template_writes_for_every_environment_is_told_once()
    {
        Environments("install: direct", Seven);
        folder.Write(
            "templates/overlays/{environment}/packages/prerequisites/settings.yaml.scriban",
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ environment.name }}\n  annotation: { a: b }\n"
        );

        var found = Assert.Single(Findings("validate", "GOG7101"));

        Assert.Equal(Seven, NamesIn(found));
        Assert.Contains(" The same is wrong in environments a2, a3, a4 and 3 more. It is written at ", found.GetProperty("message").GetString());
    }

    [Fact]
    public void An_environment_that_left_is_named_before_its_files_go()
    {
        Environments("install: direct", "stays", "gone");
        InProcess.Run(folder.Path, "render").Exits(0);
        var files = Directory.GetFiles(folder["manifests/overlays/gone"], "*", SearchOption.AllDirectories).Length - 1;
        Environments("install: direct", "stays");

        var told = Assert.Single(Findings("check", "GOG5013"));
        Assert.Equal(["gone"], NamesIn(told));
        Assert.Equal($"The settings no longer have environment gone: {files} files are deleted.", told.GetProperty("message").GetString());
        Assert.Equal("warning", told.GetProperty("severity").GetString());
        Assert.True(Directory.Exists(folder["manifests/overlays/gone"]));
        Assert.Empty(Findings("check", "GOG5013", "--env", "stays"));

        Assert.Single(Findings("render", "GOG5013"));
        Assert.False(Directory.Exists(folder["manifests/overlays/gone"]));
        Assert.Empty(Findings("render", "GOG5013"));
    }

    [Fact]
    public void Counts_are_of_all_findings_and_the_list_is_what_is_cut()
    {
        var entries = string.Concat(
            Enumerable
                .Range(0, 150)
                .Select(i => $"  - package: xpkg.upbound.io/upbound/provider-n{i}\n    kind: Provider\n    version: v1.0.0\n    dependsOn: []\n")
        );
        folder.Write(WorkFolder.Lockfile, $"lockfileVersion: 1\npackages:\n{entries}");

        var run = InProcess.Run(folder.Path, "lint", "--format", "json").Exits(0);

        Assert.Equal(101, run.Codes.Count(code => code == "GOG2109"));
        Assert.Equal(150, run.Json.GetProperty("lint").GetProperty("warnings").GetInt32());
    }

    private void Environments(string settings, params string[] names) =>
        folder.Write(
            WorkFolder.Settings,
            $"settingsVersion: 1\nenvironments:\n{string.Concat(names.Select(name => $"  {name}:\n    registry: {{ ecr: {{ account: \"123456789012\", region: eu-west-2 }} }}\n    {settings}\n"))}"
        );

    private JsonElement[] Findings(string command, string code, params string[] more) =>
        [
            .. InProcess
                .Run(folder.Path, [command, "--format", "json", .. more])
                .Json.GetProperty("diagnostics")
                .EnumerateArray()
                .Where(found => found.GetProperty("code").GetString() == code),
        ];

    private static IEnumerable<string?> NamesIn(JsonElement found) =>
        found.GetProperty("environments").EnumerateArray().Select(name => name.GetString());
}
