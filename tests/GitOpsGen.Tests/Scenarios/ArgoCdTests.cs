using System.Text;
using System.Text.Json.Nodes;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>What the Application CRD lets pass and Argo CD does not, and the health rules in a real Lua.</summary>
public sealed class ArgoCdTests
{
    private static readonly string[] SourceKinds = ["chart", "path", "ref"];

    public static TheoryData<string> Scenarios => Scenario.RenderingNames;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void An_application_has_one_kind_of_source_and_one_kind_of_destination(string name)
    {
        var scenario = new Scenario(name);
        foreach (var environment in ExpectedPlan.Of(scenario).Environments)
        {
            var folder = Path.Combine(scenario.Output, "overlays", environment.Name, "argocd");
            var usesArgoCd = environment.Settings["gitops"]?["engine"]?.GetValue<string>() == "argocd";
            var expected =
                !usesArgoCd ? []
                : environment.Core is null ? ["packages.yaml"]
                : new[] { "crossplane.yaml", "packages.yaml" };
            var files = Directory.Exists(folder) ? Directory.GetFiles(folder).Where(file => Path.GetFileName(file) != "kustomization.yaml") : [];
            Assert.Equal(expected, files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
            foreach (var file in files)
                CheckApplication(Documents.Read(file)!, environment, scenario);
        }
    }

    [Fact]
    public void Argocd_cm_is_there_exactly_where_an_environment_uses_Argo_CD()
    {
        foreach (var scenario in Scenario.Rendering())
        {
            var namespaces = ExpectedPlan
                .Of(scenario)
                .All.Select(e => e.Settings["gitops"])
                .Where(g => g?["engine"]?.GetValue<string>() == "argocd")
                .Select(g => g!["argocd"]?["namespace"]?.GetValue<string>() ?? "argocd")
                .Distinct()
                .ToList();
            var path = Path.Combine(scenario.Output, "argocd-cm.yaml");
            Assert.Equal(namespaces.Count > 0, File.Exists(path));
            if (namespaces.Count > 0)
                Assert.Equal(namespaces.Count == 1 ? namespaces[0] : null, Documents.Read(path)!["metadata"]!["namespace"]?.GetValue<string>());
        }
    }

    // The 14 states of facts/reference-output.md, section 3: a condition is its type, status and the generation it was observed at.
    [Theory]
    [InlineData("{}", "Progressing")]
    [InlineData("{ status = {} }", "Progressing")]
    [InlineData("{ status = { conditions = {} } }", "Progressing")]
    [InlineData("at 1: Installed True 1", "Progressing")]
    [InlineData("at 1: Installed True, Healthy False", "Progressing")]
    [InlineData("at 1: Installed True, Healthy Unknown", "Progressing")]
    [InlineData("at 1: Installed False 1", "Degraded")]
    [InlineData("at 1: Installed True 1, Healthy True 1", "Healthy")]
    [InlineData("at 1: Installed True, Healthy True", "Healthy")] // a core before v2.0
    [InlineData("at nil: Installed True, Healthy True", "Healthy")]
    [InlineData("at 1: Installed False", "Degraded")]
    [InlineData("at 2: Installed True 1, Healthy True 1", "Progressing")]
    [InlineData("at 2: Installed False 1, Healthy True 1", "Progressing")]
    [InlineData("at 2: Installed False 2, Healthy True 1", "Degraded")] // an upgrade that failed
    public void A_packages_health_in_lua(string state, string health)
    {
        var lua = Tool.Require("lua5.1");
        foreach (var kind in new[] { "Configuration", "Function", "Provider" })
            Assert.Equal(health, Evaluate(lua, $"pkg.crossplane.io_{kind}", state.StartsWith('{') ? state : Table(state)));
    }

    [Theory]
    [InlineData("{}", "Progressing")]
    [InlineData("{ status = { health = { status = 'Degraded', message = 'x' } } }", "Degraded")]
    [InlineData("{ status = { health = { status = 'Healthy' } } }", "Healthy")]
    public void An_applications_health_is_its_own(string state, string health) =>
        Assert.Equal(health, Evaluate(Tool.Require("lua5.1"), "argoproj.io_Application", state));

    private static string Table(string state)
    {
        var colon = state.IndexOf(':', StringComparison.Ordinal);
        var (generation, conditions) = (state["at ".Length..colon], state[(colon + 1)..]);
        var tables = conditions
            .Split(',')
            .Select(condition => condition.Trim().Split(' '))
            .Select(words =>
                $"{{ type = '{words[0]}', status = '{words[1]}', message = 'm', observedGeneration = {words.ElementAtOrDefault(2) ?? "nil"} }}"
            );
        return $"{{ metadata = {{ generation = {generation} }}, status = {{ conditions = {{ {string.Join(", ", tables)} }} }} }}";
    }

    private static string Evaluate(Tool lua, string kind, string state)
    {
        var path = Path.Combine(new Scenario("one-cluster-as-in-the-article").Output, "argocd-cm.yaml");
        var rule = Documents.Read(path)!["data"]![$"resource.customizations.health.{kind}"]!.GetValue<string>();
        var program = new StringBuilder("obj = ")
            .AppendLine(state)
            .AppendLine("local function rule()")
            .AppendLine(rule)
            .AppendLine("end")
            .AppendLine("local health = rule()")
            .AppendLine("assert(type(health.message) == 'string')")
            .AppendLine("io.write(health.status)");
        return lua.Run(["-"], program.ToString()).RequireSuccess();
    }

    private static void CheckApplication(JsonNode application, ExpectedEnvironment environment, Scenario scenario)
    {
        var spec = application["spec"]!.AsObject();
        Assert.NotEqual(spec.ContainsKey("source"), spec.ContainsKey("sources"));
        Assert.NotEqual(spec["destination"]!.AsObject().ContainsKey("server"), spec["destination"]!.AsObject().ContainsKey("name"));
        Assert.Equal(environment.Namespace, spec["destination"]!["namespace"]!.GetValue<string>());
        Assert.Null(application["metadata"]!["finalizers"]);
        foreach (var source in spec["sources"]?.AsArray().ToList() ?? [spec["source"]])
        {
            // A chart, a path or only a name for others' values: one of them.
            Assert.Single(SourceKinds, key => source!.AsObject().ContainsKey(key));
            Assert.DoesNotContain("oci://", source!["repoURL"]!.GetValue<string>(), StringComparison.Ordinal);
            foreach (
                var path in Documents
                    .Strings(source["path"])
                    .Concat(Documents.Strings(source["helm"]?["valueFiles"]).Select(file => file["$values/".Length..]))
            )
            {
                Assert.True(Path.Exists(Path.Combine(scenario.Output, Path.GetRelativePath(scenario.PathInGit(environment), path))), path);
            }
        }
    }
}
