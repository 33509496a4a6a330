using System.Security.Cryptography;
using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Packages.Locking;

namespace GitOpsGen.Tests.Packages.Locking;

/// <summary>What is published on <c>x.io</c>, and what the lock step makes of a lockfile with it.</summary>
internal sealed class World
{
    private readonly Dictionary<(string Path, string Tag), string> digests = [];
    private readonly Dictionary<string, PackageMeta> metadata = [];
    private readonly Dictionary<string, List<string>> tags = [];

    /// <summary>The date of every image.</summary>
    public static PublicationDate Day { get; } = new(new(2025, 11, 5));

    /// <summary>The lookups so far, in words.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Publishes versions of a Provider; a second time, their tags move.</summary>
    /// <param name="path">Below the host, with the kind before a colon where it is another: <c>Function:a/f</c>.</param>
    /// <param name="versions">Separated by spaces; anything that a tag can be.</param>
    /// <param name="needs">In the same way, with <c>=CONSTRAINT</c> where not every version does; separated by semicolons.</param>
    /// <param name="core">The constraint on the core.</param>
    public World Publish(string path, string versions, string needs = "", string core = "")
    {
        var (kind, repository) = Parse(path);
        var known = tags.TryGetValue(repository.Path, out var list) ? list : tags[repository.Path] = [];
        foreach (var tag in versions.Split(' '))
        {
            var isMoved = known.Contains(tag);
            if (!isMoved)
                known.Add(tag);
            var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path}:{tag}{(isMoved ? " moved" : "")}")))}";
            digests[(repository.Path, tag)] = digest;
            metadata[digest] = new()
            {
                Kind = kind,
                Published = Day,
                RequiresCrossplane = core.Length > 0 ? DependencyConstraint.Parse(core) : null,
                DependsOn = [.. needs.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Need)],
            };
        }

        return this;
    }

    /// <summary>Takes a tag away, and leaves the image.</summary>
    public void Remove(string path, string tag)
    {
        tags[path].Remove(tag);
        digests.Remove((path, tag));
    }

    public string DigestOf(string path, string tag) => digests[(path, tag)];

    /// <summary>Answers until nothing is missing.</summary>
    /// <param name="lockfile">The lockfile.</param>
    /// <param name="environments">All of them, separated by spaces.</param>
    /// <param name="selected">Of those, the ones that are completed; all by default.</param>
    /// <param name="acceptsMovedTags">See <see cref="LockScope"/>.</param>
    public ResolutionStep Lock(PackageLock lockfile, string environments = "dev", string? selected = null, bool acceptsMovedTags = false) =>
        Lock(lockfile, Scope(environments, selected, acceptsMovedTags), missing => missing);

    /// <summary>Reads every entry again.</summary>
    public ResolutionStep ReadAll(PackageLock lockfile) => Lock(lockfile, Scope("dev") with { ReadsAll = true }, missing => missing);

    /// <summary>The same, but each round answers only the lookups that <paramref name="next"/> selects.</summary>
    public ResolutionStep Lock(PackageLock lockfile, LockScope scope, Func<IReadOnlyList<RegistryLookup>, IEnumerable<RegistryLookup>> next)
    {
        var known = LookupResults.Nothing;
        while (true)
        {
            var step = Resolution.Advance(lockfile, scope, known);
            if (step.Missing.IsEmpty)
                return step;
            known = next(step.Missing).Aggregate(known, Answer);
        }
    }

    /// <summary>The same, where a command is about the environments that match.</summary>
    public static LockScope About(LockScope scope, string pattern) =>
        scope with
        {
            IsSelected = name => new NamePattern(pattern).Matches(name.Value),
            Patterns = pattern == "*" ? [] : [new(pattern)],
        };

    public static LockScope Scope(string environments, string? selected = null, bool acceptsMovedTags = false) =>
        new([.. Locks.Names(environments.Split(' ', StringSplitOptions.RemoveEmptyEntries))])
        {
            IsSelected = name => selected is null || selected.Split(' ').Contains(name.Value),
            AcceptsMovedTags = acceptsMovedTags,
            ChecksTags = true,
        };

    /// <summary>What lies beside every image of a path.</summary>
    public Dictionary<string, Attachment[]> Beside { get; } = [];

    /// <summary>The paths that were asked what lies beside an image.</summary>
    public List<string> AskedBeside { get; } = [];

    public IEnumerable<string> Tags(string path) => tags.GetValueOrDefault(path) ?? [];

    private LookupResults Answer(LookupResults known, RegistryLookup lookup)
    {
        var path = lookup.Repository.Path;
        switch (lookup)
        {
            case RegistryLookup.TagDigest tag:
                Asked.Add($"digest {path} {tag.Version}");
                return known.With(
                    tag,
                    digests.TryGetValue((path, tag.Version.Text), out var text) && Digest.TryParse(text, out var digest)
                        ? new(digest, [])
                        : NotThere<Digest>(path)
                );
            case RegistryLookup.Metadata read:
                Asked.Add($"metadata {path}");
                return known.With(read, metadata.TryGetValue(read.Digest.Text, out var meta) ? new(meta, []) : NotThere<PackageMeta>(path));
            case RegistryLookup.Date core:
                Asked.Add($"date {path}");
                return known.With(core, new Result<ImageDate>(new(Day), []));
            case RegistryLookup.Attached image:
                AskedBeside.Add(path);
                return known.With(image, new Result<AttachmentList>(new([.. Beside.GetValueOrDefault(path) ?? []]), []));
            case RegistryLookup.Versions list:
                Asked.Add($"versions {path}");
                return known.With(
                    list,
                    tags.TryGetValue(path, out var all) ? new(new PublishedVersions(all), []) : NotThere<PublishedVersions>(path)
                );
            default:
                throw new InvalidOperationException($"{lookup}");
        }
    }

    private static Result<T> NotThere<T>(string path)
        where T : class => new(null, [new(Rules.RegistryHasNot, $"x.io does not have {path}.", "Check it.", null)]);

    private static PublishedDependency Need(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        var (kind, repository) = Parse(at < 0 ? text : text[..at]);
        return new(repository, kind, DependencyConstraint.Parse(at < 0 ? ">=v0.0.0" : text[(at + 1)..]));
    }

    private static (PackageKind Kind, Repository Repository) Parse(string text) =>
        text.Split(':') is [var kind, var path] ? (Enum.Parse<PackageKind>(kind), new("x.io", path)) : (PackageKind.Provider, new("x.io", text));
}
