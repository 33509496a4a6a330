using System.Text.Json.Nodes;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Access;

/// <summary>Access, not text: who may do what with which repository, asked of the documents as they are rendered.</summary>
public sealed class AccessTests
{
    public static TheoryData<string> Scenarios => Scenario.RenderingNames;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_principal_may_do_exactly_what_the_table_says(string name)
    {
        var scenario = new Scenario(name);
        var matrix = new AccessMatrix(ExpectedPlan.Of(scenario), scenario.Expected);

        Assert.Equal([], matrix.Mismatches());

        var rendered = FolderSnapshot.Of(scenario.Expected).Files.Keys
            .Where(path => path.StartsWith("iam/", StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal));
        Assert.Equal(matrix.ExpectedDocuments(), rendered.Where(path => !path.Contains("policy-", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_matrix_is_large_enough_to_mean_something()
    {
        var cells = Scenario.Rendering().Sum(scenario =>
        {
            var matrix = new AccessMatrix(ExpectedPlan.Of(scenario), scenario.Expected);
            matrix.Mismatches();
            return matrix.Cells;
        });

        Assert.InRange(cells, 50_000, int.MaxValue);
    }

    [Theory]
    [InlineData("without repository/")]
    [InlineData("another repository")]
    [InlineData("one repository less")]
    [InlineData("one action more")]
    [InlineData("another account")]
    [InlineData("a neighbour by prefix")]
    public void The_matrix_notices(string mistake)
    {
        var scenario = new Scenario("one-cluster-as-in-the-article");
        var matrix = new AccessMatrix(ExpectedPlan.Of(scenario), scenario.Expected);

        foreach (var principal in matrix.Principals().ToList())
            Assert.NotEmpty(matrix.Mismatches((p, documents) => p.Document == principal.Document ? [.. documents.Select(d => Tamper(d, mistake))] : documents));
    }

    private static JsonNode Tamper(JsonNode document, string mistake)
    {
        var tampered = document.DeepClone();
        var statement = tampered["Statement"]!.AsArray().Single(s => s!["Sid"]!.GetValue<string>() != "EcrAuthorization")!;
        var resources = Documents.Strings(statement["Resource"]).ToList();
        switch (mistake)
        {
            case "without repository/":
                resources = [.. resources.Select(arn => arn.Replace("repository/", "", StringComparison.Ordinal))];
                break;
            case "another repository":
                resources.Add(resources[0][..(resources[0].IndexOf("repository/", StringComparison.Ordinal) + 11)] + "other/acme/configuration-bucket");
                break;
            case "one repository less":
                resources.RemoveAt(0);
                break;
            case "one action more":
                statement["Action"] = new JsonArray([.. Documents.Strings(statement["Action"]).Append("ecr:BatchDeleteImage").Select(a => JsonValue.Create(a))]);
                break;
            case "another account":
                resources = [.. resources.Select(arn => arn.Replace("123456789012", "*", StringComparison.Ordinal))];
                break;
            default:
                resources = [.. resources.Select(arn => arn + "*")];
                break;
        }

        statement["Resource"] = new JsonArray([.. resources.Select(arn => JsonValue.Create(arn))]);
        return tampered;
    }
}
