using System.Text.Json.Nodes;
using GitOpsGen.Tests.Access;

namespace GitOpsGen.Tests.Iam;

/// <summary>
/// Policies and requests of every form that the evaluator claims to decide, from few accounts, repositories and keys, so that they meet.
/// </summary>
internal sealed class RandomPolicies(int seed)
{
    public static readonly string[] Accounts = ["111111111111", "222222222222"];

    private static readonly string[] Names =
    [
        "upbound/provider-aws-s3",
        "upbound/provider-aws-s3control",
        "acme/configuration-bucket",
        "crossplane/crossplane",
    ];

    private static readonly string[] NamePatterns =
    [
        .. Names,
        "*",
        "upbound/*",
        "upbound/provider-aws-s?",
        "*s3",
        "*-*-s3",
        "acme*",
        "?pbound/provider*",
        "up*/*3*",
    ];

    private static readonly string[] Asked =
    [
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
        "ecr:ListImages",
        "ecr:PutImage",
        "ecr:DeleteRepository",
    ];

    private static readonly string[] ActionPatterns =
    [
        .. Asked,
        "*",
        "ecr:*",
        "ecr:Batch*",
        "ecr:batchgetimage",
        "ecr:*Image",
        "ecr:?utImage",
        "ecr:Get*",
        "ecr:*a*e*",
        "s3:*",
    ];

    // What our two readings take differently: parts that are missing, wildcards over colons, variables.
    private static readonly string[] Unclear =
    [
        "arn:aws:ecr",
        "arn:aws:ecr:*:repository/acme*",
        "arn:aws:ecr:eu-west-2:111111111111",
        "arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}*",
        "arn:aws:ecr:*:*:repository/*${aws:SourceVpc, 's3'}",
    ];

    private static readonly (string Key, string[] Values, bool IsList)[] Keys =
    [
        ("aws:PrincipalOrgID", ["o-aaaaaaaaaa", "o-bbbbbbbbbb", "O-AAAAAAAAAA"], false),
        ("aws:PrincipalTag/team", ["platform", "Platform", "data"], false),
        ("aws:SourceVpc", ["vpc-1", "vpc-12"], false),
        ("aws:PrincipalArn", [Role(0, "puller"), Role(1, "puller"), Role(0, "path/other")], false),
        ("aws:SecureTransport", ["true", "false"], false),
        ("aws:PrincipalOrgPaths", ["o-a/r-1/ou-1/", "o-a/r-1/ou-2/", "o-b/"], true),
        ("aws:CalledVia", ["cloudformation.amazonaws.com", "athena.amazonaws.com"], true),
    ];

    private static readonly string[] Tests =
    [
        "StringEquals",
        "StringNotEquals",
        "StringLike",
        "StringNotLike",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
    ];

    private readonly Random random = new(seed);

    public static string Role(int account, string name) => $"arn:aws:iam::{Accounts[account]}:role/{name}";

    public IamQuestion Next()
    {
        var action = Few(8) ? "ecr:GetAuthorizationToken" : One(Asked);
        var resource =
            action == "ecr:GetAuthorizationToken" ? "*" : $"arn:aws:ecr:{One("eu-west-2", "us-east-1")}:{One(Accounts)}:repository/{One(Names)}";
        string[] identity = [.. Some(0, 2, () => Document(Identity))];
        return new(identity, resource != "*" && Few(2) ? Document(Repository) : null, Requester(), action, resource, Context());
    }

    private string Requester() =>
        Few(6) ? $"arn:aws:sts::{One(Accounts)}:assumed-role/puller/session" : Role(random.Next(2), One("puller", "path/other"));

