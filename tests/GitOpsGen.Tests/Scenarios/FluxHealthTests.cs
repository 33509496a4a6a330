using System.Text.Json;
using System.Text.Json.Nodes;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>The health expressions, evaluated by a real CEL (npm's <c>@marcbachmann/cel-js</c>) on what a package's status can be.</summary>
public sealed class FluxHealthTests
{
    private const string Script = """
        const { pathToFileURL } = require('url');
        import(pathToFileURL(require.resolve('@marcbachmann/cel-js'))).then(({ evaluate }) => {
          const whole = (_, value) => typeof value === 'number' ? BigInt(value) : value; // a generation is an integer
          const cases = JSON.parse(require('fs').readFileSync(0, 'utf8'), whole);
          const answer = ({ expression, object }) => { try { return String(evaluate(expression, object)); } catch { return 'error'; } };
          console.log(JSON.stringify(cases.map(answer)));
        });
        """;

    // A condition is its type, status, the generation it was observed at, and its reason.
    // An error makes Flux wait, as InProgress does; it is expected only where there is no status at all.
    private static readonly (string State, string Health)[] States =
    [
        ("no status", "error"),
        ("status {}", "InProgress"),
        ("at 1:", "InProgress"), // an empty list of conditions
        ("at 1: Installed True 1", "InProgress"),
        ("at 1: Installed True 1, Healthy False 1", "InProgress"),
        ("at 1: Installed True 1, Healthy Unknown 1", "InProgress"),
        ("at 1: Installed False 1", "Failed"),
        ("at 1: Installed True 1, Healthy True 1", "Current"),
        ("at 1: Installed True, Healthy True", "Current"), // a core before v2.0
        ("at 1: Installed False", "Failed"),
        ("at 2: Installed True 1, Healthy True 1", "InProgress"),
        ("at 2: Installed False 1, Healthy True 1", "InProgress"),
        ("at 2: Installed False 2, Healthy True 1", "Failed"), // an upgrade that failed
        ("at 2: Installed False 2 UnpackingPackage, Healthy False 2", "Failed"),
        ("at 2: Installed False 2 InactivePackageRevision, Healthy True 2", "InProgress"), // it waits for a person to activate it
        ("at 2: Installed False 1 InactivePackageRevision, Healthy True 1", "InProgress"),
    ];

    private static readonly string[] Asked = ["failed", "current"];

    [Fact]
    public void A_packages_health_in_cel()
    {
        foreach (var expressions in ExpressionsOf("flux-with-https-charts", "defaults"))
            Assert.Equal(
                States.Select(state => $"{state.State} -> {state.Health}"),
                States.Zip(EvaluateStates(expressions!), (state, health) => $"{state.State} -> {health}")
            );
    }

    [Fact]
    public void A_recorded_packages_health_in_cel()
    {
        var recorded = RecordedPackages.Require();
        foreach (var expressions in ExpressionsOf("flux-with-https-charts", "defaults"))
            Assert.Equal(
                recorded.Select(package => $"{package.Name} -> {package.Flux}"),
                recorded.Zip(Evaluate(expressions!, recorded.Select(package => package.Object)), (package, health) => $"{package.Name} -> {health}")
            );
    }

    [Fact]
    public void A_published_expression_that_passes_too_early_is_told_apart()
    {
        // Flux's own cheat sheet: true of an empty list, and of what an older generation left behind.
        var published = new JsonObject
        {
            ["current"] = "status.conditions.filter(e, e.type == 'Healthy').all(e, e.status == 'True')",
            ["failed"] = "status.conditions.filter(e, e.type == 'Healthy').all(e, e.status == 'False')",
        };

        var wrong = States.Zip(EvaluateStates(published)).Where(pair => pair.First.Health != pair.Second).Select(pair => pair.First.State).ToList();

        Assert.Contains("at 1: Installed True 1", wrong);
        Assert.Contains("at 2: Installed False 2, Healthy True 1", wrong);
    }

    [Fact]
    public void Every_wave_asks_the_same_of_every_kind()
    {
        var known = ExpressionsOf("flux-with-https-charts", "defaults").ToJsonString();
        var waves = 0;
        foreach (var scenario in Scenario.Rendering())
        {
            foreach (var environment in ExpectedPlan.Of(scenario).Environments)
            {
                var flux = new FluxOverlay(scenario.Output, environment.Name);
                foreach (var wave in flux.Kustomizations.Where(k => FluxOverlay.NameOf(k).Contains("wave", StringComparison.Ordinal)))
                {
                    Assert.Equal(known, wave["spec"]!["healthCheckExprs"]!.ToJsonString());
                    waves++;
                }
            }
        }

        Assert.InRange(waves, 20, int.MaxValue);
        var (first, others) = (AskedOf("Configuration"), new[] { AskedOf("Function"), AskedOf("Provider") });
        Assert.All(others, other => Assert.Equal(first, other));

        string AskedOf(string kind)
        {
            var expressions = ExpressionsOf("flux-with-https-charts", "defaults").Single(e => e!["kind"]!.GetValue<string>() == kind)!;
            Assert.Equal("pkg.crossplane.io/v1", expressions["apiVersion"]!.GetValue<string>());
            return $"{expressions["current"]} {expressions["failed"]} {expressions["inProgress"]}";
        }
    }

    private static JsonArray ExpressionsOf(string scenario, string environment) =>
        new FluxOverlay(new Scenario(scenario).Output, environment).Kustomizations.Single(k => FluxOverlay.NameOf(k) == "crossplane-wave-0")["spec"]![
            "healthCheckExprs"
        ]!.AsArray();

    private static IEnumerable<string> EvaluateStates(JsonNode expressions) => Evaluate(expressions, States.Select(state => ObjectIn(state.State)));

    // As Flux combines them (fluxcd/pkg runtime/cel, StatusEvaluator): failed is asked first, an error is an error.
    private static IEnumerable<string> Evaluate(JsonNode expressions, IEnumerable<JsonObject> objects)
    {
        var cases = new JsonArray([
            .. objects.SelectMany(o =>
                Asked.Select(name => (JsonNode)new JsonObject { ["expression"] = expressions[name]!.GetValue<string>(), ["object"] = o.DeepClone() })
            ),
        ]);
        var answers = JsonSerializer.Deserialize<string[]>(Tool.Require("cel-js").Run(["-e", Script], cases.ToJsonString()).RequireSuccess())!;
        return answers
            .Chunk(2)
            .Select(answer =>
                answer switch
                {
                    ["error", _] => "error",
                    ["true", _] => "Failed",
                    [_, "error"] => "error",
                    [_, "true"] => "Current",
                    ["false", "false"] => "InProgress",
                    _ => $"{answer[0]} {answer[1]}",
                }
            );
    }

    private static JsonObject ObjectIn(string state)
    {
        if (!state.StartsWith("at ", StringComparison.Ordinal))
            return state == "no status"
                ? Parse("""{ "metadata": { "generation": 1 } }""")
                : Parse("""{ "metadata": { "generation": 1 }, "status": {} }""");
        var parts = state.Split(':');
        var conditions = parts[1]
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(condition => condition.Trim().Split(' '))
            .Select(words =>
                $$"""{ "type": "{{words[0]}}", "status": "{{words[1]}}"{{Optional(words, 2, "observedGeneration", "")}}{{Optional(words, 3, "reason", "\"")}} }"""
            );
        return Parse(
            $$"""{ "metadata": { "generation": {{parts[0]["at ".Length..]}} }, "status": { "conditions": [ {{string.Join(", ", conditions)}} ] } }"""
        );

        static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
        static string Optional(string[] words, int at, string key, string quote) =>
            words.Length > at ? $", \"{key}\": {quote}{words[at]}{quote}" : "";
    }
}
