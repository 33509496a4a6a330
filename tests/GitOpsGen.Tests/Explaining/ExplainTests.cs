using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Rendering.Tracing;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Explaining;

/// <summary><c>Generator.Explain</c> over whole repositories.</summary>
public sealed class ExplainTests
{
    private const string Overlay = "overlays/tfc-cluster1/packages/wave-0/upbound-provider-family-aws.yaml";

    [Theory]
    [InlineData("manifests/" + Overlay)]
    [InlineData(Overlay)]
    [InlineData("./manifests//overlays/../" + Overlay)]
    [InlineData("manifests/" + Overlay + ":3")]
    [InlineData("manifests/" + Overlay + ":3:7")]
    [InlineData("manifests/" + Overlay + ":3:")]
    [InlineData("manifests/" + Overlay + "(3)")]
    [InlineData("manifests/" + Overlay + "(3,7)")]
    public void A_file_is_found_as_git_grep_compilers_and_we_spell_it(string target)
    {
        var (explanation, found) = Explain("one-cluster-as-in-the-article", target);
        Assert.Empty(found);
        Assert.Equal(Overlay, explanation!.Path.Value);
        Assert.Equal(
            target.Contains('3', StringComparison.Ordinal) ? [3] : Enumerable.Range(1, explanation.Lines.Length),
            explanation.Lines.Select(line => line.Number)
        );
    }

    [Theory]
    [InlineData("manifests/" + Overlay + ":99", "GOG4202")]
    [InlineData("manifests/" + Overlay + ":0", "GOG4202")]
    [InlineData("manifests/" + Overlay + ":99999999999999999999", "GOG4202")]
    [InlineData("manifests/overlays", "GOG4201", "is a folder", "overlays/tfc-cluster1/crossplane/values.yaml")]
    [InlineData("manifests", "GOG4201", "is a folder")]
    [InlineData("manifests/base/.gitopsgen", "GOG4201", "record")]
    [InlineData("manifests/overlays/tfc-cluster1/packages/wave-0/upbound-provider-famly-aws.yaml", "GOG4201", "Perhaps you mean " + Overlay)]
    [InlineData("upbound-provider-family-aws.yml", "GOG4201", "Perhaps you mean " + Overlay)]
    [InlineData("manifests/overlays/tfc-cluster1/flux/crossplane.yaml", "GOG4201", "Perhaps you mean overlays/tfc-cluster1/argocd/crossplane.yaml")] // a template is for it, and renders nothing there
    [InlineData("manifests/own.txt", "GOG4201", "somebody else's")]
    [InlineData("../outside", "GOG4201")]
    [InlineData("/etc/passwd", "GOG4201")]
    [InlineData(":", "GOG4201")]
    [InlineData("a\0b", "GOG4201")]
    public void What_cannot_be_explained_is_said_with_what_to_name_instead(string target, string code, params string[] words)
    {
        var (explanation, found) = Explain(
            "one-cluster-as-in-the-article",
            target,
            root => File.WriteAllText(Path.Combine(root, "manifests", "own.txt"), "")
        );
        Assert.Null(explanation);
        var only = Assert.Single(found);
        Assert.Equal(code, only.Rule.Code);
        Assert.All(words, word => Assert.Contains(word, $"{only.Message} {only.Fix}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_was_edited_is_explained_as_it_would_be_rendered()
    {
        var (explanation, found) = Explain(
            "one-cluster-as-in-the-article",
            Overlay,
            root => File.AppendAllText(Path.Combine(root, "manifests", Overlay), "# mine\n")
        );
        Assert.Equal(("GOG4203", Severity.Warning), (Assert.Single(found).Rule.Code, found[0].Severity));
        Assert.DoesNotContain(explanation!.Lines, line => line.Text == "# mine");
    }

    [Fact]
    public void Errors_of_the_inputs_are_said_and_nothing_is_explained()
    {
        var (explanation, found) = Explain("a-missing-dependency", Overlay);
        Assert.Null(explanation);
        Assert.Contains(found, diagnostic => diagnostic.Severity == Severity.Error);
    }

    [Fact]
    public void A_line_names_its_template_through_the_includes()
    {
        var line = Line("every-engine-in-one-project", "overlays/flux/flux/crossplane.yaml", "  namespace: ");
        var template = Assert.Single(line.Templates);
        Assert.Equal("templates/_flux-kustomization.scriban", template.Place.File);
        Assert.Equal("  namespace: {{ yaml environment.flux.namespace }}", template.Text);
        Assert.Equal("templates/overlays/{environment}/flux/crossplane.yaml.scriban", Assert.Single(template.Includes).File);
        Assert.Equal("environment.flux.namespace", Assert.Single(line.Printed).Path);
        Assert.Contains(line.Because, value => value.Path == "environment.core");
    }

    [Fact]
    public void A_setting_that_nobody_wrote_is_a_default()
    {
        var origin = Assert
            .Single(Line("one-cluster-as-in-the-article", "overlays/tfc-cluster1/argocd/packages.yaml", "    namespace: ").Printed)
            .Origins[0];
        Assert.Null(origin.Span);
        Assert.Equal("crossplane.namespace", origin.Key);
    }

    [Fact]
    public void A_setting_of_the_defaults_is_where_it_is_written()
    {
        var line = Line("defaults-under-every-environment", "overlays/inherits/crossplane/values.yaml", "replicas: ");
        Assert.Equal("defaults.crossplane.values.replicas", Assert.Single(Assert.Single(line.Printed).Origins).Key);
    }

    [Fact]
    public void Each_resource_of_a_policy_names_the_packages_that_need_it_and_a_folded_one_all_of_them()
    {
        var line = Line("wildcard-resources-folded", "iam/prod/package-manager-policy.json", "provider-*");
        var needs = Assert.Single(line.Printed).Origins.Where(origin => origin.IsNeed).Select(origin => origin.Value).ToArray();
        Assert.True(needs.Length > 1, string.Join(' ', needs));
        Assert.All(needs, need => Assert.Contains("/provider-", need, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_line_of_the_helm_values_names_its_own_place()
    {
        var (explanation, _) = Explain("helm-values-merged", "overlays/prod/crossplane/values.yaml");
        var places = explanation!
            .Lines.SelectMany(line => line.Printed)
            .SelectMany(value => value.Origins)
            .Select(origin => origin.Span)
            .Distinct()
            .Count();
        Assert.True(places > 5, $"{places}");
        Assert.All(explanation.Lines.Skip(1), line => Assert.True(line.Printed.Length + line.Because.Length > 0, line.Text));
    }

    private static ExplainedLine Line(string scenario, string path, string text)
    {
        var (explanation, found) = Explain(scenario, path);
        Assert.True(explanation is not null, string.Join('\n', found.Select(d => $"{d.Message} {d.Fix}")));
        return explanation.Lines.First(line => line.Text.Contains(text, StringComparison.Ordinal));
    }

    private static (Explanation? Explanation, Diagnostic[] Found) Explain(string scenario, string target, Action<string>? prepare = null)
    {
        using var run = new ScenarioRun(new(scenario));
        run.Render();
        prepare?.Invoke(run.Root);
        var before = run.Everything;
        var outcome = Generator.Explain(new InputTree(run.Root), run.Options, ExplainTarget.Parse(target), TestContext.Current.CancellationToken);
        Assert.Equal("", before.DifferenceTo(run.Everything));
        return (outcome.Explanation, [.. outcome.Diagnostics]);
    }
}
