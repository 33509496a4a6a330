using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Updating;

/// <summary>
/// Moves one package between versions, environment by environment. What leaves an entry joins the entry that already has the
/// version, or becomes a new entry. When the last environment has followed, one entry is left: the one without a list, if there is one,
/// with all that a person wrote there.
/// </summary>
internal sealed class PackageMoves
{
    private readonly EnvironmentSplit patterns;
    private readonly List<Draft> drafts;

    private PackageMoves(IEnumerable<LockEntry> entries, LockUse use)
    {
        patterns = new(use.Scope);
        drafts =
        [
            .. entries.Select(entry => new Draft
            {
                Entry = entry,
                Origin = entry,
                Where = [.. use.Of(entry)],
            }),
        ];
    }

    /// <summary>The entries of all packages after some moves.</summary>
    public static PackageLock Apply(PackageLock lockfile, LockUse use, ImmutableArray<EntryMove> moves)
    {
        var byPackage = moves.ToLookup(move => move.Entry.Package.Value);
        return new([
            .. lockfile
                .Packages.GroupBy(entry => entry.Package.Value)
                .SelectMany(group => byPackage.Contains(group.Key) ? new PackageMoves(group, use).Apply(byPackage[group.Key]) : group),
        ]);
    }

    /// <summary>An entry at another version, without what belonged to the old one.</summary>
    public static LockEntry At(LockEntry entry, PackageVersion version) =>
        entry.Version.Value == version
            ? entry
            : entry with
            {
                Version = new(version, entry.Version.Span),
                Locked = null,
                UnboundDigest = null,
                Published = null,
                Attached = null,
                RequiresCrossplane = null,
                DependsOn = null,
                Chart =
                    entry.Chart is { } chart && HasChartOfItsVersion(entry)
                        ? chart.With(chart.Value with { Version = ChartOf(version) })
                        : entry.Chart,
            };

    /// <summary>Whether the core's chart has the core's version, as Crossplane releases them: chart 2.3.4 for v2.3.4.</summary>
    public static bool HasChartOfItsVersion(LockEntry core) => core.Chart is { } chart && chart.Value.Version == ChartOf(core.Version.Value);

    private static ChartVersion ChartOf(PackageVersion version) => new(version.Text.TrimStart('v'));

    private IEnumerable<LockEntry> Apply(IEnumerable<EntryMove> moves)
    {
        foreach (var move in moves)
        {
            Apply(move);
        }

        foreach (
            var same in drafts
                .GroupBy(draft => draft.Entry.Version.Value)
                .Where(group => group.Count() > 1 && group.Any(draft => draft.Entry != draft.Origin))
                .ToList()
        )
        {
            Join([.. same]);
        }

        return drafts.Select(draft => draft.Entry);
    }

    private void Apply(EntryMove move)
    {
        var from = drafts.Find(draft => draft.Origin == move.Entry)!;
        if (from.Where.IsSubsetOf(move.Where))
        {
            from.Entry = At(from.Entry, move.To);
            return;
        }

        var leaving = patterns.Leaving(move.Entry, move.Where);
        from.Where.ExceptWith(move.Where);
        from.Entry = from.Entry.Environments is null ? from.Entry : from.Entry with { Environments = patterns.Staying(from.Entry, move.Where) };
        if (drafts.Find(draft => draft != from && draft.Entry.Version.Value == move.To) is { } target)
        {
            target.Where.UnionWith(move.Where);
            target.Entry = target.Entry.Environments is { } present ? target.Entry with { Environments = Union(present, leaving) } : target.Entry;
        }
        else
        {
            drafts.Add(new() { Entry = At(move.Entry, move.To) with { Index = null, Environments = leaving }, Where = [.. move.Where] });
        }
    }

    private void Join(ImmutableArray<Draft> same)
    {
        var stays = same.FirstOrDefault(draft => draft.Entry.Environments is null) ?? same[0];
        var known = same.FirstOrDefault(draft => draft.Entry.Digest is not null)?.Entry ?? stays.Entry;
        stays.Entry = stays.Entry with
        {
            Locked = known.Locked,
            UnboundDigest = known.UnboundDigest,
            Published = known.Published,
            Attached = known.Attached,
            RequiresCrossplane = known.RequiresCrossplane,
            DependsOn = known.DependsOn,
            IsIndirect = same.All(draft => draft.Entry.IsIndirect),
            Environments = stays.Entry.Environments is null ? null : same.Select(draft => draft.Entry.Environments!.Value).Aggregate(Union),
        };
        drafts.RemoveAll(draft => draft != stays && same.Contains(draft));
    }

    private static ImmutableArray<Located<NamePattern>> Union(
        ImmutableArray<Located<NamePattern>> left,
        ImmutableArray<Located<NamePattern>> right
    ) => [.. left.Concat(right).DistinctBy(pattern => pattern.Value)];

    /// <summary>An entry while packages move.</summary>
    private sealed class Draft
    {
        public required LockEntry Entry { get; set; }

        /// <summary>The entry of the file; <see langword="null"/> for a new one.</summary>
        public LockEntry? Origin { get; init; }

        public required HashSet<EnvironmentName> Where { get; init; }
    }
}

/// <summary>A package moves to another version in some of the environments where an entry applies.</summary>
internal sealed record EntryMove(LockEntry Entry, ImmutableHashSet<EnvironmentName> Where, PackageVersion To);
