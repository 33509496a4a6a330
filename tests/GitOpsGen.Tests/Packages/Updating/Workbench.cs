using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Packages.Updating;
using GitOpsGen.Tests.Packages.Locking;
using GitOpsGen.Tests.Yaml;

namespace GitOpsGen.Tests.Packages.Updating;

/// <summary>The bytes of a lockfile, and the commands that edit it against what is published, as the program runs them.</summary>
internal sealed class Workbench
{
    private static readonly ImmutableArray<EnvironmentName> Environments = World.Scope(RandomWorld.Environments).Environments;

    private readonly World world;

    public Workbench(RandomWorld random, bool hasLists = true)
    {
        world = random.Publish();
        var lines = random.Lines().Select(line => hasLists ? line : line.Split(" [")[0]);
        Text = Commented(LockLines.File(lines));
        Lockfile = LockLines.Parse(Text);
        IsLocked = Lock();
    }

    /// <summary>Whether there is a lockfile to begin with: not every random one can be locked.</summary>
    public bool IsLocked { get; }

    public string Text { get; private set; }

    public PackageLock Lockfile { get; private set; }

    /// <summary>What the last command did to entries.</summary>
    public ImmutableArray<LockfileChange> Changes { get; private set; } = [];

    public bool Lock() => Complete(Lockfile, Scope("*"), isOffline: false);

    public bool Update(string pattern, ImmutableArray<string> names, UpdateLimits limits)
    {
        var scope = Scope(pattern);
        return Complete(LockUpdate.Of(Named(names), new(Lockfile, scope), limits, Catalogue()).Value, scope, isOffline: false);
    }

    public bool Add(string pattern, string path)
    {
        var scope = Scope(pattern);
        var repository = new Repository("x.io", path);
        var addition = new LockAddition(new(Lockfile, scope), new(repository, null));
        return Complete(addition.With(new(world.Tags(path)), false, SourceSpan.StartOf(YamlText.File)).Value, scope, isOffline: false);
    }

    public bool Remove(string pattern, string path)
    {
        var scope = Scope(pattern);
        return Complete(LockRemoval.Of(Named([path]), new(Lockfile, scope)).Value, scope, isOffline: false);
    }

    public bool Promote(string from, string to, ImmutableArray<string> names)
    {
        var scope = LockPromotion.Scope(Scope("*"), Name(from), new(to));
        return scope.Environments.Any(scope.IsSelected)
            && Complete(LockPromotion.Of(new(Lockfile, scope), Name(from), names).Value, scope, isOffline: true);
    }

    /// <summary>What applies in an environment.</summary>
    public Dictionary<Repository, LockEntry> In(string environment) => In(Lockfile, environment);

    public static Dictionary<Repository, LockEntry> In(PackageLock lockfile, string environment) =>
        EntrySelection
            .Select(lockfile.Packages, Environments)
            .Groups.Single(group => group.Environments.Contains(Name(environment)))
            .Entries.ToDictionary(entry => entry.Package.Value);

    /// <summary>Everything that a promotion copies.</summary>
    public static string Content(LockEntry entry) =>
        $"{entry.Package} {entry.Version} {entry.Locked} {entry.Published} {entry.RequiresCrossplane} {string.Join(", ", (entry.DependsOn ?? []).Select(need => $"{need.Package} {need.Constraint}"))}";

    /// <summary>The lines of an entry, as they are in the file.</summary>
    public static string LinesOf(string text, LockEntry entry)
    {
        var lines = text.Split('\n');
        var end = entry.Span.Start.Line; // an entry ends where the next begins, or a comment or an empty line before that
        while (end < lines.Length && lines[end].StartsWith("    ", StringComparison.Ordinal))
            end++;
        return string.Join('\n', lines[(entry.Span.Start.Line - 1)..end]);
    }

    private ImmutableArray<LockEntry> Named(ImmutableArray<string> names) =>
        LockUpdate.Movable(PackageNaming.Select(Lockfile, [.. names.Where(IsThere)]).Entries, names);

    private bool IsThere(string path) => Lockfile.Packages.Any(entry => entry.Package.Value.Path == path);

    private VersionCatalogue Catalogue()
    {
        var asked = Lockfile.Packages.Select(entry => entry.Package).DistinctBy(package => package.Value).ToImmutableArray();
        var known = asked.Aggregate(
            LookupResults.Nothing,
            (results, package) =>
                results.With(new RegistryLookup.Versions(package.Value), new(new PublishedVersions(world.Tags(package.Value.Path)), []))
        );
        return VersionCatalogue.Of(asked, known).Value!;
    }

    private bool Complete(PackageLock? draft, LockScope scope, bool isOffline)
    {
        Changes = [];
        if (draft is null)
            return false;

        var step = isOffline ? Resolution.Advance(draft, scope, LookupResults.Nothing) : world.Lock(draft, scope, missing => missing);
        if (!step.IsComplete || step.Diagnostics.Any(found => found.Severity == Severity.Error))
            return false;

        var edit = LockfileEditor.Edit(YamlText.File, Encoding.UTF8.GetBytes(Text), Lockfile, step.Lockfile);
        (Text, Lockfile, Changes) = (Encoding.UTF8.GetString(edit.Content.Span), edit.Lock, edit.Changes);
        return true;
    }

    private static LockScope Scope(string pattern) => World.About(new(Environments), pattern);

    private static EnvironmentName Name(string environment) => Locks.Names(environment)[0];

    // Something that is a person's: above all entries, and on a line of each.
    private static string Commented(string text)
    {
        var lines = text.Split('\n').Select((line, number) => line.StartsWith("    version", StringComparison.Ordinal) ? $"{line} # {number}" : line);
        return "# Ours.\n" + string.Join('\n', lines);
    }
}
