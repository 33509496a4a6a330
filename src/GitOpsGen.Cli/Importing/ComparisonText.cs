using GitOpsGen.Importing.Comparing;

namespace GitOpsGen.Cli.Importing;

/// <summary>A comparison for people: one line for each environment, and one for each difference, those first that a person has to look at.</summary>
internal static class ComparisonText
{
    // A reference with its digest fits.
    private const int LongestValue = 250;

    public static string Of(ImportComparison comparison)
    {
        var text = new StringBuilder();
        foreach (var environment in comparison.Environments)
        {
            text.AppendLine(Summary(environment));
            foreach (var difference in environment.Differences.OrderBy(difference => Order(difference.Verdict)))
                text.AppendLine($"  {Line(difference)}");
        }

        return text.Replace("\r", "").ToString();
    }

    /// <summary>What a verdict is called, in every form.</summary>
    public static string Word(Verdict verdict) =>
        verdict switch
        {
            Verdict.ByDesign => "by design",
            Verdict.Differs => "differs",
            Verdict.Missing => "missing",
            _ => "new",
        };

    private static string Summary(EnvironmentComparison environment)
    {
        var counts = environment
            .Differences.GroupBy(difference => difference.Verdict)
            .OrderBy(group => Order(group.Key))
            .Select(group => $"{group.Count()} {Word(group.Key)}");
        return $"{environment.Name}: {string.Join(", ", counts.Prepend($"{environment.Same} of {environment.Objects} objects are the same"))}";
    }

    private static string Line(ImportDifference difference)
    {
        var field = difference.Field.Length == 0 ? "" : $" {difference.Field}";
        var values = difference is { Existing: null, Rendered: null } ? "" : $" {Shown(difference.Existing)} → {Shown(difference.Rendered)}";
        string?[] why = [difference.Reason.Length == 0 ? null : difference.Reason, difference.Code, difference.Span?.Place];
        var reasons = string.Join(", ", why.OfType<string>());
        return $"{Word(difference.Verdict), -9}  {difference.Object}{field}{values}{(reasons.Length == 0 ? "" : $" ({reasons})")}";
    }

    private static string Shown(string? value) => value is null ? "(none)" : Excerpt.Of(value, LongestValue);

    private static int Order(Verdict verdict) =>
        verdict switch
        {
            Verdict.Differs => 0,
            Verdict.Missing => 1,
            Verdict.New => 2,
            _ => 3,
        };
}
