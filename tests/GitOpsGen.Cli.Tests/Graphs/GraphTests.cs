using System.Globalization;
using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Graphs;

/// <summary><c>gitopsgen graph</c> in its forms.</summary>
public sealed class GraphTests
{
    private const string OddConstraint = "\"; <b>#x; `y` \\N %% end & é 😀 -->|a| style: x#y;";

    private const string Odd = """
        lockfileVersion: 1
        packages:
          - { package: "x.io:443/acme/style", kind: Provider, version: v1.0.0, dependsOn: [{ package: x.io/end, kind: Function, constraint: "\"; <b>#x; `y` \\N %% end & é 😀 -->|a| style: x#y;" }] }
          - { package: x.io/end, kind: Function, version: v1.0.0, indirect: true, dependsOn: [{ package: x.io/gone, kind: Provider, constraint: ^1 }] }
          - { package: x.io/a/one, kind: Provider, version: v1.0.0, dependsOn: [{ package: x.io/a/two, kind: Provider, constraint: ">=v2.0.0" }] }
          - { package: x.io/a/two, kind: Provider, version: v1.0.0, dependsOn: [{ package: x.io/a/one, kind: Provider, constraint: ^1 }] }

        """;

    [Fact]
    public void The_tree_names_waves_and_what_is_indirect()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        var run = gitopsgen.On(folder.Path, "graph").Exits(0);
        Assert.Empty(run.Error);
        Assert.Equal(
            """
            environment dev: 2 packages in 2 waves
            Crossplane v2.3.4 (1 of 2 needs >=v1.12.1-0)
            upbound-provider-aws-s3 v2.2.0 (wave 1)
            └─ upbound-provider-family-aws v2.2.0 (wave 0, indirect): >= 0.0.0

            """,
            run.Output
        );
    }

    [Fact]
    public void A_circle_and_what_is_missing_are_errors_and_are_drawn()
    {
        using var folder = OddFolder();
        var run = InProcess.Run(folder.Path, "graph").Exits(1);
        Assert.Contains("error GOG2104", run.Error, StringComparison.Ordinal);
        Assert.Contains("error GOG2101", run.Error, StringComparison.Ordinal);
        Assert.Contains(
            """
            a-one v1.0.0 (in a cycle, or behind one)
            └─ a-two v1.0.0 (in a cycle, or behind one): >=v2.0.0, not met
               └─ a-one v1.0.0 (in a cycle, or behind one): ^1, see above
            """,
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("   └─ x.io/gone: ^1, missing\n", run.Output, StringComparison.Ordinal);
    }

    /// <summary>Every label is in quotes, holds nothing that Mermaid reads, and says what was written.</summary>
    [Fact]
    public void Mermaid_labels_hold_nothing_that_mermaid_reads()
    {
        using var folder = OddFolder();
        var lines = InProcess.Run(folder.Path, "graph", "--format", "mermaid").Exits(1).Output.TrimEnd('\n').Split('\n');
        Assert.Equal("flowchart LR", lines[0]);
        const string Label = "\"(?:[A-Za-z0-9 .,/()=+-]|#[0-9]+;|<br/>)*\"";
        var line = new Regex(
            $@"\A +(?:subgraph g[0-9a-z]+\[{Label}\]|direction LR|end|g[0-9a-z]+\[{Label}\]|g[0-9a-z]+ -->\|{Label}\| g[0-9a-z]+|classDef [a-z]+ [a-z0-9#:, -]+|class [g0-9a-z,]+ [a-z]+|linkStyle [0-9,]+ [a-z0-9#:,]+)\z"
        );
        Assert.All(lines[1..], text => Assert.Matches(line, text));
        var labels = lines.Select(text =>
            Regex.Replace(text, "#([0-9]+);", match => char.ConvertFromUtf32(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)))
        );
        Assert.Contains(labels, text => text.Contains($"\"{OddConstraint}, unreadable\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Dot_labels_are_strings_that_say_what_was_written()
    {
        using var folder = OddFolder();
        var dot = InProcess.Run(folder.Path, "graph", "--format", "dot").Exits(1).Output;
        Assert.Contains(@"[label=""\""; <b>#x; `y` \\N %% end &amp; é 😀 -->|a| style: x#y;, unreadable"", color=", dot, StringComparison.Ordinal);
        Assert.All(
            Regex.Matches(dot, "label=(.*?)(?:, [a-z]+=|\\]?$)", RegexOptions.Multiline).Select(match => match.Groups[1].Value),
            label => Assert.Matches("\\A\"(?:[^\"\\\\]|\\\\.)*\"\\z", label)
        );
        var picture = Tool.Require("dot").Run(["-Tplain"], dot);
        Assert.Equal((0, ""), (picture.ExitCode, picture.Error));
        Assert.Equal(5, picture.Output.Split('\n').Count(line => line.StartsWith("node ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Json_has_every_package_with_wave_state_and_place()
    {
        using var folder = OddFolder();
        var graph = Assert.Single(
            InProcess.Run(folder.Path, "graph", "--format", "json").Exits(1).Json.GetProperty("graph").GetProperty("graphs").EnumerateArray()
        );
        Assert.Equal("x.io/gone", Assert.Single(graph.GetProperty("missing").EnumerateArray()).GetString());
        var packages = graph.GetProperty("packages").EnumerateArray().ToDictionary(package => package.GetProperty("name").GetString()!);
        Assert.Equal(4, packages.Count);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, packages["a-one"].GetProperty("wave").ValueKind);
        Assert.Equal(0, packages["end"].GetProperty("wave").GetInt32());
        Assert.Equal(
            ["missing", "notMet", "unreadable"],
            ((string[])["end", "a-one", "acme-style"]).Select(name => packages[name].GetProperty("dependsOn")[0].GetProperty("state").GetString())
        );
        Assert.Equal(5, packages["a-one"].GetProperty("dependsOn")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public void A_form_of_its_own_is_written_as_a_report_too_and_only_here()
    {
        using var folder = WorkFolder.Started(Gitopsgen.Built);
        InProcess.Run(folder.Path, "graph", "--report", $"mermaid={folder["out/a.mmd"]}", "--format", "json").Exits(0);
        Assert.Equal(InProcess.Run(folder.Path, "--format", "mermaid", "graph").Exits(0).Output, File.ReadAllText(folder["out/a.mmd"]));
        Assert.Contains(
            "'lint' has no form 'dot'; it has text, json, github, sarif.",
            InProcess.Run(folder.Path, "lint", "--format", "dot").Exits(64).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(InProcess.Run(folder.Path, "why", "crossplane", "--report", $"dot={folder["b"]}").Exits(64).Output);
        Assert.False(File.Exists(folder["b"]));
        Assert.StartsWith("Description:", InProcess.Run(folder.Path, "lint", "--format", "dot", "--help").Exits(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("graph")]
    [InlineData("graph", "--format", "mermaid")]
    [InlineData("graph", "--format", "dot")]
    [InlineData("why", "end")]
    public void A_constraint_cannot_write_on_the_terminal(params string[] command)
    {
        using var folder = OddFolder();
        folder.Edit(WorkFolder.Lockfile, "% end & é", "\\e[31m\\a\\r\\u202e");

        var output = InProcess.Run(folder.Path, command).Exits(1).Output;

        Assert.DoesNotContain(output, c => c != '\n' && (char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format));
    }

    [Fact]
    public void A_deep_chain_stays_readable_and_linear()
    {
        using var folder = OddFolder();
        var chain = Enumerable
            .Range(0, 3_000)
            .Select(i =>
                $"  - {{ package: x.io/p{i}, kind: Provider, version: v1.0.0, dependsOn: [{(i == 0 ? "" : $"{{ package: x.io/p{i - 1}, kind: Provider, constraint: ^1 }}")}] }}\n"
            );
        folder.Write(WorkFolder.Lockfile, $"lockfileVersion: 1\npackages:\n{string.Concat(chain)}");
        var lines = InProcess.Run(folder.Path, "graph").Exits(0).Output.Split('\n');
        Assert.InRange(lines.Length, 3_000, 3_300);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 200));
        Assert.All(
            Enumerable.Range(0, 3_000),
            i =>
                Assert.Single(
                    lines,
                    line => line.Contains($"p{i} ", StringComparison.Ordinal) && !line.Contains("see below", StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public void The_readme_shows_the_graph_of_this_repository()
    {
        var drawn = InProcess.Run(RepositoryRoot.Path, "graph", "--env", "tfc-cluster1", "--format", "mermaid").Exits(0).Output;

        Assert.Contains($"```mermaid\n{drawn}```\n", File.ReadAllText(RepositoryRoot.Combine("README.md")), StringComparison.Ordinal);
    }

    private static WorkFolder OddFolder()
    {
        var folder = new WorkFolder();
        folder.Write(WorkFolder.Lockfile, Odd);
        folder.Write(WorkFolder.Settings, "settingsVersion: 1\nenvironments: { dev: { registry: { host: harbor.example.com } } }\n");
        return folder;
    }
}
