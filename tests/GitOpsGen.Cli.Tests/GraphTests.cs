using System.Text.Json;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary><c>gitopsgen why</c> and <c>gitopsgen graph</c>, on a lock with something of everything.</summary>
public sealed class GraphTests : IDisposable
{
    private const string Lock = """
        lockfileVersion: 1
        packages:
          - { package: x.io/crossplane/crossplane, kind: Crossplane, version: v2.3.4, chart: { repository: https://charts.example.com, version: 2.3.4 } }
          - { package: x.io/acme/base, kind: Provider, version: v1.0.0, indirect: true, dependsOn: [] }
          - package: x.io/acme/app
            kind: Configuration
            version: v2.0.0
            requiresCrossplane: ">=v1.14.1-0"
            dependsOn:
              - { package: x.io/acme/base, kind: Provider, constraint: ">= 1.0.0 || \"odd\" #1;" }
              - { package: x.io/acme/missing, kind: Provider, constraint: "" }

        """;

    private const string Settings = """
        settingsVersion: 1
        rules: { GOG2101: "off", GOG2103: "off", GOG2102: "off" }
        environments:
          dev: { install: direct, registry: { host: harbor.example.com } }
          prod: { install: direct, registry: { host: harbor.example.com } }

        """;

    private readonly WorkFolder folder = new();

    [Theory]
    [MemberData(nameof(Gitopsgen.Variants), MemberType = typeof(Gitopsgen))]
    public void Why_lists_the_paths_with_versions_and_constraints(string variant)
    {
        Write(Lock);

        var run = Gitopsgen.Of(variant).Run(folder.Path, "why", "base", "--quiet").Exits(0);

        Assert.Equal(
            "x.io/acme/base v1.0.0 in environments dev, prod: indirect in packages.lock.yaml(4,16)\n"
            + "  x.io/acme/app v2.0.0 -> x.io/acme/base v1.0.0 (>= 1.0.0 || \"odd\" #1;)\n",
            run.Output);
    }

    [Fact]
    public void Why_of_the_core_names_who_requires_a_version()
    {
        Write(Lock);

        var run = Gitopsgen.Of("portable").Run(folder.Path, "why", "crossplane-crossplane").Exits(0);

        Assert.EndsWith("  x.io/acme/app v2.0.0 requires >=v1.14.1-0\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_as_json_has_places()
    {
        Write(Lock);

        var why = Gitopsgen.Of("portable").Run(folder.Path, "why", "acme-base", "--format", "json", "--env", "dev").Exits(0).Json.GetProperty("why");

        var reason = Assert.Single(why.GetProperty("reasons").EnumerateArray());
        Assert.Equal(["dev"], reason.GetProperty("environments").EnumerateArray().Select(name => name.GetString()));
        var path = Assert.Single(reason.GetProperty("paths").EnumerateArray()).EnumerateArray().ToArray();
        Assert.Equal(("x.io/acme/app", 5), (path[0].GetProperty("package").GetString(), path[0].GetProperty("line").GetInt32()));
        Assert.Equal(JsonValueKind.Null, path[0].GetProperty("constraint").ValueKind);
        Assert.Equal(">= 1.0.0 || \"odd\" #1;", path[1].GetProperty("constraint").GetString());
    }

    [Theory]
    [InlineData("acme-bose", "acme-base")]
    [InlineData("x.io/acme/nothing-like-it-anywhere", "gitopsgen graph")]
    public void A_package_that_is_not_locked_is_an_error_that_helps(string asked, string help)
    {
        Write(Lock);

        var run = Gitopsgen.Of("portable").Run(folder.Path, "why", asked).Exits(1);

        Assert.Contains("error GOG1108: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(help, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Gitopsgen.Variants), MemberType = typeof(Gitopsgen))]
    public void The_text_is_a_tree(string variant)
    {
        Write(Lock);

        var run = Gitopsgen.Of(variant).Run(folder.Path, "graph").Exits(0);

        Assert.Equal(
            "environments dev, prod\n"
            + "x.io/crossplane/crossplane v2.3.4, the core\n"
            + "x.io/acme/app v2.0.0\n"
            + "├─ x.io/acme/base v1.0.0, indirect (>= 1.0.0 || \"odd\" #1;)\n"
            + "└─ x.io/acme/missing missing (any version)\n",
            run.Output);
    }

    [Fact]
    public void Mermaid_has_no_character_that_it_would_read_as_its_own()
    {
        Write(Lock);

        var run = Gitopsgen.Of("portable").Run(folder.Path, "graph", "--format", "mermaid").Exits(0);

        Assert.StartsWith("flowchart LR\n  subgraph g0c0[\"wave 0\"]\n    g0p0[\"x.io/acme/base<br/>v1.0.0, indirect\"]:::indirect\n  end\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  g0p1 -->|\"#62;#61; 1.0.0 #124;#124; #34;odd#34; #35;1#59;\"| g0p0\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("[\"x.io/acme/missing<br/>missing\"]:::missing\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_shows_the_graph_of_this_repository()
    {
        var drawn = Gitopsgen.Of("portable").Run(RepositoryRoot.Path, "graph", "--env", "tfc-cluster1", "--format", "mermaid").Exits(0).Output;

        Assert.Contains($"```mermaid\n{drawn}```\n", File.ReadAllText(RepositoryRoot.Combine("README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Graphviz_reads_its_form()
    {
        Write(Lock);
        var report = Path.Combine(folder.Path, "out", "graph.dot");

        Gitopsgen.Of("portable").Run(folder.Path, "graph", "--report", $"dot={report}").Exits(0);

        Assert.Contains("label=\">= 1.0.0 || \\\"odd\\\" #1;\"", File.ReadAllText(report), StringComparison.Ordinal);
        var picture = Tool.Require("dot").Run(["-Tplain", report]);
        Assert.Equal((0, ""), (picture.ExitCode, picture.Error));
        Assert.Equal(4, picture.Output.Split('\n').Count(line => line.StartsWith("node ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_circle_is_an_error_and_has_a_picture()
    {
        Write("""
            lockfileVersion: 1
            packages:
              - { package: x.io/acme/a, kind: Provider, version: v1.0.0, dependsOn: [{ package: x.io/acme/b, kind: Provider, constraint: ">= 0.0.0" }] }
              - { package: x.io/acme/b, kind: Provider, version: v1.0.0, dependsOn: [{ package: x.io/acme/a, kind: Provider, constraint: ">= 0.0.0" }] }

            """);

        var run = Gitopsgen.Of("portable").Run(folder.Path, "graph").Exits(1);

        Assert.Contains("error GOG2104: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            "environments dev, prod\nx.io/acme/a v1.0.0\n└─ x.io/acme/b v1.0.0 (>= 0.0.0)\n   └─ x.io/acme/a v1.0.0 (>= 0.0.0) (unfolded above)\n",
            run.Output);
    }

    [Theory]
    [InlineData("check", "--format", "mermaid")]
    [InlineData("why", "base", "--report", "dot=x.dot")]
    public void Only_graph_draws(params string[] arguments)
    {
        Write(Lock);

        Assert.Contains("has no form", Gitopsgen.Of("portable").Run(folder.Path, arguments).Exits(64).Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private void Write(string lockfile)
    {
        folder.Write("packages.lock.yaml", lockfile);
        folder.Write(".config/gitopsgen.yaml", Settings);
    }
}
