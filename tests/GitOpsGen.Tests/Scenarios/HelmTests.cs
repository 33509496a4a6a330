using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GitOpsGen.Diagnostics;
using GitOpsGen.Planning;
using GitOpsGen.Testing;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>The Helm values, read back by Helm.</summary>
public sealed partial class HelmTests
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
        // Each by one of the two.
        var cases = Cases().DistinctBy(c => File.ReadAllText(c.Path)).Where((_, number) => number % 2 == (program == "helm3" ? 0 : 1)).ToList();

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

    [Theory]
    [InlineData("values-v1.14.yaml", "1.14.5")]
    [InlineData("values-v1.15.yaml", "1.15.0")]
    [InlineData("values-v1.16.yaml", "v1.16.2")]
    [InlineData("values-v1.17.yaml", "1.17.1")]
    [InlineData("values-v1.18.yaml", "1.18.0")]
    [InlineData("values-v1.19.yaml", "1.19.0-rc.1")]
    [InlineData("values-v1.20.yaml", "1.20.7")]
    [InlineData("values-v2.0.yaml", "2.0.2")]
    [InlineData("values-v2.1.yaml", "2.1.4")]
    [InlineData("values-v2.2.yaml", "2.2.0")]
    [InlineData("values-v2.3.yaml", "2.3.4")]
    [InlineData("values.yaml", "2.4.3")]
    public void The_list_of_known_values_is_the_charts_own(string file, string version)
    {
        var chart = Documents.Read(SharedData.Require("data", "crossplane-chart", file))!.AsObject();
        var known = ChartValues.OfVersion(version)!.Paths.Order(StringComparer.Ordinal).ToList();

        // Helm passes 'global' to every chart, and the chart's helpers read 'nameOverride'. What is below the others is of Kubernetes' own
        // types, which have more keys than the chart sets.
        var own = chart.SelectMany(value =>
            value.Value is JsonObject inner && !KubernetesTypes().IsMatch(value.Key)
                ? inner.Select(pair => $"{value.Key}.{pair.Key}").Prepend(value.Key)
                : [value.Key]
        );
        Assert.Equal(own.Concat(["global", "nameOverride"]).Order(StringComparer.Ordinal), known);
    }

    /// <summary>The chart's own values, and each of them as another kind of value.</summary>
    [Theory]
    [InlineData("values-v1.16.yaml", "1.16.0")]
    [InlineData("values.yaml", "2.4.0")]
    public void The_charts_own_values_have_the_form_that_it_wants(string file, string version)
    {
        var path = SharedData.Require("data", "crossplane-chart", file);
        var values = (YamlMapping)YamlReader.Read(file, File.ReadAllBytes(path)).Value!;
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);

        ChartValues.OfVersion(version)!.Check(values, bag);

        Assert.Empty(bag.ToImmutable());
    }

    [GeneratedRegex("^(resources|securityContext)(Crossplane|RBACManager)$")]
    private static partial Regex KubernetesTypes();

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
        if (core.Registry.Secret is { } secret)
            values["imagePullSecrets"] = new JsonArray(secret);
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
