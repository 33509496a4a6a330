using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages;

/// <summary>What a person may type to name a package: the whole repository, the end of its path, the object's name, or a glob over these.</summary>
internal static class PackageNaming
{
    private const int NamesShown = 5;

    /// <summary>The shortest name of each package that means no other of them: the end of its path, or its repository.</summary>
    public static IReadOnlyDictionary<Repository, string> ShortNames(IEnumerable<Repository> packages)
    {
        var all = packages.Distinct().ToList();
        var byName = all.ToLookup(package => package.Name);
        return all.ToDictionary(package => package, package => byName[package.Name].Count() == 1 ? package.Name : package.ToString());
    }

    /// <summary>The one package that is meant, locked or needed by a locked one; else the finding that says why there is none.</summary>
    public static (Repository? Package, Diagnostic? Problem) One(PackageLock lockfile, string name)
    {
        (Repository Package, ObjectName? Name)[] known =
        [
            .. lockfile.Packages.Select(entry => (entry.Package.Value, (ObjectName?)entry.ObjectName)),
            .. lockfile.Packages.SelectMany(entry => entry.DependsOn ?? []).Select(wanted => (wanted.Package.Value, (ObjectName?)null)),
        ];
        var meant = known.Where(one => Means(name, one.Package, one.Name)).Select(one => one.Package).Distinct().ToList();
        // A whole repository names that package, even where it is also the end of another path.
        return meant.Find(package => package.ToString() == name) is { } exact ? (exact, null)
            : meant is [var one] ? (one, null)
            : meant is [] ? (null, Unknown(name, known.Select(one => one.Package)))
            : (null, Ambiguous(name, meant, "Name the one you mean by its repository."));
    }

    /// <summary>Whether one of the names, and not a glob, means the package of an entry.</summary>
    public static bool IsNamed(LockEntry entry, ImmutableArray<string> names) =>
        names.Any(name => !IsGlob(name) && Means(name, entry.Package.Value, entry.ObjectName));

    /// <summary>The entries of the named packages, in the order of the file; all without a name.</summary>
    public static (ImmutableArray<LockEntry> Entries, ImmutableArray<Diagnostic> Found) Select(PackageLock lockfile, ImmutableArray<string> names)
    {
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        var chosen = new HashSet<Repository>();
        foreach (var name in names)
        {
            var packages = lockfile
                .Packages.Where(entry => Means(name, entry.Package.Value, entry.ObjectName))
                .Select(entry => entry.Package.Value)
                .Distinct()
                .ToList();
            if (packages.Count == 0)
                bag.Add(Unknown(name, lockfile.Packages.Select(entry => entry.Package.Value)));
            else if (packages.Count > 1 && !IsGlob(name))
                bag.Add(Ambiguous(name, packages, "Name the one you mean by its repository, or all of them by a glob."));

            chosen.UnionWith(packages);
        }

        return ([.. lockfile.Packages.Where(entry => names.IsEmpty || chosen.Contains(entry.Package.Value))], bag.ToImmutable());
    }

    private static bool IsGlob(string name) => name.AsSpan().ContainsAny('*', '?');

    /// <summary>Whether <paramref name="name"/> may mean a package.</summary>
    /// <param name="name">What was typed.</param>
    /// <param name="package">The package.</param>
    /// <param name="objectName">What its object is called; <see langword="null"/> where it has none.</param>
    private static bool Means(string name, Repository package, ObjectName? objectName)
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

    /// <summary>No package has this name; suggests similar names.</summary>
    private static Diagnostic Unknown(string name, IEnumerable<Repository> packages)
    {
        var near = NearNames.To(name, packages.Distinct().Select(package => package.ToString())).Take(NamesShown).ToList();
        return new(
            Rules.NotLocked,
            $"No locked package is called '{Excerpt.Of(name)}'.",
            near is [] ? "Name one by its repository, the end of its path or its object's name." : $"Perhaps you mean {string.Join(" or ", near)}.",
            null
        );
    }

    private static Diagnostic Ambiguous(string name, List<Repository> meant, string fix) =>
        new(
            Rules.AmbiguousPackage,
            $"'{Excerpt.Of(name)}' is {string.Join(" or ", meant.Take(NamesShown))}{(meant.Count > NamesShown ? $" or {meant.Count - NamesShown} more" : "")}.",
            fix,
            null
        );
}
