using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Cli.Tests.Importing;

/// <summary>Eight shapes in which teams have what is imported, each with the files and findings that a person expects of it.</summary>
public sealed partial class ImportCaseTests
{
    /// <summary>Where the settings can say more than when the expectations were written: an edit of the expected settings, and findings that are gone.</summary>
    private static readonly Dictionary<string, (string Old, string New)[]> Edits = new()
    {
        ["03-flux-overlays-rewrite"] = [("    engine: flux", "    engine: flux\n    flux: { name: crossplane-2 }")],
        ["04-ecr-direct-rendered"] =
        [
            ("kubernetes-provider:\n        runtime:", "kubernetes-provider:\n        runtime:\n          name: kubernetes"),
            ("lambda:\n        runtime:", "lambda:\n        runtime:\n          name: upjet-aws"),
            ("sns:\n        runtime:", "sns:\n        runtime:\n          name: upjet-aws"),
            ("family-aws:\n        runtime:", "family-aws:\n        runtime:\n          name: upjet-aws"),
        ],
        ["05-cluster-export"] = [("        runtime:", "        runtime:\n          name: gcp-wi")],
        ["07-chart-packages-and-policies"] =
        [
            ("engine: flux", "engine: flux\n      flux: { helmRelease: { name: xp, storageNamespace: flux-system } }"),
            ("    digest: sha256", "    locked: v0.11.0@sha256"),
        ],
        ["08-conflicts"] =
        [
            ("filter:\n        spec:", "filter:\n        metadata: { labels: { team: platform } }\n        spec:"),
            ("network:\n        runtime:", "network:\n        runtime:\n          name: azure"),
            ("storage:\n        runtime:", "storage:\n        runtime:\n          name: azure"),
        ],
    };

    private static readonly string[] Gone =
    [
        "04-ecr-direct-rendered: runtime.yaml(4,9): info GOG8410",
        "04-ecr-direct-rendered: runtime.yaml(24,9): info GOG8410",
        "05-cluster-export: live.yaml(56,23): info GOG8410",
        "07-chart-packages-and-policies: flux/crossplane.yaml(8,34): warning GOG8411",
        "08-conflicts: more.yaml(9,48): warning GOG8407",
        "08-conflicts: providers.yaml(23,19): info GOG8410",
    ];

    public static TheoryData<string> Cases =>
        [
            "01-by-hand-ecr",
            "02-argocd-umbrella-public",
            "03-flux-overlays-rewrite",
            "04-ecr-direct-rendered",
            "05-cluster-export",
            "06-controllerconfig-1x",
            "07-chart-packages-and-policies",
            "08-conflicts",
        ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_gives_the_files_and_the_findings_that_are_expected(string name)
    {
        var folder = SharedData.Require("cases", "import", name);
        var expected = File.ReadAllText(Path.Combine(folder, "expected.md"));
        var arguments = Command().Match(expected).Groups["arguments"].Value.Split(' ');

        var run = InProcess.Run(Path.Combine(folder, "in"), ["import", .. arguments, "--dry-run", "--format", "json"]);

        var findings = Findings().Match(expected).Groups["text"].Value.TrimEnd('\n').Split('\n').Select(line => Finding().Match(line).Value);
        Assert.Equal(
            findings.Where(line => !Gone.Contains($"{name}: {line}")).Order(StringComparer.Ordinal),
            FindingsOf(run.Json).Order(StringComparer.Ordinal)
        );
        var imported = run.Json.GetProperty("import");
        foreach (var (heading, key) in new[] { ("packages.lock.yaml", "lockfile"), (".config/gitopsgen.yaml", "settings") })
        {
            var text = Regex.Match(expected, $"## {Regex.Escape(heading)}\n```yaml\n(?<text>.*?)```", RegexOptions.Singleline).Groups["text"].Value;
            foreach (var (old, @new) in Edits.GetValueOrDefault(name, []))
            {
                text = text.Replace(old, @new, StringComparison.Ordinal);
            }

            Assert.Equal(Values(text), Values(imported.GetProperty(key).GetString()!));
        }
    }

    [Fact]
    public void Environments_that_nobody_named_are_told_by_Flux_as_they_would_be_given()
    {
        var folder = Path.Combine(SharedData.Require("cases", "import", "03-flux-overlays-rewrite"), "in");
        var given = InProcess
            .Run(
                folder,
                "import",
                "--env",
                "dev=overlays/dev,clusters/dev.yaml",
                "--env",
                "prod=overlays/prod,clusters/prod.yaml",
                "--dry-run",
                "--format",
                "json"
            )
            .Exits(0);
        var guessed = InProcess.Run(folder, "import", ".", "--dry-run", "--format", "json").Exits(0);

        foreach (var key in new[] { "lockfile", "settings" })
        {
            Assert.Equal(
                given.Json.GetProperty("import").GetProperty(key).GetString(),
                guessed.Json.GetProperty("import").GetProperty(key).GetString()
            );
        }

        Assert.Equal(
            ["guess", "guess"],
            guessed.Json.GetProperty("import").GetProperty("environments").EnumerateArray().Select(one => one.GetProperty("toldBy").GetString())
        );
        Assert.Equal(FindingsOf(given.Json), FindingsOf(guessed.Json));
    }

    /// <summary>kubectl prints the same objects as YAML and as JSON.</summary>
    [Fact]
    public void A_cluster_gives_the_same_as_JSON()
    {
        var yaml = Path.Combine(SharedData.Require("cases", "import", "05-cluster-export"), "in", "live.yaml");
        var (stream, _) = YamlReader.ReadPublished("live", File.ReadAllBytes(yaml));
        using var folder = new WorkFolder();
        var json = new StringBuilder();
        Assert.True(JsonWriter.TryWrite(json, stream!.Documents.Single(), 0, out _));
        folder.Write("live.json", json.ToString());

        var fromYaml = InProcess.Run(Path.GetDirectoryName(yaml)!, "import", "--env", "live=live.yaml", "--dry-run", "--format", "json");
        var fromJson = InProcess.Run(folder.Path, "import", "--env", "live=live.json", "--dry-run", "--format", "json");

        foreach (var key in new[] { "lockfile", "settings" })
        {
            Assert.Equal(
                fromYaml.Json.GetProperty("import").GetProperty(key).GetString(),
                fromJson.Json.GetProperty("import").GetProperty(key).GetString()
            );
        }
    }

    private static IEnumerable<string> FindingsOf(JsonElement json) =>
        json.GetProperty("diagnostics")
            .EnumerateArray()
            .Where(found => found.GetProperty("file").ValueKind == JsonValueKind.String && Imported().IsMatch(found.GetProperty("code").GetString()!))
            .Select(found =>
                $"{found.GetProperty("file")}({found.GetProperty("line")},{found.GetProperty("column")}): {found.GetProperty("severity")} {found.GetProperty("code")}"
            );

    /// <summary>Values with the order of keys and entries, whatever the spelling.</summary>
    private static string Values(string yaml)
    {
        var (stream, found) = YamlReader.ReadAll("expected", Encoding.UTF8.GetBytes(yaml));
        Assert.Empty(found);
        var text = new StringBuilder();
        YamlWriter.Write(text, Assert.Single(stream!.Documents), 0);
        return text.ToString();
    }

    [GeneratedRegex("gitopsgen import (?<arguments>.*)")]
    private static partial Regex Command();

    [GeneratedRegex("## Findings.*?```text\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Findings();

    [GeneratedRegex(@"^.*?: \w+ GOG\d+")]
    private static partial Regex Finding();

    [GeneratedRegex("^GOG8[345]")]
    private static partial Regex Imported();
}
