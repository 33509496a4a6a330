using System.Buffers;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Settings;

/// <summary>
/// Texts of an environment end in objects that Kustomize reads and writes anew. It writes some characters raw, which its own reader then
/// refuses (DEL, C1, U+FFFE, U+FFFF) or takes for a line break (NEL), and a block that begins with a tab. Tried with kubectl 1.32.
/// </summary>
internal static class KustomizeTexts
{
    private static readonly SearchValues<char> NotCarried = SearchValues.Create([
        .. Enumerable.Range(0x7f, 0x21).Select(c => (char)c),
        '\ufffe',
        '\uffff',
    ]);

    public static void Check(YamlMapping? environment, DiagnosticBag bag)
    {
        foreach (var (key, value) in environment?.Entries ?? [])
        {
            Check(value, key.Text == "crossplane", bag);
        }
    }

    // Helm values are a file, whose escapes Kustomize does not look at.
    private static void Check(YamlNode node, bool isCrossplane, DiagnosticBag bag)
    {
        switch (node)
        {
            case YamlScalar { Kind: ScalarKind.String } scalar:
                CheckText(scalar, bag);
                break;
            case YamlSequence list:
                foreach (var item in list.Items)
                {
                    Check(item, false, bag);
                }

                break;
            case YamlMapping mapping:
                foreach (var (key, value) in mapping.Entries.Where(entry => !isCrossplane || entry.Key.Text != "values"))
                {
                    CheckText(key, bag);
                    Check(value, false, bag);
                }

                break;
        }
    }

    private static void CheckText(YamlScalar scalar, DiagnosticBag bag)
    {
        var text = scalar.Text;
        if (text.AsSpan().IndexOfAny(NotCarried) is >= 0 and var at)
        {
            bag.Add(
                Rules.NotCarried,
                scalar.Span,
                $"'{Excerpt.Of(text)}' has the character U+{(int)text[at]:X4}, which Kustomize cannot carry: it fails, or makes a space of it.",
                "Remove the character."
            );
        }
        else if (text is ['\t', ..] && text.Contains('\n', StringComparison.Ordinal))
        {
            bag.Add(
                Rules.NotCarried,
                scalar.Span,
                $"'{Excerpt.Of(text)}' has several lines and begins with a tab: Kustomize writes it in a form that it cannot read.",
                "Begin it with another character."
            );
        }
    }
}
