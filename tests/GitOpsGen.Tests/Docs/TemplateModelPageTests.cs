using System.Globalization;
using System.Text;
using GitOpsGen.Rendering.Functions;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Variables;
using Xunit;

namespace GitOpsGen.Tests.Docs;

/// <summary>The reference for authors of templates, made from the declared model and the functions that exist.</summary>
public sealed class TemplateModelPageTests
{
    private static readonly (string What, long Most)[] Bounds =
    [
        ("characters of a template", TemplateLimits.SourceLength),
        ("characters of a number, and its exponent", TemplateLimits.NumberLength),
        ("evaluated nodes, in one file", TemplateLimits.Steps),
        ("iterations of loops, in one file", TemplateLimits.Iterations),
        ("functions called inside each other", TemplateLimits.Calls),
        ("includes inside each other", TemplateLimits.Includes),
        ("items of a list that a template makes", TemplateLimits.Items),
        ("characters of a text that a template makes", TemplateLimits.StringLength),
        ("characters of a file", TemplateLimits.OutputLength),
        ("bits of a whole number", TemplateLimits.IntegerBits),
        ("levels of a value that is printed", TemplateLimits.ValueDepth),
        ("bytes of all files", TemplateLimits.RunOutput),
    ];

    [Fact]
    public void The_reference_of_templates_says_what_they_can_read_and_call() => GeneratedPage.Is("template-model.md", Page());

    [Fact]
    public void Every_type_that_a_field_leads_to_is_in_the_reference()
    {
        var known = TemplateVariables.Types.Select(type => type.Name).Concat(["text", "flag", "number", "yaml"]).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(TemplateVariables.Types.Length, TemplateVariables.Types.Select(type => type.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(TemplateVariables.Types.SelectMany(type => type.Fields), field => Assert.Contains(ItemType(field.Type), known));
    }

    private static string Page()
    {
        var page = new StringBuilder(
            """
            # What templates can read and call

            [templates.md](templates.md) says how to write templates. The placeholders in a template's path decide which variables it has;
            their types are the first seven below.

            `text` prints as it is, `flag` is true or false, `number` is a whole number, and `yaml` is the user's own data: print it with `yaml` or `json`,
            or read its members. A field with *or null* can be null; all others always have a value. A name that does not
            exist is an error, not an empty text. The examples come from the lockfile and the settings of this repository,
            or from a scenario of its tests.

            """
        );
        var examples = ModelExamples.Collect();
        foreach (var type in TemplateVariables.Types)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"\n## {type.Name}\n\n{type.Meaning}\n\n| field | type | meaning | example |\n|---|---|---|---|\n"
            );
            foreach (var field in type.Fields)
            {
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{field.Name}` | {TypeOf(field)} | {field.Meaning} | {examples.GetValueOrDefault((type.Name, field.Name), "")} |\n"
                );
            }
        }

        page.Append(
            "\n## Functions\n\nArguments that end in `?` may be left out. There are no other functions: no clock, no random numbers, no regular expressions, no files.\n\n| function | arguments | |\n|---|---|---|\n"
        );
        foreach (var function in BuiltIns.Functions)
        {
            var arguments = function.Parameters.Select((name, i) => i < function.RequiredParameterCount ? name : $"{name}?");
            page.Append(CultureInfo.InvariantCulture, $"| `{function.Name}` | {string.Join(' ', arguments)} | {function.Meaning} |\n");
        }

        page.Append("\n## Bounds\n\n| of | at most |\n|---|---|\n");
        foreach (var (what, most) in Bounds)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {what} | {most:N0} |\n");
        }

        return page.ToString();
    }

    private static string TypeOf(ModelField field)
    {
        var item = ItemType(field.Type);
        var linked = TemplateVariables.Types.Any(type => type.Name == item) ? $"[{item}](#{item})" : item;
        return (field.Type == item ? linked : $"list of {linked}") + (field.IsOptional ? ", or null" : "");
    }

    private static string ItemType(string type) => type.StartsWith("list of ", StringComparison.Ordinal) ? type["list of ".Length..] : type;
}
