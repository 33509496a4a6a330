using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages;

/// <summary>
/// Which entries apply in which environment: an entry with <c>environments</c> where one of its patterns matches, an entry
/// without them wherever no other entry of its package does.
/// </summary>
internal sealed class EntrySelection
{
    private const int None = -1;

    private readonly ImmutableArray<LockEntry> entries;
    private readonly ImmutableArray<EnvironmentName> environments;
    private readonly Dictionary<EnvironmentName, int> known;
    private readonly Dictionary<string, ImmutableArray<int>> byGlob = new(StringComparer.Ordinal);
    private readonly DiagnosticBag bag = new(DiagnosticBag.ReadableLimit);

    private EntrySelection(ImmutableArray<LockEntry> entries, ImmutableArray<EnvironmentName> environments)
    {
        this.entries = entries;
        this.environments = environments;
        known = environments.Select((name, number) => (name, number)).ToDictionary();
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

    // Environments are numbers here, because there may be a thousand of them, and each is met once for each package. They begin as one group, which
    // every package divides by its entries.
    private ImmutableArray<(ImmutableArray<EnvironmentName>, ImmutableArray<LockEntry>)> Group()
    {
        var groupOf = new int[environments.Length];
        var chosen = new List<int[]>();
        foreach (var package in Enumerable.Range(0, entries.Length).GroupBy(i => entries[i].Package.Value))
        {
            var choice = Choose([.. package]);
            var parts = new Dictionary<(int Group, int Entry), int>();
            for (var i = 0; i < choice.Length; i++)
            {
                parts.TryAdd((groupOf[i], choice[i]), parts.Count);
                groupOf[i] = parts[(groupOf[i], choice[i])];
            }

            chosen.Add(choice);
        }

        return
        [
            .. Enumerable
                .Range(0, environments.Length)
                .GroupBy(i => groupOf[i])
                .Select(group =>
                    (
                        group.Select(i => environments[i]).ToImmutableArray(),
                        chosen
                            .Select(choice => choice[group.First()])
                            .Where(entry => entry != None)
                            .Order()
                            .Select(i => entries[i])
                            .ToImmutableArray()
                    )
                ),
        ];
    }

    /// <summary>The entry of one package in each environment.</summary>
    private int[] Choose(int[] package)
    {
        var chosen = new int[environments.Length];
        Array.Fill(chosen, None);
        var overlaps = new OrderedDictionary<(int Entry, int Other), List<int>>();
        var fallback = None;
        foreach (var entry in package)
        {
            if (entries[entry].Environments is { } patterns)
            {
                foreach (var i in patterns.SelectMany(pattern => Matches(pattern)).Distinct())
                    Claim(i, entry);
            }
            else if (fallback != None)
            {
                ReportOverlap(entries[entry], entries[fallback], "wherever no other entry of the package does");
            }
            else
            {
                fallback = entry;
            }
        }

        chosen.AsSpan().Replace(None, fallback);
        foreach (var ((entry, other), where) in overlaps)
            ReportOverlap(entries[entry], entries[other], $"in {EnvironmentName.TextOf([.. where.Select(i => environments[i]).Order()])}");

        return chosen;

        void Claim(int i, int entry)
        {
            if (chosen[i] == None)
            {
                chosen[i] = entry;
            }
            else
            {
                overlaps.TryAdd((entry, chosen[i]), []);
                overlaps[(entry, chosen[i])].Add(i);
            }
        }
    }

    private ImmutableArray<int> Matches(Located<NamePattern> pattern)
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

    private ImmutableArray<int> Matches(NamePattern pattern)
    {
        if (!pattern.IsGlob)
            return EnvironmentName.TryParse(pattern.Value, out var name) && known.TryGetValue(name, out var one) ? [one] : [];

        if (!byGlob.TryGetValue(pattern.Value, out var matches))
            byGlob[pattern.Value] = matches = [.. Enumerable.Range(0, environments.Length).Where(i => pattern.Matches(environments[i].Value))];

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
