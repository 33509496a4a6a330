using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Packages;

/// <summary>
/// What a person may type for a package: the whole repository, the end of its path, the object's name, or a glob over these.
/// </summary>
internal static class PackageNaming
{
    private const int NamesShown = 5;

    public static bool IsGlob(string name) => name.AsSpan().ContainsAny('*', '?');

    /// <summary>Whether <paramref name="name"/> may mean a package.</summary>
    /// <param name="name">What was typed.</param>
    /// <param name="package">The package.</param>
    /// <param name="objectName">What its object is called; <see langword="null"/> where it has none.</param>
    public static bool Means(string name, Repository package, ObjectName? objectName)
    {
        if (!IsGlob(name))
        {
            return package.ToString() == name
                || package.Path == name
                || package.Path.EndsWith($"/{name}", StringComparison.Ordinal)
                || objectName?.Value == name;
        }

        var pattern = new NamePattern(name);
        return pattern.Matches(package.ToString())
            || pattern.Matches(package.Path)
            || pattern.Matches(package.Name)
            || (objectName is not null && pattern.Matches(objectName.Value));
    }

    /// <summary>The one package that is meant, be it locked or only asked for by one that is; else the finding why there is none.</summary>
    public static (Repository? Package, Diagnostic? Problem) One(PackageLock lockfile, string name)
    {
        (Repository Package, ObjectName? Name)[] known =
        [
            .. lockfile.Packages.Select(entry => (entry.Package.Value, (ObjectName?)entry.ObjectName)),
            .. lockfile.Packages.SelectMany(entry => entry.DependsOn ?? []).Select(wanted => (wanted.Package.Value, (ObjectName?)null)),
        ];
        var meant = known.Where(one => Means(name, one.Package, one.Name)).Select(one => one.Package).Distinct().ToList();
        // The repository is the identity: as one, it is not the end of another one's path.
        return meant.Find(package => package.ToString() == name) is { } exact ? (exact, null)
            : meant is [var one] ? (one, null)
            : meant is [] ? (null, Unknown(name, known.Select(one => one.Package)))
            : (null, Ambiguous(name, meant, "Name the one you mean by its repository."));
    }

    /// <summary>No package is called so; names those that are called nearly so.</summary>
    public static Diagnostic Unknown(string name, IEnumerable<Repository> packages)
    {
        var near = NearNames.To(name, packages.Distinct().Select(package => package.ToString())).Take(NamesShown).ToList();
        return new(
            Rules.NotLocked,
            $"No locked package is called '{Excerpt.Of(name)}'.",
            near is [] ? "Name one by its repository, the end of its path or its object's name." : $"Perhaps you mean {string.Join(" or ", near)}.",
            null
        );
    }

    public static Diagnostic Ambiguous(string name, IReadOnlyList<Repository> meant, string fix) =>
        new(
            Rules.AmbiguousPackage,
            $"'{Excerpt.Of(name)}' is {string.Join(" or ", meant.Take(NamesShown))}{(meant.Count > NamesShown ? $" or {meant.Count - NamesShown} more" : "")}.",
            fix,
            null
        );
}
