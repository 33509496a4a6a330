using GitOpsGen.Inputs;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>
/// Situations of public set-ups and bug reports, as they were written down. Each is told what is wrong with it by <c>validate</c>, with nothing left
/// unchecked, and the scenarios beside it have the form that is right.
/// </summary>
public sealed class SituationTests
{
    private static readonly Dictionary<string, (string[] Findings, string[] Scenarios)> Known = new()
    {
        ["01-drc-args"] = ([], ["a-whole-runtime"]),
        ["01b-drc-own-template"] = (
            ["templates/overlays/{environment}/packages/prerequisites/kustomization.yaml.scriban(1,1): warning GOG4008"],
            ["objects-of-the-users-own-before-the-packages", "a-runtime-that-a-template-makes"]
        ),
        ["01c-drc-ejected"] = (
            [
                "templates/overlays/{environment}/packages/prerequisites/deploymentruntimeconfig-{object}.yaml.scriban(1,1): error GOG4006",
                "templates/overlays/{environment}/packages/prerequisites/deploymentruntimeconfig-{object}.yaml.scriban(1,1): warning GOG4008",
            ],
            ["a-runtime-of-an-ejected-template"]
        ),
        ["02-shared-service-account"] = (
            [".config/gitopsgen.yaml(9,35): error GOG2206", ".config/gitopsgen.yaml(9,35): error GOG2206"],
            ["an-own-service-account-for-several-providers", "service-accounts-that-clash"]
        ),
        ["02b-irsa-annotation"] = ([], ["one-role-annotated-by-a-glob"]),
        ["03-ecr-pull-through-some-hosts"] = (
            ["packages.lock.yaml(6,13): error GOG2114", "packages.lock.yaml(11,13): error GOG2114", "packages.lock.yaml(16,13): error GOG2114"],
            ["routes-through-a-cache"]
        ),
        ["04-two-registries"] = (
            [
                "manifests/overlays/prod/packages/prerequisites/kustomization.yaml(6,5): error GOG7109",
                "templates/overlays/{environment}/packages/prerequisites/imageconfig-{imageconfig}.yaml.scriban(1,1): warning GOG4008",
                "templates/overlays/{environment}/packages/prerequisites/kustomization.yaml.scriban(1,1): warning GOG4008",
                "templates/overlays/{environment}/packages/prerequisites/kustomization.yaml.scriban(1,1): error GOG4009",
                "templates/overlays/{environment}/packages/prerequisites/kustomization.yaml.scriban(12,1): error GOG4009",
            ],
            ["routes-to-several-registries"]
        ),
        ["04b-configuration-on-family"] = ([], ["a-configuration-on-a-family"]),
        ["05-pseudo-tags"] = ([], ["a-lockfile-of-the-wrong-shape"]),
        ["06-imageconfig-verification"] = (
            ["templates/overlays/{environment}/packages/prerequisites/kustomization.yaml.scriban(1,1): warning GOG4008"],
            ["objects-of-the-users-own-before-the-packages"]
        ),
        ["08-registry-without-dot"] = ([], ["a-registry-without-a-dot", "registries-with-files-elsewhere"]),
        ["10-ironbank"] = (["packages.lock.yaml(6,12): warning GOG3104"], ["charts-behind-a-login"]),
        ["10b-chart-secretref"] = (
            [
                "packages.lock.yaml(6,12): warning GOG3104",
                "templates/overlays/{environment}/crossplane/source.yaml.scriban(1,1): warning GOG4008",
                "templates/overlays/{environment}/crossplane/source.yaml.scriban(5,1): error GOG4010",
            ],
            ["charts-behind-a-login"]
        ),
        ["12-flat-mirror"] = (["packages.lock.yaml(14,28): error GOG2101"], ["a-flat-mirror", "a-flat-mirror-with-a-collision"]),
        ["14-prerelease-dependency"] = ([], ["constraints-met", "a-constraint-that-is-not-met"]),
        ["15-flux-substitution"] = (
            [".config/gitopsgen.yaml(14,81): warning GOG1133", "packages.lock.yaml(15,11): info GOG2005"],
            ["variables-of-flux"]
        ),
        ["16-acr-workload-identity"] = ([], ["charts-behind-a-login"]),
        ["17-provider-kubernetes-incluster"] = (["packages.lock.yaml(10,11): info GOG2005"], ["extras-of-the-users-own"]),
        ["18-argocd-manual-sync"] = (
            [
                "templates/_argocd-retry.scriban(1,1): warning GOG4008",
                "templates/overlays/{environment}/argocd/crossplane.yaml.scriban(1,1): warning GOG4008",
                "templates/overlays/{environment}/argocd/packages.yaml.scriban(1,1): warning GOG4008",
            ],
            ["argo-cd-settings"]
        ),
        ["25-public-dev"] = ([], ["an-environment-without-a-registry"]),
        ["26-gar"] = ([], ["google-artifact-registry"]),
        ["30-external-secret-prerequisite"] = (
            [
                ".config/gitopsgen.yaml(5,83): warning GOG3011",
                "manifests/overlays/prod/packages/prerequisites/pull-secret.yaml(2,7): error GOG7201",
                "templates/overlays/{environment}/crossplane/network-policy.yaml.scriban(1,1): error GOG4012",
            ],
            ["objects-of-the-users-own-before-the-packages", "objects-where-no-engine-looks"]
        ),
        ["31-runtimeconfigref-missing"] = ([".config/gitopsgen.yaml(6,66): error GOG2209"], ["a-runtime-that-nothing-makes"]),
        ["35-values-packages"] = (
            [".config/gitopsgen.yaml(11,9): warning GOG3102"],
            ["helm-values-by-the-version-of-the-chart", "helm-values-that-the-chart-does-not-know"]
        ),
        ["36-existing-names"] = (
            [".config/gitopsgen.yaml(7,76): error GOG2209", "packages.lock.yaml(10,11): info GOG2005"],
            ["names-that-differ-from-the-derived-ones"]
        ),
        ["37-two-envs-one-flux"] = ([], ["one-flux-for-several-clusters", "one-engine-for-environments-that-clash"]),
    };

    public static TheoryData<string> Situations => [.. Known.Keys];

    [Fact]
    public void Every_situation_is_known_and_each_has_a_scenario()
    {
        var scenarios = Scenario.All(_ => true).ToHashSet();
        Assert.Equal([], Known.Values.SelectMany(situation => situation.Scenarios).Where(name => !scenarios.Contains(name)));
        Assert.All(Known.Values, situation => Assert.NotEmpty(situation.Scenarios));

        var folders = Directory.GetDirectories(SharedData.Require("cases", "situations")).Select(folder => Path.GetFileName(folder));
        Assert.Equal(folders.Order(StringComparer.Ordinal), Known.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Situations))]
    public void A_situation_is_told_what_is_wrong_with_it_and_no_more(string name)
    {
        var inputs = new InputTree(SharedData.Require("cases", "situations", name));

        var outcome = Generator.Validate(inputs, new(), new() { IsStrict = true }, null, TestContext.Current.CancellationToken);

        Assert.Equal(Known[name].Findings, ScenarioRun.Lines(outcome));
    }
}
