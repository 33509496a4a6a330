using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;
using Scriban.Runtime;

namespace GitOpsGen.Rendering;

/// <summary>
/// Makes nodes of a template's values, so that they can be printed. Lists that hold one list many times are small in memory and
/// endless in print, so what would be printed is counted on the way.
/// </summary>
internal sealed class ValuePrinter
{
    // What a template puts together stands in no file.
    private static readonly SourceSpan Nowhere = SourceSpan.StartOf("");

    private int length;

    /// <summary>The value as a node.</summary>
    /// <exception cref="InvalidOperationException">The value is not data.</exception>
    /// <exception cref="OverflowException">The value is nested too deep, holds itself, or would be too long.</exception>
    public static YamlNode ToNode(object? value) => new ValuePrinter().Convert(value, 0);

    private YamlNode Convert(object? value, int depth)
    {
        Count(1, depth);
        return value switch
        {
            null => YamlScalar.Null(Nowhere),
            string text => Text(text, depth),
            StringBuilderOutput captured => Text(captured.ToString(), depth),
            bool flag => YamlScalar.Boolean(flag, Nowhere),
            int or long or BigInteger => new YamlScalar(ScalarKind.Integer, Invariant(value), Nowhere),
            float or double or decimal => new YamlScalar(ScalarKind.Float, Float(value), Nowhere),
            YamlNode node => Counted(node, depth),
            YamlObject mapping => Counted(mapping.Mapping, depth),
            YamlList sequence => Counted(sequence.Sequence, depth),
            IList list => new YamlSequence([.. list.Cast<object?>().Select(item => Convert(item, depth + 1))], Nowhere),
            ModelObject model => throw new InvalidOperationException($"A '{model.TypeName}' of the model is not data; print its fields instead"),
            ScriptObject made => new YamlMapping(Entries(made, depth), Nowhere),
            _ => throw new InvalidOperationException("Only text, numbers, flags, lists and objects can be printed as data"),
        };
    }

    private ImmutableArray<YamlEntry> Entries(ScriptObject made, int depth) =>
        [.. made.Select(pair => new YamlEntry(Text(pair.Key, depth), Convert(pair.Value, depth + 1)))];

    private YamlScalar Text(string text, int depth)
    {
        Count(text.Length, depth);
        return YamlScalar.String(text, Nowhere);
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

    // The indentation counts too: sixty-four levels of it are more than most values.
    private void Count(int characters, int depth)
    {
        length += characters + depth;
        if (length > TemplateLimits.StringLength)
            throw new OverflowException($"The printed value would be longer than {TemplateLimits.StringLength} characters");
        if (depth > TemplateLimits.ValueDepth)
            throw new OverflowException($"The value is nested more than {TemplateLimits.ValueDepth} levels deep, or holds itself");
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
