namespace GitOpsGen.Cli.Reporting;

/// <summary>Numbers in sentences.</summary>
internal static class Counts
{
    /// <summary>For example <c>1 file</c>, <c>2 files</c>.</summary>
    public static string Of(int count, string noun) => Of(count, noun, $"{noun}s");

    /// <summary>The same for a noun whose plural is another word.</summary>
    public static string Of(int count, string one, string several) => count == 1 ? $"1 {one}" : $"{count} {several}";

    /// <summary>How large the output is.</summary>
    public static string Of(Outcome outcome) => $"{Of(outcome.FileCount, "file")}, {Of(outcome.EnvironmentCount, "environment")}";

    /// <summary>How many changes of each kind there are, for example <c>3 added, 1 removed</c>.</summary>
    public static string Of(ImmutableArray<PathChange> changes) =>
        string.Join(", ", changes.GroupBy(c => c.Kind, c => c.Word).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.First()}"));
}
