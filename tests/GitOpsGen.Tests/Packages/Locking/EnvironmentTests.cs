using GitOpsGen.Diagnostics;
using Xunit;

namespace GitOpsGen.Tests.Packages.Locking;

/// <summary>Where packages that others need apply.</summary>
public sealed class EnvironmentTests
{
    private const string All = "dev prod stage";

    private readonly World world = new World()
        .Publish("a/p", "v1.0.0 v2.0.0", "a/q")
        .Publish("a/q", "v1.0.0 v1.1.0 v2.0.0")
        .Publish("a/free", "v1.0.0")
        .Publish("u/provider-aws-s3", "v2.2.0 v2.3.0", "u/provider-family-aws")
        .Publish("u/provider-family-aws", "v2.2.0 v2.3.0 v2.4.0");

    /// <summary>Entries before, and what is expected of the same and of new ones; an entry that goes is expected nowhere.</summary>
    public static TheoryData<string, string, string> Cases =>
        new()
        {
            { "needed everywhere, no list", "a/p v1.0.0", "a/p v1.0.0 | a/q v2.0.0 indirect" },
            { "needed somewhere, a list", "a/p v1.0.0 [stage, dev]", "a/p v1.0.0 [stage, dev] | a/q v2.0.0 indirect [dev, stage]" },
            { "by a glob, the names", "a/p v1.0.0 [*d*]", "a/p v1.0.0 [*d*] | a/q v2.0.0 indirect [dev, prod]" },
            {
                "two versions of a member, two of the family",
                "u/provider-aws-s3 v2.2.0 | u/provider-aws-s3 v2.3.0 [dev]",
                "u/provider-aws-s3 v2.2.0 | u/provider-aws-s3 v2.3.0 [dev] | u/provider-family-aws v2.2.0 indirect [prod, stage] | u/provider-family-aws v2.3.0 indirect [dev]"
            },
            {
                "widened by a name, version kept",
                "a/p v1.0.0 [dev, prod] | a/q v1.0.0 indirect [dev]",
                "a/p v1.0.0 [dev, prod] | a/q v1.0.0 indirect [dev, prod]"
            },
            { "widened to everywhere, no list", "a/p v1.0.0 | a/q v1.0.0 indirect [dev]", "a/p v1.0.0 | a/q v1.0.0 indirect" },
            {
                "a glob that covers what is needed stays",
                "a/p v1.0.0 [dev, prod] | a/q v1.0.0 indirect [*d*]",
                "a/p v1.0.0 [dev, prod] | a/q v1.0.0 indirect [*d*]"
            },
            {
                "a glob that covers a part stays beside a name",
                "a/p v1.0.0 [dev, stage] | a/q v1.0.0 indirect [de*]",
                "a/p v1.0.0 [dev, stage] | a/q v1.0.0 indirect [de*, stage]"
            },
            {
                "a glob that covers too much becomes names",
                "a/p v1.0.0 [dev, stage] | a/q v1.0.0 indirect [*]",
                "a/p v1.0.0 [dev, stage] | a/q v1.0.0 indirect [dev, stage]"
            },
            {
                "narrowed",
                "a/p v1.0.0 [dev] | a/q v1.0.0 indirect [dev, prod, 'preview-*']",
                "a/p v1.0.0 [dev] | a/q v1.0.0 indirect [dev, preview-*]"
            },
            { "narrowed from everywhere", "a/p v1.0.0 [dev] | a/q v1.0.0 indirect", "a/p v1.0.0 [dev] | a/q v1.0.0 indirect [dev]" },
            { "dropped", "a/free v1.0.0 | a/q v1.0.0 indirect", "a/free v1.0.0" },
            {
                "one of two dropped, and the other does not spread",
                "a/p v1.0.0 [dev, prod] | a/q v1.0.0 indirect | a/q v1.1.0 indirect [stage]",
                "a/p v1.0.0 [dev, prod] | a/q v1.0.0 indirect [dev, prod]"
            },
            {
                "beside a declared one, another entry",
                "a/p v1.0.0 [prod] | a/q v1.0.0 [dev]",
                "a/p v1.0.0 [prod] | a/q v1.0.0 [dev] | a/q v2.0.0 indirect [prod]"
            },
            { "a declared one serves", "a/p v1.0.0 | a/q v1.0.0", "a/p v1.0.0 | a/q v1.0.0" },
            {
                "declared everywhere, another version in one place",
                "a/q v1.0.0 | a/q v1.1.0 indirect [dev]",
                "a/q v1.0.0 | a/q v1.1.0 indirect [dev]"
            },
            {
                "an entry for environments to come stays",
                "a/free v1.0.0 | a/q v1.0.0 indirect [preview-*]",
                "a/free v1.0.0 | a/q v1.0.0 indirect [preview-*]"
            },
            {
                "a family entry follows only members that it fits",
                "u/provider-aws-s3 v2.2.0 [dev] | u/provider-aws-s3 v2.3.0 [prod] | u/provider-family-aws v2.2.0 indirect [dev]",
                "u/provider-aws-s3 v2.2.0 [dev] | u/provider-aws-s3 v2.3.0 [prod] | u/provider-family-aws v2.2.0 indirect [dev] | u/provider-family-aws v2.3.0 indirect [prod]"
            },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Indirect_packages_are_exactly_where_they_are_needed(string what, string before, string after)
    {
        var first = world.Lock(LockLines.Read(before.Replace("'", "", StringComparison.Ordinal).Split(" | ")), All);

        Assert.True(first.Diagnostics.All(d => d.Severity != Severity.Error), what);
        Assert.Equal(after.Split(" | "), LockLines.Of(first));
        Assert.Equal(LockLines.Text(first), LockLines.Text(world.Lock(LockLines.Written(first), All)));
    }

    [Fact]
    public void Names_are_listed_in_their_own_order_whatever_the_order_of_the_settings_is() =>
        Assert.Equal(
            ["a/p v1.0.0 [stage, prod, dev]", "a/q v2.0.0 indirect [dev, prod, stage]"],
            LockLines.Of(world.Lock(LockLines.Read("a/p v1.0.0 [stage, prod, dev]"), "stage prod dev other"))
        );

    [Fact]
    public void Environments_that_are_not_selected_stay_as_they_are()
    {
        var before = LockLines.Read("a/p v1.0.0", "a/free v1.0.0 [prod]", "a/q v1.0.0 indirect [stage]");

        var step = world.Lock(before, All, selected: "dev");

        Assert.Equal(["a/p v1.0.0", "a/free v1.0.0 [prod]", "a/q v1.0.0 indirect [stage, dev]"], LockLines.Of(step));
        Assert.Null(step.Lockfile.Packages[1].Digest);
        Assert.DoesNotContain(world.Asked, lookup => lookup.Contains("a/free", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_any_environment_the_lock_is_completed_for_one_to_come() =>
        Assert.Equal(["a/p v1.0.0", "a/q v2.0.0 indirect"], LockLines.Of(world.Lock(LockLines.Read("a/p v1.0.0"), "")));
}
