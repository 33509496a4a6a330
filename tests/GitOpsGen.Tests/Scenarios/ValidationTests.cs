using GitOpsGen.Model;
using GitOpsGen.Tests.Validation;
using GitOpsGen.Validation;
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
        var catalogue = RealCrds.Catalogue;
        var output = RenderedScenario.Of(new(name)).Output;

        var (counts, found) = OutputValidation.Check(
            new FileTree(output.Files.Select(file => new OutputFile(RelativePath.Parse(file.Key), file.Value))),
            RelativePath.Parse("out"),
            catalogue,
            output
                .Files.Keys.Where(path => path.StartsWith("overlays/", StringComparison.Ordinal))
                .Select(path => string.Join('/', path.Split('/')[..2]))
                .Distinct()
                .ToDictionary(overlay => overlay, _ => EngineApply.ServerSide),
            jobs: 1,
            TestContext.Current.CancellationToken
        );

        // These definitions come into the cluster with a provider or another controller, and are in no data here.
        var unknown = found
            .Where(d => d.Rule.Code == "GOG7201" && Path.GetFileName(d.Span!.Value.File) is "providerconfig.yaml" or "external-secret.yaml")
            .ToArray();
        Assert.Equal([], found.Except(unknown).Where(d => d.Rule.Code.StartsWith("GOG7", StringComparison.Ordinal)).Select(d => d.ToString()));
        // One cause is one finding, whatever the number of environments.
        Assert.Equal((0, unknown.Sum(d => Math.Max(1, d.Environments.Length))), (counts.Invalid, counts.Unchecked));
    }
}
