using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace GitOpsGen.Model;

/// <summary>Where a Helm chart comes from: an HTTPS chart repository, or the parent of the chart in an OCI registry.</summary>
internal sealed partial record ChartRepository(string Url)
{
    public static Grammar Grammar { get; } =
        new(Form(), "the chart's repository, https://… or oci://… without the chart's own name, such as https://charts.crossplane.io/stable");

    /// <summary>The place without its scheme, as Argo CD and image references write it.</summary>
    public string HostAndPath => Url[(Url.IndexOf("://", StringComparison.Ordinal) + 3)..];

    public bool IsOci => Url.StartsWith("oci://", StringComparison.Ordinal);

    public static bool TryParse(string text, [NotNullWhen(true)] out ChartRepository? repository)
    {
        repository = Grammar.Matches(text) ? new(text.TrimEnd('/')) : null;
        return repository is not null;
    }

    public override string ToString() => Url;

    // Behind oci:// stands what an image reference has too: no capitals, no escapes.
    [GeneratedRegex(
        "^(?:"
            + @"https://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~%+-]+)*"
            + @"|oci://[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)*(?::[0-9]{1,5})?(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*"
            + ")/?$"
    )]
    private static partial Regex Form();
}
