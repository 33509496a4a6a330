using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Rendering;
using GitOpsGen.Rendering.Sandbox;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Variables;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Rendering;

/// <summary>A small model, and templates given as text.</summary>
internal static class TemplateHarness
{
    private static readonly SourceSpan Nowhere = SourceSpan.StartOf("settings.yaml");

    public static ModelType<Package> PackageType { get; } =
        new(
            "package",
            "One package.",
            fields =>
            {
                fields.Text("name", "The object name.", p => p.Name);
                fields.OptionalText("digest", "The digest.", p => p.Digest);
                fields.Number("wave", "The wave.", p => p.Wave);
                fields.Flag("indirect", "Whether only others need it.", p => p.Indirect);
                fields.Choice("kind", "The kind.", p => p.Kind);
                fields.Yaml("spec", "The user's fields.", p => p.Spec);
                fields.Texts("labels", "The labels.", p => p.Labels);
                fields.List("needs", "What it depends on.", PackageType!, p => p.Needs);
            }
        );

    public static ModelType<Cluster> ClusterType { get; } =
        new(
            "cluster",
            "One environment.",
            fields =>
            {
                fields.Text("environment", "Its name.", c => c.Environment);
                fields.List("packages", "Its packages.", PackageType, c => c.Packages);
                fields.OptionalObject("core", "Crossplane itself.", PackageType, c => c.Core);
            }
        );

    public static Cluster Sample { get; } =
        new(
            "dev",
            [
                new("provider-b", 1) { Kind = Kind.HelmChart, Labels = ["x", "on"] },
                new("provider-a", 0)
                {
                    Digest = "sha256:00",
                    Indirect = true,
                    Needs = [new("family", 0)],
                    Spec = SampleSpec(),
                },
            ]
        );

    public static TemplateSet Set(params (string Name, string Text)[] templates)
    {
        var parsed = TemplateSet.Parse(templates.Select(t => new TemplateSource(t.Name, $"templates/{t.Name}.scriban", t.Text)));
        Assert.Empty(parsed.Diagnostics);
        return parsed.Value!;
    }

    public static Rendered TryRender(string text, params (string Name, string Text)[] others)
    {
        var set = Set([("out.txt", text), .. others]);
        Assert.True(set.TryGet("out.txt", out var template));
        return new TemplateRenderer(set).Render(template, ClusterType.Of(Sample), TestContext.Current.CancellationToken);
    }

    /// <summary>The rendered text; a failure fails the test.</summary>
    public static string Render(string text, params (string Name, string Text)[] others)
    {
        var rendered = TryRender(text, others);
        Assert.Null(rendered.Failure);
        return Encoding.UTF8.GetString(rendered.Content.Span);
    }

    /// <summary>The failure; a template that renders fails the test.</summary>
    public static Diagnostic Fail(string text, params (string Name, string Text)[] others)
    {
        var rendered = TryRender(text, others);
        Assert.True(rendered.Failure is not null, $"Rendered: {Encoding.UTF8.GetString(rendered.Content.Span)}");
        Assert.NotNull(rendered.Failure.Span);
        return rendered.Failure;
    }

    /// <summary><c>line,column</c> of a finding's start.</summary>
    public static string Place(Diagnostic diagnostic) => $"{diagnostic.Span!.Value.Start.Line},{diagnostic.Span.Value.Start.Column}";

    private static YamlMapping SampleSpec() =>
        new(
            [
                new(YamlScalar.String("replicas", Nowhere), new YamlScalar(ScalarKind.Integer, "2", Nowhere)),
                new(YamlScalar.String("ratio", Nowhere), new YamlScalar(ScalarKind.Float, "1.10", Nowhere)),
                new(YamlScalar.String("on", Nowhere), YamlScalar.Boolean(true, Nowhere)),
                new(
                    YamlScalar.String("args", Nowhere),
                    new YamlSequence([YamlScalar.String("--debug", Nowhere), YamlScalar.String("yes", Nowhere)], Nowhere)
                ),
                new(
                    YamlScalar.String("nested", Nowhere),
                    new YamlMapping([new(YamlScalar.String("a", Nowhere), YamlScalar.String("b", Nowhere))], Nowhere)
                ),
            ],
            Nowhere
        );

    internal enum Kind
    {
        Provider,
        HelmChart,
    }

    internal sealed record Package(string Name, int Wave)
    {
        public string? Digest { get; init; }

        public bool Indirect { get; init; }

        public Kind Kind { get; init; }

        public YamlNode? Spec { get; init; }

        public ImmutableArray<string> Labels { get; init; } = [];

        public ImmutableArray<Package> Needs { get; init; } = [];
    }

    internal sealed record Cluster(string Environment, ImmutableArray<Package> Packages)
    {
        public Package? Core { get; init; }
    }
}
