using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Updating;

/// <summary>
/// Finds locked packages by what a person types: the whole repository, the end of its path, the object's name, or a glob over these.
/// </summary>
internal static class PackageSelector
{
    /// <summary>The entries of the named packages, in the order of the file; all without a name.</summary>
    public static (ImmutableArray<LockEntry> Entries, ImmutableArray<Diagnostic> Found) Select(PackageLock lockfile, ImmutableArray<string> names)
    {
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        var chosen = new HashSet<Repository>();
        foreach (var name in names)
        {
            var packages = lockfile.Packages.Where(entry => Matches(entry, name)).Select(entry => entry.Package.Value).Distinct().ToList();
            if (packages.Count == 0)
            {
                bag.Add(Rules.NotLocked, null, $"No locked package is called '{Excerpt.Of(name)}'.", "Name one by its repository, the end of its path or its object's name; 'gitopsgen outdated' asks about all.");
            }
            else if (packages.Count > 1 && !IsGlob(name))
            {
                bag.Add(Rules.AmbiguousPackage, null, $"'{Excerpt.Of(name)}' is {string.Join(" or ", packages)}.", "Name the one you mean by its repository, or all of them by a glob.");
            }

            chosen.UnionWith(packages);
        }

        return ([.. lockfile.Packages.Where(entry => names.IsEmpty || chosen.Contains(entry.Package.Value))], bag.ToImmutable());
    }

    private static bool Matches(LockEntry entry, string name)
    {
        var package = entry.Package.Value;
        if (!IsGlob(name))
        {
            return package.ToString() == name || package.Path == name || package.Path.EndsWith($"/{name}", StringComparison.Ordinal) || entry.ObjectName.Value == name;
        }

        var pattern = new NamePattern(name);
        return pattern.Matches(package.ToString()) || pattern.Matches(package.Path) || pattern.Matches(package.Name) || pattern.Matches(entry.ObjectName.Value);
    }

    private static bool IsGlob(string name) => name.AsSpan().ContainsAny('*', '?');
}
