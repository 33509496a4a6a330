using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GitOpsGen.Planning;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Scenarios;
using Xunit;
using static GitOpsGen.Tests.Scenarios.Documents;

namespace GitOpsGen.Tests.Access;

/// <summary>Access, not text: who may do what with which repository, asked of the documents as they are rendered.</summary>
public sealed partial class AccessTests
{
    public static TheoryData<string> Scenarios => Scenario.RenderingNames;

    public static TheoryData<string> Laws => Scenario.LawNames;

    [Theory]
    [MemberData(nameof(Laws))]
    public void Every_principal_may_do_exactly_what_the_table_says(string name)
    {
        var scenario = new Scenario(name);
        var matrix = new AccessMatrix(ExpectedPlan.Of(scenario), scenario.Output);

        Assert.Equal([], matrix.Mismatches());

        Assert.Equal(matrix.ExpectedDocuments(), Rendered(scenario).Where(path => !Continuation().IsMatch(path)));
    }

    /// <summary>
    /// All that is allowed and a sixth of what is denied again, another one each time, by an evaluator that shares no line with the product's,
    /// and takes a thousand times as long.
    /// </summary>
    [Fact]
    public void An_independent_evaluator_says_the_same()
    {
        var sixth = Random.Shared.Next(6);
        var cells = LongProof
            .Of(Scenario.Rendering())
            .SelectMany(scenario => new AccessMatrix(ExpectedPlan.Of(scenario), scenario.Output).Cells())
            .Where(cell => cell.IsTelling && !IsPartitionUnknown(cell))
            .DistinctBy(cell => Key(cell.Question))
            .Where((cell, number) => cell.IsAllowed || number % 6 == sixth)
            .ToList();
        Assert.InRange(cells.Count, LongProof.Count(10_000, 1_500), int.MaxValue);

        var answers = IamSimulator.Answer([.. cells.Select(cell => cell.Question)]);

        Assert.Equal(
            [],
            cells.Zip(answers).Where(pair => pair.First.IsAllowed != (pair.Second == "Allowed")).Select(pair => $"{pair.First}, but is {pair.Second}")
        );
        TestContext.Current.TestOutputHelper?.WriteLine($"{cells.Count} distinct questions, {cells.Count(cell => cell.IsAllowed)} of them allowed.");
    }

