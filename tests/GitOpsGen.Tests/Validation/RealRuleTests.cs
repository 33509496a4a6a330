using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Yaml;
using GitOpsGen.Tests.Yaml.Shapes;
using GitOpsGen.Validation.Schemas;
using Xunit;

namespace GitOpsGen.Tests.Validation;

/// <summary>Every CEL rule of the real CRDs holds for the same values here and in another CEL (npm's <c>@marcbachmann/cel-js</c>).</summary>
public sealed partial class RealRuleTests
{
    private const string Script = """
        const { pathToFileURL } = require('url');
        import(pathToFileURL(require.resolve('@marcbachmann/cel-js'))).then(({ evaluate }) => {
          const holds = ({ rule, value }) => { try { return evaluate(rule, { self: value }) === true; } catch { return false; } };
          console.log(JSON.stringify(JSON.parse(require('fs').readFileSync(0, 'utf8')).map(holds)));
        });
        """;

    // The rule that all required fields of a provider's resources have.
    private const string Managed =
        "!('*' in self.managementPolicies || 'Create' in self.managementPolicies) || has(self.forProvider.region) || (has(self.initProvider) && has(self.initProvider.region))";

    private static readonly string[] Objects =
    [
        "{ kind: HelmRepository, provider: aws, secretRef: {}, resourceRef: { namespace: a }, region: a }",
        "{ kind: a, provider: ldap, resourceSelector: {} }",
        "{ provider: aws, certSecretRef: {}, resourceRef: {}, resourceSelector: { namespace: a } }",
    ];

    private static readonly string[] Lists = ["[Create, '*']", "[Observe]", "[]"];
    private static readonly string[] Texts = ["''", "a.b/c:v1", "a.b/c@sha256:ab", "a/b:v1", "a.b/c", "Ab", "{}", "[]", "[a]"];

    [Fact]
    public void Every_rule_holds_for_the_same_values_in_another_CEL()
    {
        var tool = Tool.Require("cel-js");
        var cases = RealCrds
            .Rules()
            .Where(rule => !CelParser.IsTransition(rule))
            .Append(Managed)
            .SelectMany(rule => ValuesFor(rule).Select(value => (Rule: rule, Value: value)))
            .ToList();
        var input = new JsonArray([
            .. cases.Select(c => new JsonObject
            {
                ["rule"] = c.Rule.Replace("__namespace__", "namespace", StringComparison.Ordinal),
                ["value"] = JsonTrees.Parse(c.Value),
            }),
        ]);
        var others = JsonSerializer.Deserialize<bool[]>(tool.Run(["-e", Script], input.ToJsonString()).RequireSuccess())!;

        Assert.InRange(cases.Count, 200, 5_000);
        Assert.All(cases.GroupBy(c => c.Rule), rule => Assert.Equal(2, rule.Select(c => Holds(c.Rule, c.Value)).Distinct().Count()));
        Assert.Equal([], cases.Zip(others).Where(pair => Holds(pair.First.Rule, pair.First.Value) != pair.Second).Select(pair => pair.First));
    }

    private static bool Holds(string rule, string value) =>
        CelParser.Parse(rule).Expression!.Evaluate(CelValue.Of(YamlText.Sound(value), null)) is { Kind: CelKind.Boolean, Truth: true };

    // Each field that the rule names is absent, or has one of the values of its type.
    private static IEnumerable<string> ValuesFor(string rule)
    {
        string[] fields = [.. Fields().Matches(rule).Select(m => m.Groups["name"].Value).Distinct()];
        IEnumerable<string> all = fields.Length == 0 ? Texts : [""];
        foreach (var field in fields)
        {
            var values = TypeOf(rule, field);
            all = [.. all.SelectMany(rest => values.Select(value => $"{rest} {field}: {value},").Prepend(rest))];
        }

        return fields.Length == 0 ? all : all.Select(entries => $"{{ {entries} }}");
    }

    private static IEnumerable<string> TypeOf(string rule, string field) =>
        Regex.IsMatch(rule, $@"self\.{field}\.\w+\b(?!\()") ? Objects
        : rule.Contains($"in self.{field}", StringComparison.Ordinal) ? Lists
        : Literals().Matches(rule).Select(m => m.Value).Distinct().Concat(["Other", "other"]);

    [GeneratedRegex(@"self\.(?<name>[a-z]\w*)(?!\w*\()", RegexOptions.ExplicitCapture)]
    private static partial Regex Fields();

    [GeneratedRegex(@"'[A-Za-z]+'")]
    private static partial Regex Literals();
}
