using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Docs;

/// <summary>The Terraform of docs/terraform.md: HCL that a parser reads, about keys that iam/access.json has.</summary>
public sealed partial class TerraformPageTests
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "terraform.md"));
    private static readonly JsonNode Index = JsonNode.Parse(
        File.ReadAllText(RepositoryRoot.Combine("tests", "scenarios", "roles-for-provider-pods", "expected-part", "iam", "access.json"))
    )!;

    [Fact]
    public void A_parser_of_HCL_reads_it_with_all_its_resources()
    {
        const string Parse =
            "const [json, problem] = require('hcl2-parser').parseToString(require('fs').readFileSync(0, 'utf8')); if (problem) throw problem; console.log(json);";

        var parsed = JsonNode.Parse(Tool.Require("hcl2-parser").Run(["-e", Parse], Block("hcl")).RequireSuccess())!;

        Assert.Equal(
            ["aws_ecr_repository_policy", "aws_eks_pod_identity_association", "aws_iam_policy", "aws_iam_role", "aws_iam_role_policy_attachment"],
            parsed["resource"]!.AsObject().Select(resource => resource.Key).Order(StringComparer.Ordinal)
        );
        Assert.Equal(["access", "iam", "roles"], parsed["locals"]![0]!.AsObject().Select(local => local.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_example_has_the_keys_that_are_rendered()
    {
        var example = JsonNode.Parse(Block("json"))!;

        Assert.Equal(Keys(Index), Keys(example));
        foreach (var (table, first) in Tables)
        {
            Assert.Equal(Keys(first(Index[table]!)), Keys(first(example[table]!)));
        }
    }

    [Fact]
    public void It_reads_only_keys_that_are_rendered()
    {
        var rendered = Tables.SelectMany(table => Keys(table.First(Index[table.Key]!))).Concat(Keys(Index)).ToHashSet(StringComparer.Ordinal);
        var read = Read().Matches(Block("hcl")).Select(match => match.Groups["key"].Value).Distinct().ToList();

        Assert.True(read.Count > 8, string.Join(' ', read));
        Assert.All(read, key => Assert.Contains(key, rendered));
    }

    private static readonly (string Key, Func<JsonNode, JsonNode> First)[] Tables =
    [
        ("roles", table => table.AsObject().First().Value!),
        ("associations", table => table.AsArray()[0]!),
        ("repositories", table => table.AsObject().First().Value!),
        ("unassigned", table => table.AsArray()[0]!),
    ];

    private static IEnumerable<string> Keys(JsonNode node) => node.AsObject().Select(pair => pair.Key);

    private static string Block(string language)
    {
        var start = Page.IndexOf($"```{language}\n", StringComparison.Ordinal) + $"```{language}\n".Length;
        return Page[start..Page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"\b(?:local\.access|role|repository|pod|each\.value)\.(?<key>[A-Za-z]+)\b")]
    private static partial Regex Read();
}
