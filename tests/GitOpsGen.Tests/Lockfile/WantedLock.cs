using System.Text;
using GitOpsGen.Lockfile;
using GitOpsGen.Tests.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Lockfile;

/// <summary>Makes a wanted lock out of a second lockfile, by finding its entries in the first.</summary>
internal static class WantedLock
{
    public static PackageLock Read(byte[] content)
    {
        var (value, found) = LockfileReader.Read(YamlText.File, content);
        Assert.True(value is not null, $"{found.FirstOrDefault()?.Message}\n{Encoding.UTF8.GetString(content)}");
        return value;
    }

    /// <summary>The entries of <paramref name="wanted"/>, each with the place of that of the same package and version, else of the same package.</summary>
    public static PackageLock Of(PackageLock original, PackageLock wanted)
    {
        var left = original.Packages.ToList();
        var found = wanted.Packages.ToDictionary(
            entry => entry,
            entry => Take(other => other.Package.Value == entry.Package.Value && other.Version.Value == entry.Version.Value)
        );
        foreach (var entry in wanted.Packages.Where(entry => found[entry] is null))
        {
            found[entry] = Take(other => other.Package.Value == entry.Package.Value);
        }

        return new([.. wanted.Packages.Select(entry => entry with { Index = found[entry]?.Index })]);

        LockEntry? Take(Predicate<LockEntry> isIt)
        {
            var entry = left.Find(isIt);
            _ = entry is not null && left.Remove(entry);
            return entry;
        }
    }
}
