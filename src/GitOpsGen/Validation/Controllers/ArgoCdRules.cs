namespace GitOpsGen.Validation.Controllers;

/// <summary>What Argo CD requires of an Application beyond its CRD (argo-cd util/argo/argo.go, ValidateRepo and ValidateDestination).</summary>
internal static class ArgoCdRules
{
    public static ControllerRule[] Application { get; } =
    [
        new("spec", Sources, "Keep one of them."),
        new("spec.destination", Destination, "Give one of them."),
        .. Source("spec.source"),
        .. Source("spec.sources[]"),
        new("spec.project", Objections.Empty, "Name a project, such as default."),
    ];

    /// <summary>Whether an Application has its objects applied server-side.</summary>
    public static bool AppliesServerSide(YamlMapping application) =>
        application.At("spec", "syncPolicy", "syncOptions") is YamlSequence options
        && options.Items.Any(option => YamlScalar.TextOf(option) == "ServerSideApply=true");

    private static ControllerRule[] Source(string path) =>
        [
            new(path, Content, "Give a path in a Git repository, or a chart, or a ref that another source uses."),
            new(path, ChartWithoutVersion, "Give the version of the chart."),
            new($"{path}.repoURL", Objections.Empty, "Give the URL of the repository."),
        ];

    private static string? Sources(YamlNode node) =>
        node is not YamlMapping spec
            ? null
            : (Objections.IsAbsent(spec, "source"), Objections.IsAbsent(spec, "sources")) switch
            {
                (false, false) => "has both source and sources, of which Argo CD ignores the first",
                (true, true) when Objections.IsAbsent(spec, "sourceHydrator") => "has neither source nor sources",
                _ => null,
            };

    private static string? Destination(YamlNode node) =>
        node is not YamlMapping destination
            ? null
            : (Objections.IsAbsent(destination, "server"), Objections.IsAbsent(destination, "name")) switch
            {
                (false, false) => "has both server and name",
                (true, true) => "has neither server nor name",
                _ => null,
            };

    private static string? Content(YamlNode node) =>
        node is not YamlMapping source
            ? null
            : (Objections.IsAbsent(source, "chart"), Objections.IsAbsent(source, "path"), Objections.IsAbsent(source, "ref")) switch
            {
                (false, false, _) => "has both chart and path",
                (true, true, true) => "has neither path nor chart nor ref",
                _ => null,
            };

    private static string? ChartWithoutVersion(YamlNode node) =>
        node is YamlMapping source && !Objections.IsAbsent(source, "chart") && Objections.IsAbsent(source, "targetRevision")
            ? "has a chart without targetRevision"
            : null;
}