    private static string Document(Func<JsonObject> statement) =>
        new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = statement() }.ToJsonString();

    private JsonObject Identity()
    {
        var statement = Statement();
        statement[Few(8) ? "NotResource" : "Resource"] = OneOrMore(() =>
            Few(5) ? "*"
            : Few(12) ? One(Unclear)
            : Resource()
        );
        return statement;
    }

    private string Resource() =>
        $"arn:aws:{One("ecr", "ecr", "e*", "s3")}:{One("eu-west-2", "*", "eu-*")}:{One(Accounts.Append("*"))}:repository/{One(NamePatterns)}";

    private JsonObject Repository()
    {
        var statement = Statement();
        statement[Few(10) ? "NotPrincipal" : "Principal"] = Few(6) ? "*" : new JsonObject { ["AWS"] = OneOrMore(Named) };
        return statement;
    }

    private string Named() =>
        One(
            Role(0, "puller"),
            Role(1, "puller"),
            Role(1, "path/other"),
            Accounts[0],
            $"arn:aws:iam::{Accounts[1]}:root",
            "*",
            $"arn:aws:sts::{Accounts[0]}:assumed-role/puller/session"
        );

    private JsonObject Statement()
    {
        var statement = new JsonObject { ["Effect"] = Few(5) ? "Deny" : "Allow" };
        statement[Few(8) ? "NotAction" : "Action"] = OneOrMore(() => One(ActionPatterns.Append("ecr:GetAuthorizationToken")));
        if (Few(3))
            statement["Condition"] = new JsonObject(Some(1, 2, Condition).DistinctBy(pair => pair.Key));
        return statement;
    }

    private KeyValuePair<string, JsonNode?> Condition()
    {
        if (Few(15))
            return KeyValuePair.Create<string, JsonNode?>(
                One("NumericLessThan", "NumericLessThanIfExists"),
                new JsonObject { ["aws:MultiFactorAuthAge"] = One("5", "5000") }
            );

        var key = One(Keys);
        var name = random.Next(6) switch
        {
            0 => "Null",
            1 when key.Key == "aws:PrincipalArn" => One("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"),
            _ when key.Key == "aws:SecureTransport" => One("Bool", "BoolIfExists"),
            _ => One(Tests),
        };
        if (name is not ("Null" or "BoolIfExists") && Few(4))
            name += "IfExists";
        else if (name != "Null" && (key.IsList || Few(10)))
            name = One("ForAnyValue:", "ForAllValues:") + name;
        var values = name == "Null" ? OneOrMore(() => One("true", "false")) : OneOrMore(() => Value(key.Values, name));
        return KeyValuePair.Create<string, JsonNode?>(name, new JsonObject { [Few(4) ? key.Key.ToLowerInvariant() : key.Key] = values });
    }

    private string Value(string[] values, string name)
    {
        var value = Few(15) && !name.Contains("Arn", StringComparison.Ordinal) ? "${aws:PrincipalTag/team}" : One(values);
        return !name.Contains("Like", StringComparison.Ordinal) && !name.Contains("Arn", StringComparison.Ordinal)
            ? value
            : random.Next(4) switch
            {
                0 => value[..^1] + "*",
                1 => value[..^1] + "?",
                _ => value,
            };
    }

    private JsonObject Context()
    {
        var context = new JsonObject();
        foreach (var (key, values, isList) in Keys.Where(_ => Few(2)))
            context[key] = isList ? new JsonArray([.. Some(2, 3, () => (JsonNode?)One(values))]) : One(values);
        if (Few(2))
            context["aws:MultiFactorAuthAge"] = One("1", "100", "10000");
        return context;
    }

    private JsonNode OneOrMore(Func<string> item) => Few(2) ? item() : new JsonArray([.. Some(1, 3, item).Select(text => (JsonNode?)text)]);

    private List<T> Some<T>(int least, int most, Func<T> item) => Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => item()).ToList();

    private T One<T>(params IEnumerable<T> items) => items.ToList() is var list ? list[random.Next(list.Count)] : default!;

    /// <summary>Once in so many times.</summary>
    private bool Few(int times) => random.Next(times) == 0;
}
