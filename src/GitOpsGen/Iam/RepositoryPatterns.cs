using System.Collections.Immutable;

namespace GitOpsGen.Iam;

/// <summary>Folds repositories into patterns per folder and kind, <c>upbound/provider-*</c>, as people write them by hand.</summary>
internal static class RepositoryPatterns
{
    private static readonly ImmutableArray<string> Prefixes = ["configuration-", "function-", "provider-"];

    /// <summary>
    /// The allowed repositories, folded where the pattern reaches no locked repository that is not allowed. In an IAM resource
    /// <c>*</c> crosses <c>/</c> and matches any suffix.
    /// </summary>
    public static ImmutableSortedSet<string> Fold(ImmutableSortedSet<string> allowed, IEnumerable<string> locked)
    {
        var forbidden = locked.Where(path => !allowed.Contains(path)).ToList();
        return allowed
            .GroupBy(PatternOf)
            .SelectMany(group =>
                group.Key is { } stem && !forbidden.Exists(path => path.StartsWith(stem, StringComparison.Ordinal))
                    ? [stem + "*"]
                    : group.AsEnumerable()
            )
            .ToImmutableSortedSet(StringComparer.Ordinal);
    }

    /// <summary>Whether a pattern, or the path of one repository, is about a path.</summary>
    public static bool Matches(string pattern, string path) =>
        pattern.EndsWith('*') ? path.AsSpan().StartsWith(pattern.AsSpan(..^1)) : path == pattern;

    private static string? PatternOf(string path)
    {
        var name = path.LastIndexOf('/') + 1;
        return Prefixes.FirstOrDefault(prefix => path.AsSpan(name).StartsWith(prefix)) is { } prefix ? path[..name] + prefix : null;
    }
}
