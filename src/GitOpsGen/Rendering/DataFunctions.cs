using System.Text;
using GitOpsGen.Yaml;

namespace GitOpsGen.Rendering;

/// <summary>
/// <c>yaml value [indent]</c> and <c>json value [indent]</c>: a value as text that means the same value to every reader. The first
/// line continues the template's; further ones are indented by <c>indent</c>, the indentation of the line in the template.
/// </summary>
internal static class DataFunctions
{
    private const int DeepestIndent = 128;

    public static TemplateFunction Yaml { get; } = new("yaml", "value indent?", call => Print(call, AppendYaml));

    public static TemplateFunction Json { get; } = new("json", "value indent?", call => Print(call, AppendJson));

    private static string Print(TemplateCall call, Action<TemplateCall, StringBuilder, YamlNode, int?> append)
    {
        int? indent = call.Has(1) ? call.Number(1) : null;
        if (indent is < 0 or > DeepestIndent)
            throw call.Error($"'indent' must be from 0 to {DeepestIndent}");
        try
        {
            var text = new StringBuilder();
            append(call, text, ValuePrinter.ToNode(call[0]), indent);
            return text.ToString();
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

    // Without an indent the place is not known, and only one line is safe at any.
    private static void AppendYaml(TemplateCall call, StringBuilder output, YamlNode node, int? indent)
    {
        if (indent is null && node is YamlScalar { Kind: ScalarKind.String } text)
        {
            output.Append(ScalarQuoting.Quote(text.Text));
            return;
        }

        YamlWriter.Write(output, node, indent ?? 0);
        output.Remove(0, indent ?? 0);
        output.Length--;
    }

    private static void AppendJson(TemplateCall call, StringBuilder output, YamlNode node, int? indent)
    {
        if (!JsonWriter.TryWrite(output, node, indent ?? 0, out var unrepresentable))
            throw call.Error($"JSON has no number '{unrepresentable.Text}'");
    }
}
