using System.Text.Json;
using System.Text.Json.Nodes;
using GitOpsGen.Testing;

namespace GitOpsGen.Tests.Access;

/// <summary>
/// npm's <c>@cloud-copilot/iam-simulate</c>, an evaluator of IAM policies that shares no line with ours. One process answers a whole
/// batch. It cannot evaluate IRSA trust: it knows no condition key of an identity provider (facts/reference-output.md, section 2).
/// </summary>
internal static class IamSimulator
{
    /// <summary>
    /// <c>Allowed</c>, <c>ImplicitlyDenied</c> or <c>ExplicitlyDenied</c> for each question; <c>error …</c> where it is not answered. The
    /// running test is skipped without Node or the package.
    /// </summary>
    public static IReadOnlyList<string> Answer(IReadOnlyCollection<IamQuestion> questions)
    {
        var tool = Tool.Require("iam-simulate");
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var requests = new JsonArray([.. questions.Select(question => (JsonNode?)Request(question, places))]);
        var policies = new JsonArray([.. places.OrderBy(place => place.Value).Select(place => JsonNode.Parse(place.Key))]);
        var input = new JsonObject { ["policies"] = policies, ["requests"] = requests }.ToJsonString();
        return JsonSerializer.Deserialize<string[]>(tool.Run(["-e", Script()], input, timeout: TimeSpan.FromMinutes(10)).RequireSuccess())!;
    }

    private static JsonObject Request(IamQuestion question, Dictionary<string, int> places) =>
        new()
        {
            ["identity"] = new JsonArray([.. question.Identity.Select(policy => (JsonNode?)PlaceOf(policy, places))]),
            ["attached"] = question.Attached is { } attached ? PlaceOf(attached, places) : null,
            ["principal"] = question.Principal,
            ["action"] = question.Action,
            ["resource"] = question.Resource,
            ["resourceAccount"] = (question.Resource == "*" ? question.Principal : question.Resource).Split(':') is [_, _, _, _, var account, ..]
                ? account
                : "",
            ["context"] = question.Context?.DeepClone() ?? new JsonObject(),
        };

    private static int PlaceOf(string policy, Dictionary<string, int> places)
    {
        places.TryAdd(policy, places.Count);
        return places[policy];
    }

    private static string Script()
    {
        using var script = new StreamReader(typeof(IamSimulator).Assembly.GetManifestResourceStream("iam-simulate.js")!);
        return script.ReadToEnd();
    }
}
