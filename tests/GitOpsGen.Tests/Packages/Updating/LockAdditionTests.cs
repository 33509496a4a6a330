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
            foreach (var (name, _) in Environments.Zip(states).Where(pair => pair.Second is null && selected.Contains(pair.First)))
                Assert.True(In(after, name)?.Version.Value.Text == "v2.0.0", context);
        }
    }

    [Fact]
    public void What_is_known_of_the_version_elsewhere_is_taken_and_the_name_that_a_person_chose()
    {
        var before = Locks.Read(
            Locks.Entry("Provider", "a/p", "v1.0.0", [], "environments: [dev]"),
            Locks.Entry("Provider", "a/p", "v2.0.0", [], "indirect: true\n    name: ours\n    environments: [staging]")
        );

        var added = In(Add(before, "prod"), "prod")!;

        Assert.Equal(("v2.0.0", before.Packages[1].Locked?.Value), (added.Version.Value.Text, added.Locked?.Value));
        Assert.Equal(("ours", "ours", false), (added.Name?.Value.Value, added.ObjectName.Value, added.IsIndirect));
    }

    [Fact]
    public void The_highest_version_that_those_accept_who_need_it_there_is_added()
    {
        var before = Locks.Read(Locks.Entry("Provider", "a/d", needs: ["a/p=<v2.0.0"], more: "environments: [dev]"));

        Assert.Equal(["a/d v1.0.0 [dev]", "a/p v1.0.0 [dev]"], Add(before, "dev").Packages.Select(LockLines.Of));
        Assert.Equal(["a/d v1.0.0 [dev]", "a/p v2.0.0 [staging]"], Add(before, "staging").Packages.Select(LockLines.Of));
    }

    [Fact]
    public void Entries_that_a_person_keeps_apart_stay_so() =>
        Assert.Equal(
            ["a/p v1.0.0 [dev]", "a/p v1.0.0 [staging]", "a/p v2.0.0 [prod]"],
            Add(LockLines.Read("a/p v1.0.0 [dev]", "a/p v1.0.0 [staging]"), "*").Packages.Select(LockLines.Of)
        );

    [Theory]
    [InlineData("v1.0.0-rc.1", null, "x.io/a/p has no released version that others here accept; the highest is v1.0.0-rc.1.")]
    [InlineData("latest", null, "x.io/a/p has no released version that others here accept; the highest is none.")]
    [InlineData("v1.0.0", "v9.0.0", "No published version of x.io/a/p that others here accept is v9.0.0; the highest is v1.0.0.")]
    public void Why_there_is_no_version_is_said_with_the_highest_that_there_is(string published, string? wanted, string message)
    {
        Assert.True(PackageRequest.TryParse($"x.io/a/p{(wanted is null ? "" : $"@{wanted}")}", out var request, out _));
        var addition = new LockAddition(new(new([]), World.Scope("dev")), request);

        Assert.Equal(message, Assert.Single(addition.With(new([published]), false, StartOf(YamlText.File)).Diagnostics).Message);
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