    [Fact]
    public void The_matrix_is_large_enough_to_mean_something()
    {
        var cells = Scenario.Rendering().SelectMany(scenario => new AccessMatrix(ExpectedPlan.Of(scenario), scenario.Output).Cells()).ToList();

        Assert.InRange(cells.Count, 100_000, int.MaxValue);
        Assert.InRange(cells.Count(cell => cell.Question.Attached is not null), 4_000, int.MaxValue);
        Assert.InRange(cells.Count(cell => cell.IsAllowed), 1_000, int.MaxValue);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{cells.Count} cells, {cells.Count(cell => cell.IsAllowed)} of them allowed, {cells.Count(cell => cell.Question.Attached is not null)} with a repository policy."
        );
    }

    /// <summary>Also of environments that are not rendered, and nobody else: a role of the registry's account would need no policy of its own.</summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Repository_policies_name_the_roles_of_other_accounts_and_no_resource(string name)
    {
        var scenario = new Scenario(name);
        foreach (var (document, roles) in new AccessTable(ExpectedPlan.Of(scenario)).RepositoryPolicies)
        {
            var statement = JsonNode.Parse(File.ReadAllText(Path.Combine(scenario.Output, document)))!["Statement"]!.AsArray().Single()!.AsObject();
            Assert.Equal(["Sid", "Effect", "Principal", "Action"], statement.Select(pair => pair.Key));
            Assert.Equal(["AWS"], statement["Principal"]!.AsObject().Select(pair => pair.Key));
            Assert.Equal(roles, Strings(statement["Principal"]!["AWS"]));
            Assert.Equal(AccessTable.Pull, Strings(statement["Action"]));
        }
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
        var principals = new AccessTable(ExpectedPlan.Of(scenario)).Principals().ToList();
        Assert.Equal(3, principals.Count);

        AssertNoticed(
            scenario.Name,
            principals.Select(principal =>
                (Func<string, string, string?>)((document, text) => document == principal.Document ? Tamper(text, mistake) : text)
            )
        );
    }

    [Theory]
    [InlineData("nothing", false)]
    [InlineData("the policy is gone", true)]
    [InlineData("one role less", true)]
    [InlineData("a stranger more", true)]
    [InlineData("a whole account more", true)]
    [InlineData("everybody", true)]
    [InlineData("one action less", true)]
    public void The_matrix_notices_in_repository_policies(string mistake, bool isNoticed)
    {
        const string Name = "roles-in-another-account";
        var documents = new AccessTable(ExpectedPlan.Of(new(Name))).RepositoryPolicies.Keys.ToList();
        Assert.Equal(3, documents.Count);

        var tampered = documents.Select(one =>
            (Func<string, string, string?>)((document, text) => document == one ? TamperPrincipals(text, mistake) : text)
        );
        if (isNoticed)
            AssertNoticed(Name, tampered);
        else
            Assert.All(tampered, tamper => Assert.Empty(Matrix(Name, tamper).Mismatches()));
    }

    private static void AssertNoticed(string scenario, IEnumerable<Func<string, string, string?>> tampers)
    {
        var wrong = new List<AccessCell>();
        foreach (var tamper in tampers)
        {
            var matrix = Matrix(scenario, tamper);
            var found = matrix.Mismatches();
            Assert.NotEmpty(found);
            wrong.Add(matrix.Cells().First(cell => cell.ToString() == found[0]));
        }

        var answers = IamSimulator.Answer([.. wrong.Select(cell => cell.Question)]);
        Assert.All(wrong.Zip(answers), pair => Assert.NotEqual(pair.First.IsAllowed ? "Allowed" : "ImplicitlyDenied", pair.Second));
    }

    private static AccessMatrix Matrix(string scenario, Func<string, string, string?> tamper) =>
        new(ExpectedPlan.Of(new(scenario)), new Scenario(scenario).Output, tamper);

    private static string? TamperPrincipals(string text, string mistake)
    {
        if (mistake == "the policy is gone")
            return null;
        var document = JsonNode.Parse(text)!;
        var statement = document["Statement"]![0]!;
        var roles = Strings(statement["Principal"]!["AWS"]).ToList();
        switch (mistake)
        {
            case "one role less":
                roles.RemoveAt(0);
                break;
            case "a stranger more":
                roles.Add("arn:aws:iam::345678901234:role/stranger");
                break;
            case "a whole account more":
                roles.Add("arn:aws:iam::345678901234:root");
                break;
            case "everybody":
                roles = ["*"];
                break;
            case "one action less":
                statement["Action"] = AccessTable.Pull[0];
                break;
        }

        statement["Principal"]!["AWS"] = new JsonArray([.. roles.Select(role => JsonValue.Create(role))]);
        return document.ToJsonString();
    }

    private static string Tamper(string document, string mistake)
    {
        var tampered = JsonNode.Parse(document)!;
        var statement = tampered["Statement"]!.AsArray().Single(s => s!["Sid"]!.GetValue<string>() != "EcrAuthorization")!;
        var resources = Strings(statement["Resource"]).ToList();
        switch (mistake)
        {
            case "without repository/":
                resources = [.. resources.Select(arn => arn.Replace("repository/", "", StringComparison.Ordinal))];
                break;
            case "another repository":
                resources.Add(
                    resources[0][..(resources[0].IndexOf("repository/", StringComparison.Ordinal) + 11)] + "other/acme/configuration-bucket"
                );
                break;
            case "one repository less":
                resources.RemoveAt(0);
                break;
            case "one action more":
                statement["Action"] = new JsonArray([
                    .. Strings(statement["Action"]).Append("ecr:BatchDeleteImage").Select(a => JsonValue.Create(a)),
                ]);
                break;
            case "another account":
                resources = [.. resources.Select(arn => arn.Replace("123456789012", "*", StringComparison.Ordinal))];
                break;
            default:
                resources = [.. resources.Select(arn => arn + "*")];
                break;
        }

        statement["Resource"] = new JsonArray([.. resources.Select(arn => JsonValue.Create(arn))]);
        return tampered.ToJsonString();
    }

    // iam-simulate knows the partitions of botocore; "aws-other" is ours.
    private static bool IsPartitionUnknown(AccessCell cell) => cell.Question.Resource.StartsWith("arn:aws-other:", StringComparison.Ordinal);

    private static string Key(IamQuestion question) =>
        $"{string.Join('|', question.Identity)}|{question.Attached}|{question.Principal}|{question.Action}|{question.Resource}";

    private static IEnumerable<string> Rendered(Scenario scenario) =>
        FolderSnapshot
            .Of(scenario.Output)
            .Files.Keys.Where(path => path.StartsWith("iam/", StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal))
            .Where(path => path != AccessIndex.Path && !IsTrustOfPods(path));

    // Whom the roles of pods trust is in TrustTests.
    private static bool IsTrustOfPods(string path) =>
        path.EndsWith("-trust-policy.json", StringComparison.Ordinal)
        && !path.EndsWith("/package-manager-trust-policy.json", StringComparison.Ordinal);

    [GeneratedRegex(@"-policy-[0-9]+\.json$")]
    private static partial Regex Continuation();
}
