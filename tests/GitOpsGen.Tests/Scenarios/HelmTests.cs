using System.Text.Json.Nodes;
using GitOpsGen.Planning;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>The Helm values, read back by Helm.</summary>
public sealed class HelmTests
{
    private const string RoleAnnotation = "eks.amazonaws.com/role-arn";

    [Theory]
    [InlineData("helm3")]
    [InlineData("helm4")]
    public void Helm_reads_what_was_meant(string program)
    {
        var helm = Tool.Require(program);
        using var chart = new TempFolder();
        chart.Write("Chart.yaml", "apiVersion: v2\nname: reads-back\nversion: 1.0.0\n");
        chart.Write("templates/values.yaml", "values: {{ .Values | toJson | quote }}\n");
        var cases = Cases().DistinctBy(c => File.ReadAllText(c.Path)).ToList();
        Assert.InRange(cases.Count, 10, int.MaxValue);

        Parallel.ForEach(
            cases,
            Tool.SideBySide,
            test =>
            {
                var printed = helm.Run(["template", "release", chart.Path, "--values", test.Path]).RequireSuccess();
                var read = JsonNode.Parse(Documents.ReadAll(printed).Single()!["values"]!.GetValue<string>())!.AsObject();
                read.Remove("global"); // Helm's own
                var expected = JsonNode.Parse(Expected(test.Environment).ToJsonString());
                Assert.True(
                    JsonNode.DeepEquals(expected, read),
                    $"{test.Path}: {program} reads\n{read.ToJsonString()}\nexpected\n{expected!.ToJsonString()}"
                );
            }
        );
    }

    [Theory]
    [InlineData("helm3")]
    [InlineData("helm4")]
    public void Over_the_charts_own_values_nothing_else_changes(string program)
    {
        var helm = Tool.Require(program);
        var own = SharedData.Require("data", "crossplane-chart", "values.yaml");
        using var chart = new TempFolder();
        chart.Write("Chart.yaml", "apiVersion: v2\nname: reads-back\nversion: 1.0.0\n");
        chart.Write("templates/values.yaml", "values: {{ .Values | toJson | quote }}\n");
        chart.Write("values.yaml", File.ReadAllText(own));
        var cases = Cases().DistinctBy(c => File.ReadAllText(c.Path)).ToList();

        Parallel.ForEach(
            cases,
            Tool.SideBySide,
            test =>
            {
                // Helm warns, and goes on, where a table stands over something else: those are the keys whose type the user has wrong.
                var run = helm.Run(["template", "release", chart.Path, "--values", test.Path]);
                var read = JsonNode.Parse(Documents.ReadAll(run.RequireSuccess()).Single()!["values"]!.GetValue<string>())!.AsObject();
                read.Remove("global");
                Assert.Equal("", run.Error);
                Assert.Equal(
                    Documents.Canonical(ExpectedPlan.Merge(Documents.Read(own)!, Expected(test.Environment), "")),
                    Documents.Canonical(read)
                );
            }
        );
    }

    [Fact]
    public void Every_generated_key_is_a_value_of_the_chart()
    {
        var known = Documents.Read(SharedData.Require("data", "crossplane-chart", "values.yaml"))!;
        foreach (var test in Cases().Where(c => c.Environment.Values is null))
        {
            foreach (var (key, value) in Documents.Read(test.Path)!.AsObject())
            {
                Assert.NotNull(known[key]);
                if (key is not ("customAnnotations" or "imagePullSecrets"))
                    Assert.All(value!.AsObject(), inner => Assert.True(known[key]!.AsObject().ContainsKey(inner.Key), $"{key}.{inner.Key}"));
            }
        }
    }

    [Fact]
    public void The_list_of_known_values_is_the_charts_own()
    {
        var chart = Documents.Read(SharedData.Require("data", "crossplane-chart", "values.yaml"))!.AsObject();

        // Helm passes 'global' to every chart, and the chart's helpers read 'nameOverride'.
        Assert.Equal(
            chart.Select(value => value.Key).Append("global").Append("nameOverride").Order(StringComparer.Ordinal),
            ChartValues.Known.Keys.Order(StringComparer.Ordinal)
        );
        foreach (var (key, inner) in ChartValues.Known)
        {
            if (inner is not null)
                Assert.Equal(chart[key]!.AsObject().Select(value => value.Key).Order(StringComparer.Ordinal), inner.Order(StringComparer.Ordinal));
            else if (chart[key] is JsonObject { Count: > 0 })
                Assert.Matches("^(resources|securityContext)(Crossplane|RBACManager)$", key); // Kubernetes' own types: more keys than the chart sets
        }
    }

    private static IEnumerable<(string Path, ExpectedEnvironment Environment)> Cases() =>
        from scenario in Scenario.Rendering()
        from environment in ExpectedPlan.Of(scenario).Environments
        let path = Path.Combine(scenario.Output, "overlays", environment.Name, "crossplane", "values.yaml")
        where Exists(path, environment)
        select (path, environment);

    private static bool Exists(string path, ExpectedEnvironment environment)
    {
        Assert.Equal(environment.Core is not null, File.Exists(path));
        return environment.Core is not null;
    }

    private static JsonObject Expected(ExpectedEnvironment environment)
    {
        var core = environment.Core!;
        var values = (JsonObject?)environment.Values?.DeepClone() ?? [];
        Set(values, core.Repository, "image", "repository");
        Set(values, core.Tag, "image", "tag");
        if (environment.Settings["registry"]!["pullSecret"] is { } secret)
            values["imagePullSecrets"] = new JsonArray(secret.DeepClone());
        if (environment.PackageManager is { } manager)
        {
            var role = environment.RoleArn(manager["role"]!.GetValue<string>());
            Set(values, role, "customAnnotations", RoleAnnotation);
            if (manager["oidcIssuer"] is not null)
                Set(values, role, "serviceAccount", "customAnnotations", RoleAnnotation);
        }

        return values;
    }

    private static void Set(JsonObject values, string value, params ReadOnlySpan<string> path)
    {
        foreach (var key in path[..^1])
        {
            if (values[key] is not JsonObject inner)
                values[key] = inner = [];
            values = inner;
        }

        values[path[^1]] = value;
    }
}
