using System.Collections;
using System.Numerics;
using GitOpsGen.Rendering.Sandbox;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Variables;
using Scriban.Runtime;

namespace GitOpsGen.Rendering.Functions;

/// <summary>
/// <c>yaml value [indent]</c> and <c>json value [indent]</c>: a value as text that every reader reads as the same value. The first
/// line continues the template's line; further lines are indented by <c>indent</c>, the indentation of that line.
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
            // Without an indent the place is not known, and only a single line is safe everywhere.
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
            throw call.Error("The value contains half a surrogate pair, which no file can contain");
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

/// <summary>
/// Turns a template's values into nodes, so that they can be printed. A list that holds another list many times is small in memory
/// and endless in print, so the printed length is counted on the way.
/// </summary>
internal sealed class ValuePrinter
{
    // A value that a template makes has no place in a file.
    private int length;

    /// <summary>The value as a node.</summary>
    /// <exception cref="InvalidOperationException">The value is not data.</exception>
    /// <exception cref="OverflowException">The value is nested too deeply, contains itself, or would be too long.</exception>
    public static YamlNode ToNode(object? value) => new ValuePrinter().Convert(value, 0);

    private YamlNode Convert(object? value, int depth)
    {
        Count(1, depth);
        return value switch
        {
            null => YamlScalar.Null(SourceSpan.Nowhere),
            string text => Text(text, depth),
            StringBuilderOutput captured => Text(captured.ToString(), depth),
            bool flag => YamlScalar.Boolean(flag, SourceSpan.Nowhere),
            int or long or BigInteger => new YamlScalar(ScalarKind.Integer, Invariant(value), SourceSpan.Nowhere),
            float or double or decimal => new YamlScalar(ScalarKind.Float, Float(value), SourceSpan.Nowhere),
            YamlNode node => Counted(node, depth),
            YamlObject mapping => Counted(mapping.Mapping, depth),
            YamlList sequence => Counted(sequence.Sequence, depth),
            IList list => new YamlSequence([.. list.Cast<object?>().Select(item => Convert(item, depth + 1))], SourceSpan.Nowhere),
            ModelObject model => throw new InvalidOperationException($"A '{model.TypeName}' of the model is not data; print its fields instead"),
            ScriptObject made => new YamlMapping(Entries(made, depth), SourceSpan.Nowhere),
            _ => throw new InvalidOperationException("Only text, numbers, flags, lists and objects can be printed as data"),
        };
    }

    private ImmutableArray<YamlEntry> Entries(ScriptObject made, int depth) =>
        [.. made.Select(pair => new YamlEntry(Text(pair.Key, depth), Convert(pair.Value, depth + 1)))];

    private YamlScalar Text(string text, int depth)
    {
        Count(text.Length, depth);
        return YamlScalar.String(text, SourceSpan.Nowhere);
    }

    private YamlNode Counted(YamlNode node, int depth)
    {
        Count(node is YamlScalar scalar ? scalar.Text.Length + 1 : 1, depth);
        switch (node)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    Counted(entry.Key, depth + 1);
                    Counted(entry.Value, depth + 1);
                }

                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                    Counted(item, depth + 1);
                break;
        }

        return node;
    }

    // Indentation counts too: at sixty-four levels it is longer than most values.
    private void Count(int characters, int depth)
    {
        length += characters + depth;
        if (length > TemplateLimits.StringLength)
            throw new OverflowException($"The printed value would be longer than {TemplateLimits.StringLength} characters");
        if (depth > TemplateLimits.ValueDepth)
            throw new OverflowException($"The value is nested more than {TemplateLimits.ValueDepth} levels deep, or contains itself");
    }

    private static string Invariant(object value) => System.Convert.ToString(value, CultureInfo.InvariantCulture)!;

    // "4" would be read back as an integer, and infinity has no spelling that YAML and JSON share.
    private static string Float(object value)
    {
        if (!double.IsFinite(System.Convert.ToDouble(value, CultureInfo.InvariantCulture)))
            throw new InvalidOperationException("Infinity and not-a-number cannot be printed as data");
        var text = Invariant(value);
        return text.AsSpan().ContainsAny('.', 'E', 'e') ? text : text + ".0";
    }
}
