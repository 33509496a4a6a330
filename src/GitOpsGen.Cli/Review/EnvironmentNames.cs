namespace GitOpsGen.Cli.Review;

/// <summary>How environments are named in few words.</summary>
/// <param name="all">All environments of the report.</param>
internal sealed class EnvironmentNames(ImmutableArray<string> all)
{
    private const int MostNames = 6;
    private const int FewestForGlob = 4;

    /// <summary><c>all 40</c>, <c>`prod-*` (38)</c>, <c>`dev`, `staging`</c>, or the first names and how many more.</summary>
    public Words Of(ImmutableArray<string> names) =>
        names.Length == all.Length && all.Length > 1 ? Words.Of($"all {all.Length}")
        : names.Length >= FewestForGlob && Glob(names) is { } glob ? Words.Code(glob) + $" ({names.Length})"
        : Words.Code(names, MostNames);

    // Only where it matches exactly these, among all.
    private string? Glob(ImmutableArray<string> names)
    {
        var prefix = names.Aggregate(Common)!;
        var suffix = Reversed(names.Select(Reversed).Aggregate(Common)!);
        return prefix.Length > 0 && Matching(name => name.StartsWith(prefix, StringComparison.Ordinal)) == names.Length ? $"{prefix}*"
            : suffix.Length > 0 && Matching(name => name.EndsWith(suffix, StringComparison.Ordinal)) == names.Length ? $"*{suffix}"
            : null;
    }

    private int Matching(Func<string, bool> matches) => all.Count(matches);

    private static string Common(string one, string other) => one[..one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count()];

    private static string Reversed(string text) => new([.. text.Reverse()]);
}
