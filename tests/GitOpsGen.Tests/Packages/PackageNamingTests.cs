using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using Xunit;

namespace GitOpsGen.Tests.Packages;

public class PackageNamingTests
{
    private static readonly PackageLock Lock = Locks.Read(
        Locks.Provider("acme/provider-s3", "acme/gone"),
        Locks.Provider("other/provider-s3"),
        Locks.Entry("Function", "acme/function-x", needs: [], more: "name: fx"),
        Locks.Provider("provider-s3")
    );

    [Theory]
    [InlineData("x.io/acme/provider-s3", "acme/provider-s3")]
    [InlineData("acme/provider-s3", "acme/provider-s3")]
    [InlineData("other-provider-s3", "other/provider-s3")]
    [InlineData("x.io/provider-s3", "provider-s3")]
    [InlineData("function-x", "acme/function-x")]
    [InlineData("fx", "acme/function-x")]
    [InlineData("fun*", "acme/function-x")]
    [InlineData("gone", "acme/gone")]
    public void A_package_is_found_by(string name, string path)
    {
        var (package, problem) = PackageNaming.One(Lock, name);
        Assert.Null(problem);
        Assert.Equal(path, package!.Path);
    }

    [Theory]
    [InlineData("provider-s3")]
    [InlineData("*provider-s3")]
    public void A_name_of_several_is_refused_with_all_of_them(string name)
    {
        var (package, problem) = PackageNaming.One(Lock, name);
        Assert.Null(package);
        Assert.Equal(Rules.AmbiguousPackage, problem!.Rule);
        Assert.Contains("x.io/acme/provider-s3 or x.io/other/provider-s3 or x.io/provider-s3", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("function-xx", "x.io/acme/function-x")]
    [InlineData("acme-function-x", "x.io/acme/function-x")]
    [InlineData("nothing-like-it", "")]
    [InlineData("", "")]
    public void An_unknown_name_is_told_with_near_ones(string name, string near)
    {
        var (package, problem) = PackageNaming.One(Lock, name);
        Assert.Null(package);
        Assert.Equal(Rules.NotLocked, problem!.Rule);
        Assert.Contains(near, problem.Fix, StringComparison.Ordinal);
        Assert.Equal(near.Length > 0, problem.Fix.StartsWith("Perhaps", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "acme/provider-s3 other/provider-s3 acme/function-x provider-s3")]
    [InlineData("fx", "acme/function-x")]
    [InlineData("x.io/acme/*", "acme/provider-s3 acme/function-x")]
    [InlineData("*provider-s3", "acme/provider-s3 other/provider-s3 provider-s3")]
    [InlineData("other/provider-s3 fun*", "other/provider-s3 acme/function-x")]
    [InlineData("provider-s3", "acme/provider-s3 other/provider-s3 provider-s3", "GOG2302")]
    [InlineData("nothing fx", "acme/function-x", "GOG2301")]
    public void Names_and_globs_select_entries_in_the_order_of_the_file(string names, string paths, string codes = "")
    {
        var (entries, found) = PackageNaming.Select(Lock, [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(paths, string.Join(' ', entries.Select(entry => entry.Package.Value.Path)));
        Assert.Equal(codes, string.Join(' ', found.Select(finding => finding.Rule.Code)));
    }

    [Theory]
    [InlineData("fx", true)]
    [InlineData("acme/function-x", true)]
    [InlineData("fun*", false)]
    [InlineData("provider-s3", false)]
    public void A_glob_does_not_name_an_entry(string name, bool isNamed) =>
        Assert.Equal(isNamed, PackageNaming.IsNamed(Lock.Packages[2], ["other", name]));
}
