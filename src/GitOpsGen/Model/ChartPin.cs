namespace GitOpsGen.Model;

/// <summary>The core's Helm chart: its repository and its exact version.</summary>
internal sealed record ChartPin(ChartRepository Repository, ChartVersion Version);

/// <summary>Where a Helm chart comes from: an HTTPS chart repository, or the parent of the chart in an OCI registry.</summary>
internal sealed partial record ChartRepository(string Url)
{
    public static Grammar Grammar { get; } =
        new(Form(), "the chart's repository, https://… or oci://… without the chart's own name, such as https://charts.crossplane.io/stable");

    /// <summary>The address without its scheme, as Argo CD and image references write it.</summary>
    public string HostAndPath => Url[(Url.IndexOf("://", StringComparison.Ordinal) + 3)..];

    public bool IsOci => Url.StartsWith("oci://", StringComparison.Ordinal);

    public static bool TryParse(string text, [NotNullWhen(true)] out ChartRepository? repository) =>
        Grammar.TryRead(text, text => new(text.TrimEnd('/')), out repository);

    public override string ToString() => Url;

    // After oci:// the rules of image references apply: no capitals, no escapes.
    [GeneratedRegex(
        "^(?:"
            + @"https://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~%+-]+)*"
            + @"|oci://[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)*(?::[0-9]{1,5})?(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*"
            + ")/?$"
    )]
    private static partial Regex Form();
}

/// <summary>
/// A chart's exact version. Unlike a package's, it may have build metadata, because a chart repository need not be a registry.
/// For a chart in a registry, Helm writes the tag with <c>_</c> in place of <c>+</c>.
/// </summary>
internal sealed partial record ChartVersion(string Text)
{
    public static Grammar Grammar { get; } = new(Form(), "a complete semantic version, such as 2.3.4 or 2.3.4+acme.1; not 2, 2.x or latest");

    /// <summary>The version as a tag in an OCI registry.</summary>
    public string Tag => Text.Replace('+', '_');

    public static bool TryParse(string text, [NotNullWhen(true)] out ChartVersion? version) => Grammar.TryRead(text, text => new(text), out version);

    public override string ToString() => Text;

    [GeneratedRegex(
        @"^(?=.{1,128}$)v?(?:0|[1-9][0-9]{0,8})(?:\.(?:0|[1-9][0-9]{0,8})){2}"
            + @"(?:-(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?"
            + @"(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$"
    )]
    private static partial Regex Form();
}
