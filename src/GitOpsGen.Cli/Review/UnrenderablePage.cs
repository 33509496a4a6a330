using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Cli.Review;

/// <summary>What markdown says where head has errors: no half report.</summary>
internal static class UnrenderablePage
{
    private const int MostFindings = 20;

    // For how many more there are.
    private const int Reserve = 30;

    public static string Markdown(string root, ImmutableArray<Diagnostic> found, int maxLength)
    {
        var errors = found.Where(finding => finding.Severity == Severity.Error).ToList();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<!-- gitopsgen diff root={MarkdownPage.RootMark(root)} -->\n");
        text.Append("### GitOpsGen: This change cannot be rendered\n\n");
        var shown = 0;
        foreach (var line in errors.Take(MostFindings).Select(Line))
        {
            if (MarkdownPage.Size($"{text}{line}") + Reserve > maxLength)
            {
                break;
            }

            text.Append(line);
            shown++;
        }

        if (errors.Count > shown)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nand {errors.Count - shown} more\n");
        }

        return text.ToString();
    }

    private static string Line(Diagnostic finding) =>
        $"- {MarkdownPage.Inline(Words.Code($"{finding.Span?.Place.ToString() ?? "gitopsgen"}: {finding.Rule.Code}: {finding.Message} {finding.Fix}"))}\n";
}
