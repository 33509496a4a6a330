using System.Globalization;
using System.Reflection;
using System.Text;
using GitOpsGen.Inputs;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Planning;
using GitOpsGen.Rendering;
using GitOpsGen.Settings;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Scenarios;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Docs;

/// <summary>The page of the model is what the code declares, with values that templates see in this repository.</summary>
public sealed class TemplateModelPageTests
{
    private const int LongestExample = 90;

    /// <summary>Where this repository has no value, one of these scenarios has.</summary>
    private static readonly string[] Fallbacks = ["package-options", "roles-in-another-account", "charts-in-ecr", "a-pull-secret", "argo-cd-settings", "dollar-braces"];

    [Fact]
    public void The_page_of_the_model_says_what_the_code_says()
    {
        var page = RepositoryRoot.Combine("docs", "template-model.md");
        if (Environment.GetEnvironmentVariable("GITOPSGEN_ACCEPT") == "1")
        {
            File.WriteAllText(page, Page());
            Assert.Fail("docs/template-model.md was rewritten; look at the difference and run the tests again.");
        }

        Assert.Equal(Page(), File.ReadAllText(page));
    }

    private static string Page()
    {
        var examples = new Dictionary<(string Type, string Field), string>();
        foreach (var folder in Fallbacks.Select(name => new Scenario(name).Folder).Prepend(RepositoryRoot.Combine()))
            Collect(PlanOf(folder), examples);
        var types = Types();
        var page = new StringBuilder("""
            # What templates see

            Made from the code; [templates.md](templates.md) says how to use it. `yaml` is free-form data of the user: print it with `yaml` or `json`,
            or look into it. What may be null is marked with `?`. An example is a value of this repository's own manifests, where it has one.

            ## Variables

            """);
        foreach (var type in types.Where(IsScope))
            Append(page, type, examples);
        page.Append("\n## Objects\n");
        foreach (var type in types.Where(type => !IsScope(type)))
            Append(page, type, examples);
        page.Append("\n## Functions\n`value | function argument` is `function value argument`. Operators and statements are Scriban's; other functions of Scriban do not exist here.\n\n| call | |\n|---|---|\n");
        foreach (var function in BuiltIns.Functions)
            page.Append(CultureInfo.InvariantCulture, $"| `{function.Signature}` | {function.Meaning} |\n");
        return page.ToString();
    }

    private static bool IsScope(ModelType type) => type.Name is "once" or "base" || type.Name.StartsWith("per_", StringComparison.Ordinal);

    private static List<ModelType> Types() =>
    [
        .. typeof(PlanModel).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(field => field.GetValue(null)).OfType<ModelType>()
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    private static void Append(StringBuilder page, ModelType type, Dictionary<(string Type, string Field), string> examples)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {type.Name}\n{type.Meaning}\n\n| field | type | | example |\n|---|---|---|---|\n");
        foreach (var field in type.Fields)
        {
            var example = examples.TryGetValue((type.Name, field.Name), out var value) ? $"`{value.Replace("|", "\\|", StringComparison.Ordinal)}`" : "";
            page.Append(CultureInfo.InvariantCulture, $"| `{field.Name}` | {field.Type}{(field.IsOptional ? "?" : "")} | {field.Meaning} | {example} |\n");
        }
    }

    private static void Collect(Plan plan, Dictionary<(string Type, string Field), string> examples)
    {
        Visit(PlanModel.Once.Of(new(plan)), examples);
        foreach (var package in plan.Packages)
            Visit(PlanModel.Base.Of(new(package)), examples);
        foreach (var registry in plan.Registries)
            Visit(PlanModel.PerRegistry.Of(new(registry, 1)), examples);
        foreach (var environment in plan.Environments)
        {
            var known = environment with { Extras = ["providerconfig-aws.yaml"] };
            Visit(PlanModel.PerEnvironment.Of(new(known, 1)), examples);
            foreach (var config in environment.ImageConfigs)
                Visit(PlanModel.PerImageConfig.Of(new(known, config)), examples);
            foreach (var wave in environment.Waves)
            {
                Visit(PlanModel.PerWave.Of(new(known, wave)), examples);
                foreach (var package in wave.Packages)
                    Visit(PlanModel.PerPackage.Of(new(known, wave, package)), examples);
            }
        }
    }

    private static void Visit(ModelObject model, Dictionary<(string Type, string Field), string> examples)
    {
        foreach (var member in model.GetMembers())
        {
            Assert.True(model.TryGetMember(member, out var value));
            if (Printed(value) is { } text)
                examples.TryAdd((model.TypeName, member), text);
            foreach (var inner in Inner(value))
                Visit(inner, examples);
        }
    }

    private static IEnumerable<ModelObject> Inner(object? value) => value switch
    {
        ModelObject model => [model],
        ModelList list => list.Cast<object?>().OfType<ModelObject>(),
        _ => [],
    };

    private static string? Printed(object? value)
    {
        if (value is null or ModelObject or ModelList { Count: 0 } || (value is ModelList list && list[0] is ModelObject))
            return null;
        var json = new StringBuilder();
        Assert.True(JsonWriter.TryWrite(json, ValuePrinter.ToNode(value), 0, out _));
        var line = string.Join(' ', json.ToString().Split('\n').Select(part => part.Trim()).Where(part => part.Length > 0));
        return line.Length <= LongestExample ? line : line[..LongestExample] + "…";
    }

    private static Plan PlanOf(string folder)
    {
        var inputs = new InputTree(folder);
        var cancellation = TestContext.Current.CancellationToken;
        var file = inputs.ReadSettings(cancellation);
        var settings = SettingsReader.Read(file.Path, file.Content!.Value.Span).Value!;
        var locked = inputs.ReadLockfile(settings.Lockfile, cancellation);
        var lockfile = LockfileReader.Read(locked.Path, locked.Content!.Value.Span).Value!;
        var (graphs, _) = GraphBuilder.Build(lockfile, [.. settings.Environments.Select(e => e.Name.Value)], _ => true);
        return Planner.Plan(lockfile, settings, graphs, _ => true).Plan;
    }
}
