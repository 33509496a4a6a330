using System.Text;
using CsCheck;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam.Access;
using GitOpsGen.Tests.Scenarios;
using GitOpsGen.Tests.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Iam;

public sealed class AccessPolicyReaderTests
{
    [Fact]
    public void Every_element_is_understood_where_it_stands()
    {
        var policy = Policies.Read(
            PolicyKind.Repository,
            """
            {
              "Version": "2012-10-17", "Id": "x",
              "Statement": {
                "Sid": "A1", "Effect": "Deny",
                "NotPrincipal": { "AWS": ["123456789012", "arn:aws:iam::1:role/r"], "Service": "pods.eks.amazonaws.com" },
                "NotAction": ["ecr:*", "s3:Get?bject"],
                "Condition": { "forallvalues:StringLikeIfExists": { "aws:a": ["x", true, 5] }, "Bool": { "aws:b": "true" } }
              }
            }
            """
        );

        var statement = Assert.Single(policy.Statements);
        Assert.Equal(("A1", false, "3:16-8:4"), (statement.Sid, statement.Allows, statement.Span.Place()));
        Assert.True(statement.Principals!.IsExcept && statement.Actions.IsExcept && statement.Resources is null);
        Assert.Equal(
            ["123456789012", "arn:aws:iam::1:role/r", "Service pods.eks.amazonaws.com"],
            statement.Principals.Items.Select(p => p.Value.ToString())
        );
        Assert.Equal(["6:19-6:26", "6:28-6:42"], statement.Actions.Items.Select(a => a.Span.Place()));
        Assert.Equal(new(ConditionSet.All, ConditionTest.Pattern, false, true), statement.Conditions[0].Operator);
        Assert.Equal(["x", "true", "5"], statement.Conditions[0].Values);
        Assert.Equal("aws:b", statement.Conditions[1].Key);
    }

    [Theory]
    [InlineData("{", "GOG3201 1:2")]
    [InlineData("[]", "GOG3201 1:1")]
    [InlineData("""{"Version":"2012-10-17"}""", "GOG3201 1:1")]
    [InlineData("""{"Version":"2012-10-17","Statement":[]}""", "GOG3201 1:37")]
    [InlineData("""{"Version":"2012-10-17","Statement":[],"statement":[]}""", "GOG3201 1:40", "GOG3201 1:37")]
    [InlineData("""{"Version":"2012-10-17","Id":5,"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""", "GOG3201 1:30")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","NotPrincipal":"*","Resource":"*"}}""", "GOG3206 1:83")]
    [InlineData(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":[true,null]}}}}""",
        "GOG3201 1:108"
    )]
    [InlineData("""{"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""", "GOG3202 1:12")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""", "GOG3202 1:1")]
    [InlineData(
        """{"Version":"2012-10-17","Statement":{"Sid":"a b","Effect":"allow","Action":"*","Resource":"*"}}""",
        "GOG3203 1:44",
        "GOG3201 1:59"
    )]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*"}}""", "GOG3205 1:37")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Principal":"*","Resource":"*"}}""", "GOG3206 1:80")]
    [InlineData(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["ecr:a",5,""],"NotAction":"*","Resource":[]}}""",
        "GOG3201 1:106",
        "GOG3201 1:91",
        "GOG3201 1:73",
        "GOG3201 1:75",
        "GOG3201 1:73",
        "GOG3201 1:75"
    )]
    [InlineData(
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"getimage","Resource":"upbound/x","Condition":{"Bool":[],"Null":{"a":[]}}}}""",
        "GOG3201 1:86",
        "GOG3201 1:64",
        "GOG3201 1:118",
        "GOG3201 1:133"
    )]
    [InlineData(
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*","Effect":"Deny"}]}""",
        "GOG3201 1:131"
    )]
    public void Whatever_IAM_does_not_take_is_found_where_it_stands(string text, params string[] places) =>
        Assert.Equal(places, AccessPolicyReader.Read(Policies.File, Encoding.UTF8.GetBytes(text), PolicyKind.Identity).Diagnostics.Places());

    [Theory]
    [InlineData(PolicyKind.Repository)]
    [InlineData(PolicyKind.Trust)]
    internal void What_is_attached_to_its_resource_names_principals_and_no_resource(PolicyKind kind)
    {
        string Found(string elements) =>
            string.Join(
                ' ',
                AccessPolicyReader.Read(Policies.File, Encoding.UTF8.GetBytes(Policies.Of(elements)), kind).Diagnostics.Select(d => d.Rule.Code)
            );

        Assert.Equal("", Found(""" "Effect":"Allow","Action":"ecr:*","Principal":"*" """));
        Assert.Equal("GOG3204", Found(""" "Effect":"Allow","Action":"ecr:*","Principal":"*","Resource":"*" """));
        Assert.Equal("GOG3204", Found(""" "Effect":"Allow","Action":"ecr:*","Principal":"*","NotResource":"*" """));
        Assert.Equal("GOG3201", Found(""" "Effect":"Allow","Action":"ecr:*" """));
        Assert.Equal("GOG3201", Found(""" "Effect":"Allow","Action":"ecr:*","Principal":"123456789012" """));
        Assert.Equal("GOG3201", Found(""" "Effect":"Allow","Action":"ecr:*","Principal":{"aws":"123456789012"} """));
        Assert.Equal("GOG3201", Found(""" "Effect":"Allow","Action":"ecr:*","Principal":{} """));
    }

    [Fact]
    public void A_sid_that_stands_twice_is_found_the_second_time()
    {
        const string Statement = """ "Sid":"A","Effect":"Allow","Action":"ecr:*","Resource":"*" """;
        var found = AccessPolicyReader
            .Read(Policies.File, Encoding.UTF8.GetBytes(Policies.Of(Statement, Statement)), PolicyKind.Identity)
            .Diagnostics;

        Assert.Equal(Rules.StatementId, Assert.Single(found).Rule);
    }

    [Fact]
    public void Every_document_of_every_scenario_is_read()
    {
        var documents = Scenario
            .Rendering()
            .SelectMany(scenario => Directory.GetFiles(scenario.Output, "*-policy*.json", SearchOption.AllDirectories))
            .ToList();

        Assert.InRange(documents.Count, 20, 10_000);
        Assert.All(documents, path => Assert.Empty(AccessPolicyReader.Read(path, File.ReadAllBytes(path), KindOf(path)).Diagnostics));
    }

    [Fact]
    public void No_text_makes_it_throw()
    {
        var text = Policies.Of(
            """ "Sid":"A","Effect":"Allow","Principal":{"AWS":"*"},"Action":["ecr:*"],"Resource":"*","Condition":{"Null":{"a":true}} """
        );
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Int[0, 9], Gen.String[Gen.Char["{}[]\",:\\1nA*\n"], 0, 3])
            .Sample(
                (at, length, put) =>
                {
                    var mutated = Encoding.UTF8.GetBytes(text.Remove(at, Math.Min(length, text.Length - at)).Insert(at, put));
                    foreach (var kind in Enum.GetValues<PolicyKind>())
                    {
                        var (policy, found) = AccessPolicyReader.Read(Policies.File, mutated, kind);
                        Assert.Equal(policy is null, found.Length > 0);
                    }
                }
            );
    }

    private static PolicyKind KindOf(string path) =>
        path.Contains("trust", StringComparison.Ordinal) ? PolicyKind.Trust
        : path.Contains("repository-policy", StringComparison.Ordinal) ? PolicyKind.Repository
        : PolicyKind.Identity;
}
