using GitOpsGen.Lockfile;
using GitOpsGen.Packages.Locking;

namespace GitOpsGen.Packages.Updating;

/// <summary>
/// <c>promote</c>: the selected environments get what another one has, versions, digests, dependencies and the core with its chart, from
/// the lock alone. What a named package needs comes along. What only they have stays.
/// </summary>
internal sealed class LockPromotion
{
    private readonly LockUse use;
    private readonly EnvironmentName from;
    private readonly ILookup<Repository, LockEntry> entries;
    private readonly Dictionary<Repository, LockEntry> source;
    private readonly DiagnosticBag bag = new(DiagnosticBag.ReadableLimit);

    private LockPromotion(LockUse use, EnvironmentName from)
    {
        (this.use, this.from) = (use, from);
        entries = use.Lockfile.Packages.ToLookup(entry => entry.Package.Value);
        source = use.Lockfile.Packages.Where(entry => use.Of(entry).Contains(from)).ToDictionary(entry => entry.Package.Value);
    }

    /// <summary>What is promoted to: the environments that a name or a glob means, without the one that they follow.</summary>
    public static LockScope Scope(LockScope all, EnvironmentName from, NamePattern to) =>
        all with
        {
            IsSelected = name => name != from && to.Matches(name.Value),
            Patterns = [to],
        };

    /// <summary>The lockfile after the promotion, before the lock step.</summary>
    /// <param name="use">The lockfile as it was read; what is selected there follows.</param>
    /// <param name="from">The environment to follow.</param>
    /// <param name="names">The packages; all without a name.</param>
    public static Result<PackageLock> Of(LockUse use, EnvironmentName from, ImmutableArray<string> names) =>
        new LockPromotion(use, from).Promote(names);

    /// <summary>Why the lock step cannot be done without asking a registry.</summary>
    /// <param name="lockfile">The lockfile that it was given.</param>
    /// <param name="missing">What it would look up.</param>
    public static ImmutableArray<Diagnostic> Unknown(PackageLock lockfile, ImmutableArray<RegistryLookup> missing)
    {
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        foreach (var lookup in missing)
        {
            var entry = lockfile.Packages.FirstOrDefault(entry => IsAbout(lookup, entry));
            bag.Add(
                (entry is null ? null : LockRules.Staleness(entry))
                    ?? Unlocked($"{lookup.Repository}{(entry is null ? "" : $" {entry.Version}")}", entry)
            );
        }

        return bag.ToImmutable();
    }

    private Result<PackageLock> Promote(ImmutableArray<string> names)
    {
        var named = Named(names);
        var following = WithNeeds(named);
        foreach (var entry in following.Where(entry => entry.Digest is null || (entry.DependsOn is null && entry.Kind != PackageKind.Crossplane)))
            bag.Add(LockRules.Staleness(entry) ?? Unlocked($"{entry.Package} {entry.Version}", entry));

        if (bag.HasFixedErrors)
            return new(null, bag.ToImmutable());

        ReportStaying(names.IsEmpty ? _ => true : named.Contains);
        return new(
            PackageMoves.Apply(use, [.. following.SelectMany(Moves)], [.. following.Select(Spread).Where(spread => spread.Where.Count > 0)]),
            bag.ToImmutable()
        );
    }

    private HashSet<Repository> Named(ImmutableArray<string> names)
    {
        var named = names.IsEmpty ? source.Keys.ToHashSet() : [];
        foreach (var name in names)
        {
            var (meant, unknown) = PackageNaming.Select(use.Lockfile, [name]);
            bag.AddRange(unknown);
            if (unknown.IsEmpty && !meant.Any(entry => source.ContainsKey(entry.Package.Value)))
            {
                bag.Add(
                    new(
                        Rules.NotToPromote,
                        $"{from} has no package that is called '{Excerpt.Of(name)}'.",
                        $"Add it there first, or name a package that {from} has.",
                        meant[0].Package.Span
                    )
                );
            }

            named.UnionWith(meant.Select(entry => entry.Package.Value));
        }

        return named;
    }

    private ImmutableArray<LockEntry> WithNeeds(HashSet<Repository> named)
    {
        var following = use
            .Lockfile.Packages.Where(entry => named.Contains(entry.Package.Value) && source.GetValueOrDefault(entry.Package.Value) == entry)
            .ToList();
        var seen = following.Select(entry => entry.Package.Value).ToHashSet();
        for (var i = 0; i < following.Count; i++)
        {
            foreach (var need in following[i].DependsOn ?? [])
            {
                if (source.TryGetValue(need.Package.Value, out var entry) && seen.Add(need.Package.Value))
                    following.Add(entry);
            }
        }

        return [.. following];
    }

    private IEnumerable<EntryMove> Moves(LockEntry content) =>
        entries[content.Package.Value]
            .Where(entry => entry != content && !LockfileEditor.IsSame(entry, PackageMoves.Following(entry, content)))
            .Select(entry => new EntryMove(entry, use.SelectedOf(entry), content.Version.Value) { Content = content })
            .Where(move => move.Where.Count > 0);

    private EntrySpread Spread(LockEntry content)
    {
        var taken = entries[content.Package.Value].Select(use.Of).ToList();
        return new(content, use.Selected.Where(name => !taken.Exists(where => where.Contains(name))).ToHashSet());
    }

    private void ReportStaying(Func<Repository, bool> isNamed)
    {
        foreach (
            var entry in use.Lockfile.Packages.Where(entry =>
                !entry.IsIndirect && isNamed(entry.Package.Value) && !source.ContainsKey(entry.Package.Value) && use.SelectedOf(entry).Count > 0
            )
        )
        {
            var where = use.SelectedOf(entry).Order().ToImmutableArray();
            bag.Add(
                Rules.StaysBehind,
                entry.Package.Span,
                $"{entry.Package} {entry.Version} stays in {EnvironmentName.TextOf(where)}: {from} does not have it.",
                $"If it is not wanted there, use 'gitopsgen remove {entry.Package}{string.Concat(where.Select(name => $" --env {name}"))}'."
            );
        }
    }

    private static bool IsAbout(RegistryLookup lookup, LockEntry entry) =>
        entry.Package.Value == lookup.Repository
        && lookup switch
        {
            RegistryLookup.TagDigest tag => tag.Version == entry.Version.Value,
            RegistryLookup.Metadata meta => meta.Digest == entry.Digest?.Value,
            _ => false,
        };

    private static Diagnostic Unlocked(string what, LockEntry? entry) =>
        new(Rules.NotInTheLock, $"{what} is not locked, and a promotion asks no registry.", "Run 'gitopsgen lock' first.", entry?.Package.Span);
}
