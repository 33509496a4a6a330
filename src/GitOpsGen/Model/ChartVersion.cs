using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace GitOpsGen.Model;

/// <summary>
/// A chart's exact version. Unlike a package's it may have build metadata, for a chart repository is no registry; where the chart
/// is in one, Helm writes the tag with <c>_</c> in place of <c>+</c>.
/// </summary>
internal sealed partial record ChartVersion(string Text)
{
    public static Grammar Grammar { get; } = new(Form(), "a complete semantic version, such as 2.3.4 or 2.3.4+acme.1; not 2, 2.x or latest");

    /// <summary>The version as a tag in an OCI registry.</summary>
    public string Tag => Text.Replace('+', '_');

    public static bool TryParse(string text, [NotNullWhen(true)] out ChartVersion? version)
    {
        version = Grammar.Matches(text) ? new(text) : null;
        return version is not null;
    }

    public override string ToString() => Text;

    [GeneratedRegex(
        @"^(?=.{1,128}$)v?(?:0|[1-9][0-9]{0,8})(?:\.(?:0|[1-9][0-9]{0,8})){2}"
            + @"(?:-(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?"
            + @"(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$"
    )]
    private static partial Regex Form();
}
