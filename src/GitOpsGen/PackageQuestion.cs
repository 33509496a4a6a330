using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Rendering.Tracing;

namespace GitOpsGen;

/// <summary>Finds the package that somebody asks about: by its repository, else its object name, else the last segment of its repository.</summary>
internal static class PackageQuestion
{
    private const int SuggestionsShown = 3;

    /// <summary>Every entry of that package in the graphs, or why there is none.</summary>
    public static Result<string> Find(string asked, ImmutableArray<PackageGraph> graphs)
    {
        var entries = graphs.SelectMany(EntriesOf).Distinct().ToArray();
        var found = Matching(entries, entry => entry.Package.ToString() == asked)
            ?? Matching(entries, entry => entry.ObjectName.Value == asked)
            ?? Matching(entries, entry => entry.Package.Value.Name == asked)
            ?? [];
        return found switch
        {
            [var one] => new(one, []),
            [] => new(null, [Unknown(asked, entries)]),
            _ => new(null, [new(Rules.PackageNotFound, $"'{Excerpt.Of(asked)}' is a name of several packages.", $"Name one of {string.Join(", ", found)}.", null)]),
        };
    }

    /// <summary>What a graph has, in the order of installation; what stands in a circle last.</summary>
    public static IEnumerable<LockEntry> EntriesOf(PackageGraph graph) =>
        (graph.Core is { } core ? [core] : Enumerable.Empty<LockEntry>()).Concat(graph.Packages).Concat(graph.Unordered);

    private static string[]? Matching(LockEntry[] entries, Func<LockEntry, bool> isAsked)
    {
        var found = entries.Where(isAsked).Select(entry => entry.Package.ToString()).Distinct().Order(StringComparer.Ordinal).ToArray();
        return found.Length > 0 ? found : null;
    }

    private static Diagnostic Unknown(string asked, LockEntry[] entries)
    {
        var near = NearPaths.To(asked, entries.SelectMany(entry => (string[])[entry.Package.ToString(), entry.ObjectName.Value]).Distinct()).Take(SuggestionsShown).ToArray();
        return new(
            Rules.PackageNotFound,
            $"No package '{Excerpt.Of(asked)}' is locked for these environments.",
            near.Length > 0 ? $"Perhaps you mean {string.Join(" or ", near)}." : "Name a repository, such as xpkg.upbound.io/upbound/provider-aws-s3, or an object's name; 'gitopsgen graph' lists them.",
            null);
    }
}
