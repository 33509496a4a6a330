using System.Text;
using GitOpsGen.Yaml;
using Scriban.Runtime;

namespace GitOpsGen.Rendering;

/// <summary>
/// <c>yaml value [indent]</c> and <c>json value [indent]</c>: a value as text that means the same value to every reader. The first
/// line continues the template's; further ones are indented by <c>indent</c>, the indentation of the line in the template.
/// </summary>
internal static class DataFunctions
{
    private const int DeepestIndent = 128;

    public static TemplateFunction Yaml { get; } =
        new("yaml", "value indent?", call => Print(call, ScalarQuoting.Quote, AppendYaml))
        {
            Meaning = "The value as YAML, quoted where any reader would take it for something else. Further lines are indented by indent.",
        };

    public static TemplateFunction Json { get; } =
        new("json", "value indent?", call => Print(call, JsonWriter.Quote, AppendJson))
        {
            Meaning = "The value as JSON. Further lines are indented by indent.",
        };

    private static string Print(TemplateCall call, Func<string, string> quote, Action<TemplateCall, StringBuilder, YamlNode, int> append)
    {
        var indent = call.Number(1, 0);
        if (indent is < 0 or > DeepestIndent)
            throw call.Error($"'indent' must be from 0 to {DeepestIndent}");
        try
        {
            var value = call[0] is StringBuilderOutput captured ? captured.ToString() : call[0];
            // Without an indent the place is not known, and only one line is safe at any.
            if (value is string text && !call.Has(1))
                return quote(text);
            var output = new StringBuilder();
            append(call, output, ValuePrinter.ToNode(value), indent);
            var printed = output.ToString();
            call.Context.OnPrinted(value, printed, indent);
            return printed;
        }
        catch (OverflowException tooMuch)
        {
            throw new TemplateLimitException(call.Span, tooMuch.Message);
        }
        catch (InvalidOperationException notData)
        {
            throw call.Error(notData.Message);
        }
        catch (ArgumentException)
        {
            throw call.Error("The value holds half a surrogate pair, which no file can hold");
        }
    }

    private static void AppendYaml(TemplateCall call, StringBuilder output, YamlNode node, int indent)
    {
        YamlWriter.Write(output, node, indent);
        output.Remove(0, indent);
        output.Length--;
    }

    private static void AppendJson(TemplateCall call, StringBuilder output, YamlNode node, int indent)
    {
        if (!JsonWriter.TryWrite(output, node, indent, out var unrepresentable))
            throw call.Error($"JSON has no number '{unrepresentable.Text}'");
    }
}
