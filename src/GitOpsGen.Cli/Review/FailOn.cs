using GitOpsGen.Review;

namespace GitOpsGen.Cli.Review;

/// <summary>What a pipeline may want to stop.</summary>
internal enum FailClass
{
    /// <summary>Anything that is listed as dangerous.</summary>
    Dangerous,

    /// <summary>Somebody may do more than before, or perhaps may.</summary>
    AccessWidened,

    /// <summary>A package moves to another major version, or a minor one below 1.0.</summary>
    Major,

    /// <summary>A version has another digest.</summary>
    MovedDigest,

    /// <summary>A package or an environment leaves.</summary>
    Removed,

    /// <summary>Something differs although no input asks for it.</summary>
    Drift,
}

/// <summary><c>--fail-on</c>.</summary>
internal static class FailOn
{
    private static readonly ImmutableArray<(string Name, FailClass Class)> All =
    [
        ("dangerous", FailClass.Dangerous),
        ("access-widened", FailClass.AccessWidened),
        ("major", FailClass.Major),
        ("moved-digest", FailClass.MovedDigest),
        ("removed", FailClass.Removed),
        ("drift", FailClass.Drift),
    ];

    /// <summary>As they are typed.</summary>
    public static IEnumerable<string> Names => All.Select(known => known.Name);

    /// <summary>Reads one.</summary>
    public static bool TryParse(string text, out FailClass known)
    {
        var found = All.Where(pair => pair.Name == text).ToList();
        known = found.Count > 0 ? found[0].Class : default;
        return found.Count > 0;
    }

    /// <summary>A finding for each thing that fired.</summary>
    public static IEnumerable<Diagnostic> Fired(ReviewReport report, ImmutableArray<FailClass> asked) =>
        from known in All
        where asked.Contains(known.Class)
        from what in Found(report, known.Class).Distinct()
        select new Diagnostic(
            Rules.ChangeRefused,
            $"{known.Name}: {Excerpt.Of(what, 300)}.",
            $"Take it out of the change, or leave '{known.Name}' out of '--fail-on'.",
            null
        );

    private static IEnumerable<string> Found(ReviewReport report, FailClass known) =>
        known switch
        {
            FailClass.Dangerous => report.Told(report.Dangerous).Select(danger => $"{danger.Title.Replace('`', '\'')} ({danger.Rule.Code})"),
            FailClass.AccessWidened => report
                .Gained.GroupBy(change => (change.Principal, change.Document))
                .Select(same => $"{same.Key.Principal} gains access ({same.Key.Document})")
                .Concat(report.NotEvaluated.Select(document => $"{document.Document} changed: {document.Reason}")),
            FailClass.Major => Moves(report, PackageStep.Major, PackageStep.Breaking),
            FailClass.MovedDigest => Moves(report, PackageStep.Digest),
            FailClass.Removed => Moves(report, PackageStep.Removed)
                .Concat(report.Dangerous.Where(danger => danger.Rule == Rules.EnvironmentRemoved).SelectMany(danger => danger.Environments)),
            _ => report
                .Objects.Where(change => change.IsDrift)
                .Select(change => $"{change.Object.Kind}/{change.Object.Name}")
                .Concat(report.Gained.Concat(report.Lost).Where(change => change.IsDrift).Select(change => change.Document)),
        };

    private static IEnumerable<string> Moves(ReviewReport report, params PackageStep[] steps) =>
        report.Packages.Where(change => steps.Contains(change.Step)).Select(change => $"{change.Package} {change.From ?? "-"} → {change.To ?? "-"}");
}
