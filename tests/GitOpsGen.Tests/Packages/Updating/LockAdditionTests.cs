using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages.Updating;
using GitOpsGen.Tests.Packages.Locking;
using GitOpsGen.Tests.Yaml;
using Xunit;
using static GitOpsGen.Diagnostics.SourceSpan;

namespace GitOpsGen.Tests.Packages.Updating;

public sealed class LockAdditionTests
{
    private static readonly string[] Environments = ["dev", "staging", "prod"];
    private static readonly string[] Patterns = ["dev", "*g", "*"];
    private static readonly string?[] States = [null, "v1.0.0", "v1.0.0 indirect", "v2.0.0", "v2.0.0 indirect"];
    private static readonly PackageRequest Newest = new(new("x.io", "a/p"), null);

    /// <summary>The package in each environment, in every way: absent, or at a version, declared or because of another one.</summary>
    public static TheoryData<string?, string?> Ways => new MatrixTheoryData<string?, string?>(States, States);

    [Theory]
    [MemberData(nameof(Ways))]
    public void Where_it_is_added_it_is_declared_and_one_entry_says_so_for_all_that_have_its_version(string? dev, string? staging)
    {
        foreach (var (prod, pattern) in States.SelectMany(_ => Patterns, (state, pattern) => (state, pattern)))
        {
            string?[] states = [dev, staging, prod];
            var lines = states
                .Zip(Environments)
                .Where(pair => pair.First is not null)
                .GroupBy(pair => pair.First)
                .Select(same => $"a/p {same.Key} [{string.Join(", ", same.Select(pair => pair.Second))}]");
            var before = LockLines.Read(lines);
            var selected = Environments.Where(name => new NamePattern(pattern).Matches(name)).ToArray();

            var after = Add(before, pattern);

            var context = $"{string.Join(", ", lines)} --env {pattern}: {string.Join(", ", after.Packages.Select(LockLines.Of))}";
            Assert.All(selected, name => Assert.False(In(after, name) is null or { IsIndirect: true }, context));
            Assert.True(
                after.Packages.Where(entry => !entry.IsIndirect).GroupBy(entry => entry.Version.Value).All(same => same.Count() == 1),
                context
            );
            foreach (var (name, state) in Environments.Zip(states).Where(pair => pair.Second is not null))
                Assert.True(In(after, name)?.Version.Value.Text == state!.Split(' ')[0], context);
        }
    }

    private static PackageLock Add(PackageLock lockfile, string pattern)
    {
        var scope = World.Scope(string.Join(' ', Environments)) with
        {
            IsSelected = name => new NamePattern(pattern).Matches(name.Value),
            Patterns = [new(pattern)],
        };
        return new LockAddition(new(lockfile, scope), Newest).With(new(["v1.0.0", "v2.0.0"]), false, StartOf(YamlText.File)).Value ?? lockfile;
    }

    private static LockEntry? In(PackageLock lockfile, string environment) =>
        lockfile.Packages.SingleOrDefault(entry =>
            entry.Environments is not { } patterns || patterns.Any(pattern => pattern.Value.Matches(environment))
        );
}
