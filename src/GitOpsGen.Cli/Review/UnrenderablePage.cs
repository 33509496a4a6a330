using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Cli.Review;

/// <summary>What markdown says where head has errors: no half report.</summary>
internal static class UnrenderablePage
{
    private const int MostFindings = 20;

    public static string Markdown(string root, ImmutableArray<Diagnostic> found)
    {
        var errors = found.Where(finding => finding.Severity == Severity.Error).ToList();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<!-- gitopsgen diff root={MarkdownPage.RootMark(root)} -->\n");
        text.Append("### GitOpsGen: This change cannot be rendered\n\n");
        foreach (var finding in errors.Take(MostFindings))
        {
            text.Append("- ")
                .Append(
                    MarkdownPage.Inline(
                        Words.Code($"{finding.Span?.Place.ToString() ?? "gitopsgen"}: {finding.Rule.Code}: {finding.Message} {finding.Fix}")
                    )
                )
                .Append('\n');
        }

        if (errors.Count > MostFindings)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nand {errors.Count - MostFindings} more\n");
        }

        return text.ToString();
    }
}
