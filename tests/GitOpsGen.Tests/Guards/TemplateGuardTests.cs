using GitOpsGen.Testing;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Guards;

/// <summary>One pass finds what templates may not change, whichever command asks.</summary>
public sealed class TemplateGuardTests
{
    public static TheoryData<string> Refused =>
        [.. Scenario.All(_ => true).Where(name => name.StartsWith("a-template-that-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Lint_says_about_templates_what_check_says(string scenario)
    {
        using var run = new ScenarioRun(new(scenario));

        Assert.Equal(ScenarioRun.Lines(run.Check()), ScenarioRun.Lines(run.Lint()));
    }

    /// <summary>Equal environments are compared once. Those that differ are not among them.</summary>
    [Theory]
    [InlineData("packages/wave-{wave}/{object}.yaml", "{{ yaml package.reference }}", "evil.example.com/a/b:v1", "GOG4009")]
    [InlineData("packages/kustomization.yaml", "resources:\n", "resources:\n  - ../../env-1/packages/wave-0\n", "GOG4009")]
    [InlineData("packages/kustomization.yaml", "order: fifo", "order: legacy", "GOG4010")]
    [InlineData("argocd/packages.yaml", "targetRevision: ", "targetRevision: evil-", "GOG4010")]
    public void One_environment_of_many_that_differs_is_found(string template, string part, string other, string code)
    {
        using var run = new ScenarioRun(new("an-empty-lock"), root => Fleet(root, template, part, other));

        var found = run.Check().Diagnostics.Where(d => d.Rule.Code.StartsWith("GOG40", StringComparison.Ordinal)).ToList();

        Assert.Contains(found, d => d.Rule.Code == code);
        Assert.All(found, d => Assert.Contains("overlays/env-7/", d.Message, StringComparison.Ordinal));
    }

    private static void Fleet(string root, string template, string part, string other)
    {
        File.WriteAllText(
            Path.Combine(root, "packages.lock.yaml"),
            "lockfileVersion: 1\npackages:\n- package: xpkg.crossplane.io/crossplane/crossplane\n  kind: Crossplane\n  version: v2.3.4\n"
                + "  chart: { repository: https://charts.crossplane.io/stable, version: 2.3.4 }\n"
                + "- package: xpkg.upbound.io/upbound/provider-family-aws\n  kind: Provider\n  version: v2.2.0\n  dependsOn: []\n"
        );
        Directory.CreateDirectory(Path.Combine(root, ".config"));
        File.WriteAllText(
            Path.Combine(root, ".config", "gitopsgen.yaml"),
            "settingsVersion: 1\ndefaults:\n  registry: { host: harbor.example.com }\n  gitops:\n    engine: argocd\n"
                + "    argocd: { repoURL: https://example.com/a.git }\nenvironments:\n"
                + string.Concat(Enumerable.Range(0, 9).Select(i => $"  env-{i}: {{ gitops: {{ argocd: {{ destination: {{ name: c{i} }} }} }} }}\n"))
        );
        var file = $"overlays/{{environment}}/{template}.scriban";
        var text = File.ReadAllText(RepositoryRoot.Combine("templates", file));
        Assert.Contains(part, text, StringComparison.Ordinal);
        var path = Path.Combine(root, "templates", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(
            path,
            $"{{{{~ if environment.name == 'env-7' ~}}}}\n{text.Replace(part, other, StringComparison.Ordinal)}{{{{~ else ~}}}}\n{text}{{{{~ end ~}}}}\n"
        );
    }
}
