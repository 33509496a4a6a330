using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GitOpsGen.Planning;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Access;

/// <summary>What AWS demands of documents as such.</summary>
public sealed class DocumentTests
{
    public static TheoryData<string> Scenarios => Scenario.RenderingNames;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Sids_are_letters_and_digits_and_unique_and_sizes_are_within_quota(string name)
    {
        foreach (var (path, text) in Files(new(name)))
        {
            var document = JsonNode.Parse(text)!;
            Assert.Equal("2012-10-17", document["Version"]!.GetValue<string>());
            var sids = document["Statement"]!.AsArray().Select(statement => statement!["Sid"]!.GetValue<string>()).ToList();
            Assert.All(sids, sid => Assert.Matches("^[A-Za-z0-9]+$", sid));
            Assert.Equal(sids.Distinct(), sids);
            var size = text.Count(c => !char.IsWhiteSpace(c));
            Assert.True(size <= Quota(path), $"{path} has {size} characters.");
        }
    }

    [Fact]
    public void A_document_is_continued_only_when_the_next_repository_would_not_fit()
    {
        var continued = Files(new("policies-over-quota")).Where(file => Regex.IsMatch(file.Path, @"-policy-[2-9]\.json$")).ToList();
        Assert.Contains("iam/prod/node-policy-2.json", continued.Select(file => file.Path));
        Assert.Contains(continued, file => file.Path.EndsWith("-3.json", StringComparison.Ordinal));
        foreach (var (path, text) in continued)
        {
            var previous = path[^6] == '2' ? path[..^"-2.json".Length] + ".json" : $"{path[..^6]}{(char)(path[^6] - 1)}.json";
            var before = File.ReadAllText(Path.Combine(new Scenario("policies-over-quota").Output, previous));
            var next = Documents.Strings(JsonNode.Parse(text)!["Statement"]![1]!["Resource"]).First();
            Assert.True(before.Count(c => !char.IsWhiteSpace(c)) + next.Length + 3 > 6144, $"{next} would have fitted before {path}.");
        }
    }

    [Fact]
    public void Cfn_lint_finds_nothing_in_any_document()
    {
        var lint = Tool.Require("cfn-lint");
        var documents = Scenario.Rendering().SelectMany(Files).DistinctBy(file => file.Text).Select((file, number) => (file, number)).ToList();
        Assert.InRange(documents.Count, 20, 500);
        using var temp = new TempFolder();
        var template = temp.Write(
            "template.json",
            Template(documents.Select(pair => Resource($"Document{pair.number}", pair.file.Path, pair.file.Text)))
        );

        var run = lint.Run(["--include-checks", "I", "--template", template]);

        Assert.True(run.ExitCode == 0 && run.Output.Length == 0, run.Output + run.Error);
    }

    [Fact]
    public void Cfn_lint_would_find_the_articles_mistake()
    {
        var lint = Tool.Require("cfn-lint");
        var (path, text) = Files(new("one-cluster-as-in-the-article"))
            .First(file => file.Path.EndsWith("node-policy.json", StringComparison.Ordinal));
        using var temp = new TempFolder();
        var template = temp.Write("template.json", Template([Resource("Wrong", path, text.Replace("repository/", "", StringComparison.Ordinal))]));

        Assert.Contains("I3510", lint.Run(["--include-checks", "I", "--template", template]).Output, StringComparison.Ordinal);
    }

    /// <summary>E3513, which looks into the policies of repositories.</summary>
    [Fact]
    public void Cfn_lint_looks_into_repository_policies()
    {
        var lint = Tool.Require("cfn-lint");
        var (path, text) = Files(new("roles-in-another-account"))
            .First(file => file.Path.EndsWith("repository-policy-core.json", StringComparison.Ordinal));
        using var temp = new TempFolder();
        var template = temp.Write(
            "template.json",
            Template([Resource("Wrong", path, text.Replace("\"Allow\"", "\"Permit\"", StringComparison.Ordinal))])
        );

        Assert.Contains("E3513", lint.Run(["--include-checks", "I", "--template", template]).Output, StringComparison.Ordinal);
    }

    /// <summary>Planning splits and refuses by the size that it computes; AWS counts what was rendered.</summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_planned_size_is_the_rendered_one(string name)
    {
        var scenario = new Scenario(name);
        foreach (var (planned, number, path) in Plans.Of(scenario))
            Assert.Equal(planned.Documents[number].Size, File.ReadAllText(Path.Combine(scenario.Output, path)).Count(c => !char.IsWhiteSpace(c)));
    }

    private static IEnumerable<(string Path, string Text)> Files(Scenario scenario) =>
        Directory
            .GetFiles(scenario.Output, "*.json", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(scenario.Output, file).Replace('\\', '/'), File.ReadAllText(file)))
            .Where(file => file.Item1 != AccessIndex.Path)
            .OrderBy(file => file.Item1, StringComparer.Ordinal);

    private static string Template(IEnumerable<KeyValuePair<string, JsonNode?>> resources) =>
        new JsonObject { ["AWSTemplateFormatVersion"] = "2010-09-09", ["Resources"] = new JsonObject(resources) }.ToJsonString(
            new JsonSerializerOptions { WriteIndented = true }
        );

    private static KeyValuePair<string, JsonNode?> Resource(string name, string path, string document)
    {
        var (type, property) = Path.GetFileName(path) switch
        {
            var file when file.EndsWith("-trust-policy.json", StringComparison.Ordinal) => ("AWS::IAM::Role", "AssumeRolePolicyDocument"),
            var file when file.StartsWith("repository-", StringComparison.Ordinal) => ("AWS::ECR::Repository", "RepositoryPolicyText"),
            _ => ("AWS::IAM::ManagedPolicy", "PolicyDocument"),
        };
        return KeyValuePair.Create<string, JsonNode?>(
            name,
            new JsonObject
            {
                ["Type"] = type,
                ["Properties"] = new JsonObject { [property] = JsonNode.Parse(document) },
            }
        );
    }

    private static int Quota(string path) =>
        Path.GetFileName(path) switch
        {
            var file when file.EndsWith("-trust-policy.json", StringComparison.Ordinal) => 2048,
            var file when file.StartsWith("repository-", StringComparison.Ordinal) => 10240,
            _ => 6144,
        };
}
