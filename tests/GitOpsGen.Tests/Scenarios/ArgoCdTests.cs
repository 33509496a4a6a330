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
            var files = Directory.Exists(folder)
                ? Directory.GetFiles(folder).Where(file => Documents.Read(file)!["kind"]!.GetValue<string>() == "Application")
                : [];
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

    // A condition is its type, status, the generation it was observed at, and its reason.
    [Theory]
    [InlineData("{ metadata = {} }", "Progressing")]
    [InlineData("{ metadata = {}, status = {} }", "Progressing")]
    [InlineData("{ metadata = {}, status = { conditions = {} } }", "Progressing")]
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
    [InlineData("at 2: Installed False 2 UnpackingPackage, Healthy False 2", "Degraded")]
    [InlineData("at 2: Installed False 2 InactivePackageRevision, Healthy True 2", "Suspended")] // it waits for a person to activate it
    [InlineData("at 2: Installed False 1 InactivePackageRevision, Healthy True 1", "Progressing")]
    [InlineData("{ metadata = {}, status = { conditions = { { type = 'Installed', status = 'False' } } } }", "Progressing")] // no reason to fail
    [InlineData("{ metadata = { annotations = { ['crossplane.io/paused'] = 'true' } } }", "Suspended")]
    [InlineData("{ metadata = { annotations = { ['crossplane.io/paused'] = 'false' } } }", "Progressing")]
    public void A_packages_health_in_lua(string state, string health)
    {
        var lua = Tool.Require("lua5.1");
        foreach (var kind in new[] { "Configuration", "Function", "Provider" })
            Assert.Equal(health, Evaluate(lua, $"pkg.crossplane.io_{kind}", state.StartsWith('{') ? state : Table(state)));
    }

    [Fact]
    public void A_recorded_packages_health_in_lua()
    {
        var lua = Tool.Require("lua5.1");
        foreach (var (name, _, health, recorded) in RecordedPackages.Require())
            Assert.Equal(
                $"{name} {health}",
                $"{name} {Evaluate(lua, $"pkg.crossplane.io_{recorded["kind"]!.GetValue<string>()}", Literal(recorded))}"
            );
    }

    /// <summary>The header of the file says how, and a patch of Kubernetes proves it; <c>kubectl apply</c> would not have kept the others.</summary>
    [Fact]
    public void The_command_in_argocd_cm_keeps_all_other_keys()
    {
        using var temp = new TempFolder();
        var output = new Scenario("one-cluster-as-in-the-article").Output;
        var header = File.ReadLines(Path.Combine(output, "argocd-cm.yaml")).Single(line => line.Contains("kubectl -n", StringComparison.Ordinal));
        temp.Write(
            "there.yaml",
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: argocd-cm, namespace: argocd, labels: { team: platform } }
            data: { url: https://argocd.example.com, resource.customizations.health.pkg.crossplane.io_Provider: old }
            """
        );

        Assert.StartsWith("#   kubectl -n argocd patch configmap argocd-cm ", header, StringComparison.Ordinal);
        var options = header[(header.IndexOf("argocd-cm ", StringComparison.Ordinal) + "argocd-cm ".Length)..].Split(' ');
        var patched = Tool.Require("kubectl")
            .Run(["patch", "--local", "-f", temp["there.yaml"], .. options, "-o", "yaml"], folder: output)
            .RequireSuccess();

        var (data, rules) = (
            Documents.ReadAll(patched).Single()!["data"]!.AsObject(),
            Documents.Read(Path.Combine(output, "argocd-cm.yaml"))!["data"]!.AsObject()
        );
        Assert.Equal("https://argocd.example.com", data["url"]!.GetValue<string>());
        Assert.All(rules, rule => Assert.Equal(rule.Value!.GetValue<string>(), data[rule.Key]!.GetValue<string>()));
        Assert.Equal(rules.Count + 1, data.Count);
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
                $"{{ type = '{words[0]}', status = '{words[1]}', message = 'm', observedGeneration = {words.ElementAtOrDefault(2) ?? "nil"}, reason = '{words.ElementAtOrDefault(3)}' }}"
            );
        return $"{{ metadata = {{ generation = {generation} }}, status = {{ conditions = {{ {string.Join(", ", tables)} }} }} }}";
    }

    private static string Literal(JsonNode? node) =>
        node switch
        {
            JsonObject mapping => $"{{ {string.Join(", ", mapping.Select(pair => $"[{Quoted(pair.Key)}] = {Literal(pair.Value)}"))} }}",
            JsonArray list => $"{{ {string.Join(", ", list.Select(Literal))} }}",
            JsonValue value when value.TryGetValue<string>(out var text) => Quoted(text),
            _ => node?.ToJsonString() ?? "nil",
        };

    private static string Quoted(string text) =>
        "\""
        + string.Concat(
            text.Select(c =>
                c is '"' or '\\' ? $"\\{c}"
                : c == '\n' ? "\\n"
                : $"{c}"
            )
        )
        + "\"";

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
        // With a limit it would stay out of sync for ever; without the refresh it would retry the commit that failed (facts/live.md, section 10).
        var (policy, asked) = (spec["syncPolicy"]!, environment.Settings["gitops"]!["argocd"]!["syncPolicy"]);
        Assert.True(
            JsonNode.DeepEquals(
                policy["retry"],
                asked?["retry"]
                    ?? JsonNode.Parse("""{ "limit": -1, "refresh": true, "backoff": { "duration": "15s", "factor": 2, "maxDuration": "5m" } }""")
            )
        );
        Assert.True(JsonNode.DeepEquals(policy["automated"], asked?["automated"] ?? JsonNode.Parse("""{ "prune": true, "selfHeal": true }""")));
        Assert.Equal(
            ["ServerSideApply=true", .. Documents.Strings(asked?["syncOptions"])],
            Documents.Strings(policy["syncOptions"]).Where(option => option is not ("PruneLast=true" or "CreateNamespace=true"))
        );
        Assert.True(JsonNode.DeepEquals(spec["ignoreDifferences"], environment.Settings["gitops"]!["argocd"]!["ignoreDifferences"]));
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
