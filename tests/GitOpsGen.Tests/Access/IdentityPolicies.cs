using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GitOpsGen.Tests.Scenarios;

namespace GitOpsGen.Tests.Access;

/// <summary>
/// What IAM says about a principal with some policies attached: denied unless a statement allows, and never where one denies.
/// Actions are compared without case; <c>*</c> and <c>?</c> in an action or resource match any characters, also <c>/</c> and <c>:</c>.
/// </summary>
internal sealed class IdentityPolicies(IEnumerable<JsonNode> documents)
{
    private readonly List<Statement> statements = [.. documents.SelectMany(document => document["Statement"]!.AsArray()).Select(Statement.Of)];

    public bool Allows(string action, string resource)
    {
        var matching = statements.Where(s => s.Actions.Any(a => a.IsMatch(action)) && s.Resources.Any(r => r.IsMatch(resource))).ToList();
        return matching.Count > 0 && !matching.Exists(s => s.Denies);
    }

    private sealed record Statement(bool Denies, IReadOnlyList<Regex> Actions, IReadOnlyList<Regex> Resources)
    {
        public static Statement Of(JsonNode? statement) => new(
            statement!["Effect"]!.GetValue<string>() == "Deny",
            [.. Documents.Strings(statement["Action"]).Select(action => Pattern(action, RegexOptions.IgnoreCase))],
            [.. Documents.Strings(statement["Resource"]).Select(resource => Pattern(resource, RegexOptions.None))]);

        private static Regex Pattern(string text, RegexOptions options) => new(
            @"\A" + Regex.Escape(text).Replace(@"\*", ".*").Replace(@"\?", ".") + @"\z", options | RegexOptions.Singleline | RegexOptions.CultureInvariant);
    }
}
