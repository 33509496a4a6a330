using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Locking;

/// <summary>
/// Finds what is needed where the same entries apply. Each round walks from what is declared through what is chosen, collects the demands on
/// each package that has no entry, and chooses its version again, until nothing changes. A round ends only when everything that it looks up
/// is known, so the result does not depend on the order of the registries' answers.
/// </summary>
/// <param name="declared">The entries that the lockfile declares.</param>
/// <param name="locked">The entries that apply, by package.</param>
internal sealed class ClosureSearch(ImmutableArray<LockEntry> declared, IReadOnlyDictionary<Repository, LockEntry> locked)
{
    private const int DependentsNamed = 4;

    private readonly HashSet<string> states = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<Repository, List<Demand>> remembered = [];
    private Dictionary<Repository, LockEntry> chosen = [];
    private bool remembers;

    /// <summary>The entries that are needed; <see langword="null"/> while that is not known.</summary>
    public ImmutableArray<LockEntry>? Find(EntryCompletion completion, VersionChoice versions, EnvironmentFindings findings)
    {
        while (true)
        {
            // Choices that undo each other would alternate for ever: once a state repeats, all earlier demands count too.
            var demands = remembers ? remembered : [];
            if (Walk(completion, demands) is not { } walk || Choose(versions, demands) is not { } next)
                return null;

            if (IsSame(next))
            {
                Report(demands.Where(pair => walk.Missing.Contains(pair.Key)), findings);
                return walk.Needed;
            }

            chosen = next;
            remembers |= !states.Add(State());
        }
    }

    private (ImmutableArray<LockEntry> Needed, HashSet<Repository> Missing)? Walk(
        EntryCompletion completion,
        OrderedDictionary<Repository, List<Demand>> demands
    )
    {
        var needed = declared.ToList();
        var (seen, missing, isKnown) = (declared.Select(e => e.Package.Value).ToHashSet(), new HashSet<Repository>(), true);
        for (var i = 0; i < needed.Count; i++)
        {
            var entry = completion.Complete(needed[i]);
            isKnown &= entry is not null;
            foreach (var dependency in entry?.DependsOn ?? [])
            {
                var target = dependency.Package.Value;
                if (!locked.TryGetValue(target, out var next))
                {
                    Add(demands, target, new(entry!, dependency));
                    next = chosen.GetValueOrDefault(target);
                }

                if (next is null)
                    missing.Add(target);
                else if (seen.Add(target))
                    needed.Add(next);
            }
        }

        return isKnown ? ([.. needed], missing) : null;
    }

    private static void Add(OrderedDictionary<Repository, List<Demand>> demands, Repository target, Demand demand)
    {
        demands.TryAdd(target, []);
        if (!demands[target].Contains(demand))
            demands[target].Add(demand);
    }

    private static Dictionary<Repository, LockEntry>? Choose(VersionChoice versions, OrderedDictionary<Repository, List<Demand>> demands)
    {
        var choices = new Dictionary<Repository, LockEntry>();
        var isKnown = true;
        foreach (var (package, dependents) in demands)
        {
            isKnown &= versions.TryChoose(package, dependents, out var choice);
            if (choice is not null)
                choices.Add(package, choice);
        }

        return isKnown ? choices : null;
    }

    private bool IsSame(Dictionary<Repository, LockEntry> next) =>
        next.Count == chosen.Count && next.All(pair => chosen.GetValueOrDefault(pair.Key) == pair.Value);

    private string State() => string.Join(' ', chosen.Select(pair => $"{pair.Key}:{pair.Value.Version}").Order(StringComparer.Ordinal));

    private static void Report(IEnumerable<KeyValuePair<Repository, List<Demand>>> unmet, EnvironmentFindings findings)
    {
        foreach (var (package, dependents) in unmet)
        {
            var different = dependents.DistinctBy(d => d.Dependency.Constraint.Value.Text).ToList();
            var rest = different.Count > DependentsNamed ? $" and {different.Count - DependentsNamed} more" : "";
            findings.Add(
                Rules.NoCommonVersion,
                different[0].Dependency.Package.Span,
                $"No published version of {package} is what {string.Join(" and ", different.Take(DependentsNamed).Select(Text))}{rest} need{(different.Count == 1 ? "s" : "")}",
                "Lock other versions of the dependents, or add an entry for the dependency with the version to use."
            );
        }
    }

    private static string Text(Demand demand) =>
        $"{demand.Dependent.ObjectName} {demand.Dependent.Version} ({Excerpt.Of(demand.Dependency.Constraint.Value.Text)})";
}
