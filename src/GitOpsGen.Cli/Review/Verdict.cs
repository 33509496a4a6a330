using GitOpsGen.Review;

namespace GitOpsGen.Cli.Review;

/// <summary>The whole report in three lines. Its counts are complete: every row below is in exactly one of them.</summary>
/// <param name="report">The report.</param>
internal sealed class Verdict(ReviewReport report)
{
    public string Title =>
        report.ChangedEnvironments == 0 && !report.IsEmpty
            ? "no environment changes"
            : $"{report.ChangedEnvironments} of {Counts.Of(report.Environments.Length, "environment")} {(report.ChangedEnvironments == 1 ? "changes" : "change")}";

    public Words Text =>
        (report.Dangerous.IsEmpty ? Words.Bold("Nothing dangerous.") : Words.Bold($"{Counts.Of(report.Told(report.Dangerous).Length, "danger")}."))
        + " "
        + string.Join(' ', Sentences());

    /// <summary>Whether somebody may do more than before.</summary>
    public string Access =>
        (report.Gained.Select(change => change.Principal).Distinct().Count(), report.NotEvaluated.Length) switch
        {
            (0, 0) => "Access does not get wider.",
            (0, var unread) => $"Access may get wider: {Counts.Of(unread, "document is", "documents are")} not evaluated.",
            (var some, 0) => $"Access gets wider for {Counts.Of(some, "principal")}.",
            var (some, unread) =>
                $"Access gets wider for {Counts.Of(some, "principal")}, and {Counts.Of(unread, "document is", "documents are")} not evaluated.",
        };

    private IEnumerable<string> Sentences()
    {
        yield return Access;
        yield return report.BaseProblem is null ? Packages() : "Packages are not compared.";
        if (report.Images.Length > 0)
            yield return $"{Counts.Of(report.Images.Length, "image")} must be in the registries before the merge.";

        if (report.HasDrift)
            yield return "Part of it is drift: no input asks for it.";
    }

    private string Packages()
    {
        var byPackage = report.Told(report.Packages).GroupBy(change => change.Package).ToList();
        var added = byPackage.Where(changes => changes.All(change => change.Step == PackageStep.New)).ToList();
        var removed = byPackage.Count(changes => changes.All(change => change.Step == PackageStep.Removed));
        var moved = byPackage.Count - added.Count - removed;
        var versions = added.SelectMany(changes => changes.Select(change => (change.Package, change.To))).Distinct().Count();
        var severe = byPackage.Count(changes => changes.Any(change => change.Step is PackageStep.Breaking or PackageStep.Major));
        ImmutableArray<string> parts =
        [
            .. Part(
                added.Count,
                count => $"{Counts.Of(count, "package is", "packages are")} new{(versions > count ? $" ({versions} versions)" : "")}"
            ),
            .. Part(
                moved,
                count =>
                    $"{(added.Count > 0 ? $"{count}" : Counts.Of(count, "package"))} {(count == 1 ? "moves" : "move")}{(severe > 0 ? $", {severe} of them breaking" : "")}"
            ),
            .. Part(removed, count => $"{(added.Count + moved > 0 ? $"{count}" : Counts.Of(count, "package"))} {(count == 1 ? "leaves" : "leave")}"),
        ];
        return parts.IsEmpty ? "No package moves." : $"{string.Join(", ", parts)}.";

        static IEnumerable<string> Part(int count, Func<int, string> words) => count > 0 ? [words(count)] : [];
    }
}
