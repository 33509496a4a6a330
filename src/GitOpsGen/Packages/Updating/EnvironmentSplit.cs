using GitOpsGen.Lockfile;
using GitOpsGen.Packages.Locking;

namespace GitOpsGen.Packages.Updating;

/// <summary>Splits the <c>environments</c> of an entry when some of them leave it, as with <c>update --env</c>. A glob stays whole where all its
/// environments go the same way; otherwise their names replace it.</summary>
internal sealed class EnvironmentSplit(LockScope scope)
{
    /// <summary>How many environments there are.</summary>
    public int Count => scope.Present.Length;

    /// <summary>The list for what leaves an entry: its own patterns that leave as a whole, the user's globs, names for the rest.</summary>
    public ImmutableArray<Located<NamePattern>> Leaving(LockEntry entry, IReadOnlySet<EnvironmentName> where)
    {
        var whole = (entry.Environments ?? [.. scope.Patterns.Where(pattern => pattern.IsGlob).Select(pattern => Located(entry, pattern))])
            .Where(pattern => Matches(pattern.Value) is { Length: > 0 } matches && matches.All(where.Contains))
            .ToList();
        return [.. whole, .. Names(entry, where.Where(name => !whole.Exists(pattern => pattern.Value.Matches(name.Value))))];
    }

    /// <summary>The list of what stays; <see langword="null"/> for an entry without a list.</summary>
    public ImmutableArray<Located<NamePattern>>? Staying(LockEntry entry, IReadOnlySet<EnvironmentName> leaving) =>
        entry.Environments is not { } patterns
            ? null
            : [.. patterns.SelectMany(pattern => Rest(entry, pattern, leaving)).DistinctBy(pattern => pattern.Value)];

    /// <summary>Names as patterns, in order.</summary>
    public static IEnumerable<Located<NamePattern>> Names(LockEntry entry, IEnumerable<EnvironmentName> names) =>
        names.Order().Select(name => Located(entry, new(name.Value)));

    private IEnumerable<Located<NamePattern>> Rest(LockEntry entry, Located<NamePattern> pattern, IReadOnlySet<EnvironmentName> leaving)
    {
        var matches = Matches(pattern.Value);
        return matches.Any(leaving.Contains) ? Names(entry, matches.Where(name => !leaving.Contains(name))) : [pattern];
    }

    private ImmutableArray<EnvironmentName> Matches(NamePattern pattern) => [.. scope.Present.Where(name => pattern.Matches(name.Value))];

    private static Located<NamePattern> Located(LockEntry entry, NamePattern pattern) => new(pattern, entry.Package.Span);
}
