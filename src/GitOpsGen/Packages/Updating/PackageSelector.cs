using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Updating;

/// <summary>Finds locked packages by what a person types.</summary>
internal static class PackageSelector
{
    /// <summary>The entries of the named packages, in the order of the file; all without a name.</summary>
    public static (ImmutableArray<LockEntry> Entries, ImmutableArray<Diagnostic> Found) Select(PackageLock lockfile, ImmutableArray<string> names)
    {
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        var chosen = new HashSet<Repository>();
        foreach (var name in names)
        {
            var packages = lockfile
                .Packages.Where(entry => PackageNaming.Means(name, entry.Package.Value, entry.ObjectName))
                .Select(entry => entry.Package.Value)
                .Distinct()
                .ToList();
            if (packages.Count == 0)
            {
                bag.Add(PackageNaming.Unknown(name, lockfile.Packages.Select(entry => entry.Package.Value)));
            }
            else if (packages.Count > 1 && !PackageNaming.IsGlob(name))
            {
                bag.Add(PackageNaming.Ambiguous(name, packages, "Name the one you mean by its repository, or all of them by a glob."));
            }

            chosen.UnionWith(packages);
        }

        return ([.. lockfile.Packages.Where(entry => names.IsEmpty || chosen.Contains(entry.Package.Value))], bag.ToImmutable());
    }
}
