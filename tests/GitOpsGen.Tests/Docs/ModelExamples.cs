using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Planning;
using GitOpsGen.Rendering.Functions;
using GitOpsGen.Rendering.Variables;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Access;
using GitOpsGen.Tests.Scenarios;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Docs;

/// <summary>A value for each field of the model, as templates see it: of this repository, or of a scenario that has one.</summary>
internal sealed class ModelExamples
{
    private const int Longest = 60;

    private static readonly string[] Fallbacks = ["package-options", "roles-in-another-account", "charts-in-ecr", "a-pull-secret", "dollar-braces"];

    private readonly Dictionary<(string Type, string Field), string> found = [];

    public static IReadOnlyDictionary<(string Type, string Field), string> Collect()
    {
        var examples = new ModelExamples();
        foreach (var scenario in Fallbacks.Prepend(RepositoryRoot.Combine()).Select(name => new Scenario(name)))
            examples.Visit(Plans.PlanOf(scenario));
        return examples.found;
    }

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Own = (
        (string[])["packages/extras", "packages/prerequisites", "packages/wave-0", "crossplane", "argocd", "flux"]
    ).ToImmutableDictionary(folder => folder, _ => ImmutableArray.Create("aws.yaml"));

    private void Visit(Plan plan)
    {
        Visit(TemplateVariables.Once.Of(new(plan)));
        foreach (var package in plan.Packages)
            Visit(TemplateVariables.Base.Of(new(package)));
        foreach (var registry in plan.Registries)
            Visit(TemplateVariables.PerRegistry.Of(new(registry, 1)));
        foreach (var environment in plan.Environments.Select(environment => new EnvironmentModel(environment, Own)))
        {
            Visit(TemplateVariables.PerEnvironment.Of(new(environment, 1)));
            foreach (var config in environment.Plan.ImageConfigs)
                Visit(TemplateVariables.PerImageConfig.Of(new(environment, config)));
            foreach (var wave in environment.Plan.Waves)
            {
                Visit(TemplateVariables.PerWave.Of(new(environment, wave)));
                foreach (var package in wave.Packages)
                    Visit(TemplateVariables.PerPackage.Of(new(environment, wave, package)));
            }
        }
    }

    private void Visit(ModelObject model)
    {
        foreach (var member in model.GetMembers())
        {
            Assert.True(model.TryGetMember(member, out var value));
            if (Printed(value) is { } text)
                found.TryAdd((model.TypeName, member), $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`");
            foreach (var inner in value is ModelList list ? list.Cast<object?>().OfType<ModelObject>() : new[] { value }.OfType<ModelObject>())
                Visit(inner);
        }
    }

    private static string? Printed(object? value)
    {
        if (value is null or ModelObject or ModelList { Count: 0 } || (value is ModelList list && list[0] is ModelObject))
            return null;
        var json = new StringBuilder();
        Assert.True(JsonWriter.TryWrite(json, ValuePrinter.ToNode(value), 0, out _));
        var line = string.Join(' ', json.ToString().Split('\n').Select(part => part.Trim()).Where(part => part.Length > 0));
        return line.Length <= Longest ? line : line[..Longest] + "…";
    }
}
