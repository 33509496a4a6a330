using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Packages;

/// <summary>
/// Which entries apply in which environment: an entry with <c>environments</c> where one of its patterns matches, an entry
/// without them wherever no other entry of its package does.
/// </summary>
internal sealed class EntrySelection
{
    private readonly ImmutableArray<LockEntry> entries;
    private readonly ImmutableArray<EnvironmentName> environments;
    private readonly HashSet<EnvironmentName> known;
    private readonly Dictionary<string, ImmutableArray<EnvironmentName>> byGlob = new(StringComparer.Ordinal);
    private readonly DiagnosticBag bag = new(DiagnosticBag.ReadableLimit);

    private EntrySelection(ImmutableArray<LockEntry> entries, ImmutableArray<EnvironmentName> environments)
    {
        this.entries = entries;
        this.environments = environments;
        known = [.. environments];
    }

    /// <summary>The entries that apply together, with the environments where they do.</summary>
    public static (
        ImmutableArray<(ImmutableArray<EnvironmentName> Environments, ImmutableArray<LockEntry> Entries)> Groups,
        ImmutableArray<Diagnostic> Found
    ) Select(ImmutableArray<LockEntry> entries, ImmutableArray<EnvironmentName> environments)
    {
        var selection = new EntrySelection(entries, environments);
        return (selection.Group(), selection.bag.ToImmutable());
    }

    private ImmutableArray<(ImmutableArray<EnvironmentName>, ImmutableArray<LockEntry>)> Group()
    {
        var chosen = environments.ToDictionary(name => name, _ => new List<int>());
        foreach (var package in Enumerable.Range(0, entries.Length).GroupBy(i => entries[i].Package.Value))
        {
            Choose([.. package], chosen);
        }

        return
        [
            .. environments
                .GroupBy(name => Key(chosen[name]))
                .Select(group => (group.ToImmutableArray(), chosen[group.First()].Order().Select(i => entries[i]).ToImmutableArray())),
        ];
    }

    private static string Key(List<int> chosen) => string.Join(',', chosen.Order());

    private void Choose(int[] package, Dictionary<EnvironmentName, List<int>> chosen)
    {
        var taken = new Dictionary<EnvironmentName, int>();
        var overlaps = new OrderedDictionary<(int Index, int Other), List<EnvironmentName>>();
        var fallback = -1;
        foreach (var index in package)
        {
            if (entries[index].Environments is { } patterns)
            {
                foreach (var name in patterns.SelectMany(pattern => Matches(pattern)).Distinct())
                {
                    Claim(name, index);
                }
            }
            else if (fallback >= 0)
            {
                ReportOverlap(entries[index], entries[fallback], "wherever no other entry of the package does");
            }
            else
            {
                fallback = index;
            }
        }

        foreach (var name in environments)
        {
            if (taken.TryGetValue(name, out var index) || (index = fallback) >= 0)
            {
                chosen[name].Add(index);
            }
        }

        foreach (var ((index, other), names) in overlaps)
        {
            ReportOverlap(entries[index], entries[other], $"in {PackageGraph.TextOf([.. names.Order()])}");
        }

        void Claim(EnvironmentName name, int index)
        {
            if (!taken.TryAdd(name, index))
            {
                overlaps.TryAdd((index, taken[name]), []);
                overlaps[(index, taken[name])].Add(name);
            }
        }
    }

    private ImmutableArray<EnvironmentName> Matches(Located<NamePattern> pattern)
    {
        var matches = Matches(pattern.Value);
        if (matches.IsEmpty && pattern.Value.IsGlob)
        {
            bag.Add(
                Rules.GlobMatchesNothing,
                pattern.Span,
                $"'{pattern}' matches no environment.",
                "Remove it, or add the environment to the settings."
            );
        }
        else if (matches.IsEmpty)
        {
            bag.Add(
                Rules.UnknownEnvironment,
                pattern.Span,
                $"There is no environment '{pattern}'.",
                "Correct the name, or add the environment to the settings."
            );
        }

        return matches;
    }

    private ImmutableArray<EnvironmentName> Matches(NamePattern pattern)
    {
        if (!pattern.IsGlob)
        {
            return EnvironmentName.TryParse(pattern.Value, out var one) && known.Contains(one) ? [one] : [];
        }

        if (!byGlob.TryGetValue(pattern.Value, out var matches))
        {
            byGlob[pattern.Value] = matches = [.. environments.Where(name => pattern.Matches(name.Value))];
        }

        return matches;
    }

    private void ReportOverlap(LockEntry entry, LockEntry other, string where) =>
        bag.Add(
            Rules.OverlappingEntries,
            entry.Package.Span,
            $"{entry.Package} {entry.Version} and {other.Version} (line {other.Package.Span.Start.Line}) both apply {where}.",
            "Make the environments of the two entries disjoint."
        );
}
