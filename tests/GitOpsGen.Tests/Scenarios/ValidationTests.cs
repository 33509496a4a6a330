using GitOpsGen.Inputs;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>What is rendered is what an API server with the real CRDs of Crossplane, Argo CD and Flux takes.</summary>
public sealed class ValidationTests
{
    public static TheoryData<string> Scenarios => Scenario.RenderingNames;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_object_is_valid_against_the_real_CRDs(string name)
    {
        var crds = SharedData.Require("data", "crds");
        using var run = new ScenarioRun(new(name));

        var outcome = Generator.Validate(
            new InputTree(run.Root),
            run.Options,
            new() { Crds = [crds], IsStrict = true },
            null,
            TestContext.Current.CancellationToken
        );

        // A ProviderConfig's definition comes into the cluster with its provider, and is in no data here.
        var unknown = outcome
            .Diagnostics.Where(d =>
                d.Rule.Code == "GOG7201" && d.Span!.Value.File.EndsWith("/packages/extras/providerconfig.yaml", StringComparison.Ordinal)
            )
            .ToArray();
        Assert.Equal(
            [],
            outcome.Diagnostics.Except(unknown).Where(d => d.Rule.Code.StartsWith("GOG7", StringComparison.Ordinal)).Select(d => d.ToString())
        );
        Assert.Equal((0, unknown.Length), (outcome.Validation!.Invalid, outcome.Validation.Unchecked));
    }
}
