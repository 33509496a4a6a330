using GitOpsGen.Lockfile;

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
                Where = use.Of(entry).ToHashSet(),
            }),
        ];
    }

    /// <summary>The entries of all packages after some moves.</summary>
    /// <param name="use">The lockfile as it was read.</param>
    /// <param name="moves">Packages that go to another version.</param>
    /// <param name="spreads">Packages that come to environments that do not have them.</param>
    public static PackageLock Apply(LockUse use, ImmutableArray<EntryMove> moves, params ImmutableArray<EntrySpread> spreads)
    {
        var (moving, spreading) = (moves.ToLookup(move => move.Entry.Package.Value), spreads.ToLookup(spread => spread.Entry.Package.Value));
        return new([
            .. use
                .Lockfile.Packages.GroupBy(entry => entry.Package.Value)
                .SelectMany(group =>
                    moving.Contains(group.Key) || spreading.Contains(group.Key)
                        ? new PackageMoves(group, use).Apply(moving[group.Key], spreading[group.Key])
                        : group
                ),
        ]);
    }

    /// <summary>An entry at another version, without what belonged to the old one.</summary>
    private static LockEntry At(LockEntry entry, PackageVersion version) =>
        entry.Version.Value == version
            ? entry
            : entry.At(version) with
            {
                Chart =
                    entry.Chart is { } chart && HasChartOfItsVersion(entry)
                        ? chart.With(chart.Value with { Version = ChartOf(version) })
                        : entry.Chart,
            };

    /// <summary>
    /// An entry with the content of another one of its package, and with its chart. What is declared in either is declared, so that it does
    /// not go with the last package that needs it.
    /// </summary>
    public static LockEntry Following(LockEntry entry, LockEntry content) =>
        entry.With(content) with
        {
            Chart = content.Chart ?? entry.Chart,
            IsIndirect = entry.IsIndirect && content.IsIndirect,
        };

    /// <summary>Whether the core's chart has the core's version, as Crossplane releases them: chart 2.3.4 for v2.3.4.</summary>
    public static bool HasChartOfItsVersion(LockEntry core) => core.Chart is { } chart && chart.Value.Version == ChartOf(core.Version.Value);

    private static ChartVersion ChartOf(PackageVersion version) => new(version.Text.TrimStart('v'));

    private IEnumerable<LockEntry> Apply(IEnumerable<EntryMove> moves, IEnumerable<EntrySpread> spreads)
    {
        foreach (var spread in spreads)
            Apply(spread);

        foreach (var move in moves)
            Apply(move);

        while (drafts.Find(draft => draft.Entry != draft.Origin && Others(draft).Any()) is { } moved)
            Join([.. drafts.Where(draft => draft == moved || IsLike(draft.Entry, moved.Entry))]);

        return drafts.Select(draft => draft.Entry);

        IEnumerable<Draft> Others(Draft draft) => drafts.Where(other => other != draft && IsLike(other.Entry, draft.Entry));
    }

    // Where a package is absent, all of its entries have lists.
    private void Apply(EntrySpread spread)
    {
        var to = drafts.Find(draft => draft.Origin == spread.Entry)!;
        var coming = patterns.Leaving(spread.Entry with { Environments = null }, spread.Where);
        to.Where.UnionWith(spread.Where);
        to.Entry = to.Entry with
        {
            Environments = to.Entry.IsIndirect && to.Where.Count == patterns.Count ? null : Union(to.Entry.Environments ?? [], coming),
        };
    }

    private void Apply(EntryMove move)
    {
        var from = drafts.Find(draft => draft.Origin == move.Entry)!;
        var moved = Moved(move);
        if (from.Where.IsSubsetOf(move.Where))
        {
            from.Entry = moved with { Environments = from.Entry.Environments };
            return;
        }

        var leaving = patterns.Leaving(move.Entry, move.Where);
        from.Where.ExceptWith(move.Where);
        from.Entry = from.Entry.Environments is null ? from.Entry : from.Entry with { Environments = patterns.Staying(from.Entry, move.Where) };
        if (drafts.Find(draft => draft != from && IsLike(draft.Entry, moved)) is { } target)
        {
            target.Where.UnionWith(move.Where);
            target.Entry = target.Entry with
            {
                IsIndirect = target.Entry.IsIndirect && moved.IsIndirect,
                Environments = target.Entry.Environments is { } present ? Union(present, leaving) : null,
            };
        }
        else
        {
            drafts.Add(new() { Entry = moved with { Index = null, Environments = leaving }, Where = move.Where.ToHashSet() });
        }
    }

    private static LockEntry Moved(EntryMove move) => move.Content is { } content ? Following(move.Entry, content) : At(move.Entry, move.To);

    /// <summary>Several entries that are alike as one, and which of them it replaces: the one without a list, else the first.</summary>
    public static (int Stays, LockEntry Joined) Join(ImmutableArray<LockEntry> same)
    {
        var stays = same.FirstOrDefault(entry => entry.Environments is null) ?? same[0];
        var known = same.FirstOrDefault(entry => entry.Digest is not null) ?? stays;
        return (
            same.IndexOf(stays),
            stays.With(known) with
            {
                IsIndirect = same.All(entry => entry.IsIndirect),
                Environments = stays.Environments is null ? null : same.Select(entry => entry.Environments!.Value).Aggregate(Union),
            }
        );
    }

    /// <summary>
    /// Whether one entry can say what two say, each for its environments: not another digest of one tag, another chart of the core, or
    /// another name of the object.
    /// </summary>
    public static bool IsLike(LockEntry left, LockEntry right) =>
        left.Version.Value == right.Version.Value
        && left.Chart?.Value == right.Chart?.Value
        && left.ObjectName == right.ObjectName
        && (left.Digest is not { } one || right.Digest is not { } other || one.Value == other.Value);

    private void Join(ImmutableArray<Draft> same)
    {
        var (stays, joined) = Join([.. same.Select(draft => draft.Entry)]);
        same[stays].Entry = joined;
        drafts.RemoveAll(draft => draft != same[stays] && same.Contains(draft));
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
internal sealed record EntryMove(LockEntry Entry, IReadOnlySet<EnvironmentName> Where, PackageVersion To)
{
    /// <summary>The entry of the package whose content follows, with its chart; <see langword="null"/> where only the version is known.</summary>
    public LockEntry? Content { get; init; }
}

/// <summary>A package comes to environments that do not have it, as an entry has it elsewhere.</summary>
internal sealed record EntrySpread(LockEntry Entry, IReadOnlySet<EnvironmentName> Where);
