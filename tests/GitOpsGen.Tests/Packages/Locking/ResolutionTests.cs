using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages.Locking;
using Xunit;

namespace GitOpsGen.Tests.Packages.Locking;

/// <summary>What an entry is completed with, and which packages come with which versions.</summary>
public sealed class ResolutionTests
{
    private readonly World world = new();

    [Fact]
    public void An_entry_gets_what_is_published_behind_its_tag()
    {
        world.Publish("a/p", "v1.0.0", "a/q=>=v1;Function:a/f=v2.0.0", core: ">=v1.20").Publish("a/q", "v1.0.0").Publish("Function:a/f", "v2.0.0");

        var entry = Lock("a/p v1.0.0").Lockfile.Packages[0];

        Assert.Equal(world.DigestOf("a/p", "v1.0.0"), entry.Digest?.Value.Text);
        Assert.Equal(">=v1.20", entry.RequiresCrossplane?.Value.Text);
        Assert.Equal(World.Day, entry.Published?.Value);
        Assert.Equal(
            ["Provider x.io/a/q >=v1", "Function x.io/a/f v2.0.0"],
            entry.DependsOn!.Value.Select(d => $"{d.Kind} {d.Package} {d.Constraint}")
        );
    }

    [Fact]
    public void The_core_gets_its_digest_and_is_no_package()
    {
        world.Publish("c/core", "v2.3.4");

        var step = Lock("Crossplane:c/core v2.3.4");

        Assert.Equal(world.DigestOf("c/core", "v2.3.4"), Assert.Single(step.Lockfile.Packages).Digest?.Value.Text);
        Assert.Null(step.Lockfile.Packages[0].DependsOn);
        Assert.Equal(World.Day, step.Lockfile.Packages[0].Published?.Value);
        Assert.Equal(["digest c/core v2.3.4", "date c/core"], world.Asked);
    }

    [Fact]
    public void What_is_locked_is_not_read_again_and_does_not_change()
    {
        world.Publish("a/p", "v1.0.0 v2.0.0", "a/q").Publish("a/q", "v1.0.0");
        var first = Lock("a/p v1.0.0");
        world.Publish("a/q", "v9.0.0");
        world.Asked.Clear();

        var second = world.Lock(LockLines.Written(first));

        Assert.Equal(["digest a/p v1.0.0", "digest a/q v1.0.0"], world.Asked);
        Assert.Equal(LockLines.Text(first), LockLines.Text(second));
    }

    [Fact]
    public void An_entry_says_what_lies_beside_its_image_and_is_not_asked_again_while_it_is_complete()
    {
        world.Publish("a/p", "v1.0.0 v2.0.0").Publish("c/core", "v2.3.4");
        Assert.True(Digest.TryParse(world.DigestOf("a/p", "v1.0.0"), out var digest));
        Attachment[] beside = [new Attachment.Sibling(AttachmentKind.Signature, SiblingTag.Of(digest, ".sig"))];
        world.Beside["a/p"] = beside;

        var first = Lock("a/p v1.0.0", "Crossplane:c/core v2.3.4");
        Assert.Equal([beside, null], first.Lockfile.Packages.Select(entry => entry.Attached?.ToArray()));
        Assert.Equal(["a/p", "c/core"], world.AskedBeside.Order(StringComparer.Ordinal));

        world.AskedBeside.Clear();
        world.Beside.Clear();
        Assert.Equal(LockLines.Text(first), LockLines.Text(world.Lock(LockLines.Written(first))));
        Assert.Empty(world.AskedBeside);
        Assert.Null(world.ReadAll(LockLines.Written(first)).Lockfile.Packages[0].Attached);
    }

    [Fact]
    public void A_complete_entry_is_not_read_for_its_date_alone()
    {
        world.Publish("a/p", "v1.0.0").Publish("c/core", "v2.3.4");
        var locked = LockLines.Written(Lock("a/p v1.0.0", "Crossplane:c/core v2.3.4"));
        PackageLock undated = new([.. locked.Packages.Select(entry => entry with { Published = null })]);
        world.Asked.Clear();

        Assert.All(world.Lock(undated).Lockfile.Packages, entry => Assert.Null(entry.Published));
        Assert.All(world.Asked, asked => Assert.StartsWith("digest", asked, StringComparison.Ordinal));
        Assert.All(world.ReadAll(undated).Lockfile.Packages, entry => Assert.Equal(World.Day, entry.Published?.Value));
    }

    [Theory]
    [InlineData("dev", "")]
    [InlineData("prod", "GOG2107")]
    public void A_core_that_a_package_refuses_is_an_error_of_lock_except_where_the_settings_ignore_it(string ignoring, string codes)
    {
        world.Publish("c/core", "v2.3.4").Publish("a/p", "v1.0.0", core: ">=v3.0.0");
        var scope = World.Scope("dev") with { IgnoresCore = (environment, package) => environment.Value == ignoring && package.Value == "a-p" };

        var step = world.Lock(LockLines.Read("Crossplane:c/core v2.3.4", "a/p v1.0.0"), scope, missing => missing);

        Assert.True(step.IsComplete);
        Assert.Equal(codes, string.Join(' ', step.Diagnostics.Select(d => d.Rule.Code)));
    }

    [Fact]
    public void A_core_that_a_package_refuses_is_an_error_where_no_settings_speak_of_it()
    {
        world.Publish("c/core", "v2.3.4").Publish("a/p", "v1.0.0", core: ">=v3.0.0");

        Assert.Equal(Rules.CoreNotAccepted, Assert.Single(Lock("Crossplane:c/core v2.3.4", "a/p v1.0.0").Diagnostics).Rule);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_core_says_what_lies_beside_it_in_whichever_order_a_registry_answers(bool isLastFirst)
    {
        world.Publish("c/core", "v2.3.4");
        Assert.True(Digest.TryParse(world.DigestOf("c/core", "v2.3.4"), out var digest));
        Attachment[] beside = [new Attachment.Sibling(AttachmentKind.Signature, SiblingTag.Of(digest, ".sig"))];
        world.Beside["c/core"] = beside;

        var step = world.Lock(
            LockLines.Read("Crossplane:c/core v2.3.4"),
            World.Scope("dev"),
            missing => isLastFirst ? missing.TakeLast(1) : missing.Take(1)
        );

        Assert.Equal(beside, step.Lockfile.Packages[0].Attached?.ToArray());
        Assert.Equal(World.Day, step.Lockfile.Packages[0].Published?.Value);
    }

    [Fact]
    public void An_entry_with_a_digest_and_no_dependencies_is_read()
    {
        world.Publish("a/p", "v1.0.0", "a/q").Publish("a/q", "v1.0.0");
        var locked = LockLines.Written(Lock("a/p v1.0.0"));

        var step = world.Lock(With(locked, 0, entry => entry with { DependsOn = null }));

        Assert.Equal(LockLines.Of(new ResolutionStep(locked, [], [])), LockLines.Of(step));
        Assert.Single(step.Lockfile.Packages[0].DependsOn!.Value);
    }

    [Fact]
    public void An_entry_for_environments_that_may_come_is_locked_too()
    {
        world.Publish("a/p", "v1.0.0");

        Assert.Equal(world.DigestOf("a/p", "v1.0.0"), Lock("a/p v1.0.0 [future-*]").Lockfile.Packages[0].Digest?.Value.Text);
    }

    [Fact]
    public void Of_the_versions_that_other_environments_have_the_highest_is_taken()
    {
        world.Publish("a/p", "v1.0.0", "a/q").Publish("a/q", "v1.0.0 v2.0.0 v3.0.0");

        Assert.Equal(
            ["a/p v1.0.0", "a/q v1.0.0 indirect [dev]", "a/q v2.0.0 indirect [stage, prod]"],
            LockLines.Of(world.Lock(LockLines.Read("a/p v1.0.0", "a/q v1.0.0 indirect [dev]", "a/q v2.0.0 indirect [stage]"), "dev prod stage"))
        );
    }

    [Fact]
    public void A_dependency_by_digest_that_another_environment_has_locked_asks_no_registry()
    {
        world.Publish("a/q", "v1.0.0").Publish("a/p", "v1.0.0", $"a/q={world.DigestOf("a/q", "v1.0.0")}");
        var locked = LockLines.Written(Lock("a/p v1.0.0", "a/q v1.0.0 indirect [dev]"));
        var scope = World.Scope("dev prod") with { ChecksTags = false };

        var step = Resolution.Advance(locked, scope, LookupResults.Nothing);

        Assert.Equal(["a/p v1.0.0", "a/q v1.0.0 indirect"], LockLines.Of(step));
        Assert.Empty(step.Missing);
    }

    [Fact]
    public void Dependencies_come_with_theirs()
    {
        world
            .Publish("Configuration:a/c", "v1.0.0", "Configuration:a/d;Function:a/f")
            .Publish("Configuration:a/d", "v1.0.0 v1.1.0", "a/p")
            .Publish("a/p", "v3.0.0", "a/q=v2")
            .Publish("a/q", "v2.0.0 v2.7.1 v3.0.0")
            .Publish("Function:a/f", "v0.1.0");

        Assert.Equal(
            [
                "Configuration:a/c v1.0.0",
                "Configuration:a/d v1.1.0 indirect",
                "Function:a/f v0.1.0 indirect",
                "a/p v3.0.0 indirect",
                "a/q v2.7.1 indirect",
            ],
            LockLines.Of(Lock("Configuration:a/c v1.0.0"))
        );
    }

    [Theory]
    [InlineData("", "v1.2.0 v1.10.0 v1.9.0", "v1.10.0")]
    [InlineData(">=v1.0.0", "v1.0.0 v1.1.0-rc.1", "v1.0.0")]
    [InlineData(">=v1.0.0-0", "v1.0.0 v1.1.0-rc.1", "v1.1.0-rc.1")]
    [InlineData("v1", "v1 v1.2 latest v1.1.0 v2.0.0", "v1.1.0")]
    [InlineData("<v2.0.0 || >v3.0.0", "v1.5.0 v2.5.0 v3.0.0", "v1.5.0")]
    [InlineData("*", "1.0.0 v1.0.0 sha-1234", "v1.0.0")]
    public void The_highest_complete_version_that_is_accepted_is_taken(string constraint, string tags, string chosen)
    {
        world.Publish("a/p", "v1.0.0", $"a/q={constraint}").Publish("a/q", tags);

        Assert.Equal(["a/p v1.0.0", $"a/q {chosen} indirect"], LockLines.Of(Lock("a/p v1.0.0")));
    }

    [Theory]
    [InlineData(">= 0.0.0", "v2.2.0")] // the members' own
    [InlineData(">= 2.3.0", "v2.4.0")] // which the constraint excludes
    [InlineData("> 2.0.0, != 2.2.0", "v2.4.0")]
    public void A_family_follows_its_members(string constraint, string chosen)
    {
        world.Publish("u/provider-aws-s3", "v2.2.0", $"u/provider-family-aws={constraint}").Publish("u/provider-family-aws", "v2.1.0 v2.2.0 v2.4.0");

        Assert.Equal(["u/provider-aws-s3 v2.2.0", $"u/provider-family-aws {chosen} indirect"], LockLines.Of(Lock("u/provider-aws-s3 v2.2.0")));
    }

    [Fact]
    public void A_family_follows_its_highest_member_but_no_configuration_and_no_unpublished_version()
    {
        world
            .Publish("u/provider-aws-s3", "v2.1.0", "u/provider-family-aws")
            .Publish("u/provider-aws-rds", "v2.2.0", "u/provider-family-aws")
            .Publish("u/provider-aws-sns", "v2.3.0", "u/provider-family-aws")
            .Publish("Configuration:u/c", "v2.4.0", "u/provider-family-aws")
            .Publish("u/provider-family-aws", "v2.1.0 v2.2.0 v2.4.0");

        var step = Lock("u/provider-aws-s3 v2.1.0", "u/provider-aws-rds v2.2.0", "u/provider-aws-sns v2.3.0", "Configuration:u/c v2.4.0");

        Assert.Equal("u/provider-family-aws v2.2.0 indirect", LockLines.Of(step)[^1]);
    }

    [Fact]
    public void Two_dependents_get_one_version_that_both_accept()
    {
        world
            .Publish("a/p", "v1.0.0", "a/q=>=v1.0.0")
            .Publish("a/r", "v1.0.0", "a/s")
            .Publish("a/s", "v1.0.0", "a/q=<v3.0.0")
            .Publish("a/q", "v1.0.0 v2.0.0 v3.0.0");

        Assert.Contains("a/q v2.0.0 indirect", LockLines.Of(Lock("a/p v1.0.0", "a/r v1.0.0")));
    }

    [Fact]
    public void Two_dependents_that_accept_nothing_together_are_both_named_with_their_environments()
    {
        world.Publish("a/p", "v1.0.0", "a/q=>=v2.0.0").Publish("a/r", "v1.0.0", "a/q=<v2.0.0").Publish("a/q", "v1.0.0 v2.0.0");

        var step = world.Lock(LockLines.Read("a/p v1.0.0", "a/r v1.0.0 [dev, stage]"), "dev prod stage");

        var finding = Assert.Single(step.Diagnostics);
        Assert.Equal((Rules.NoCommonVersion, 3), (finding.Rule, finding.Span!.Value.Start.Line));
        foreach (var part in new[] { "x.io/a/q", "a-p v1.0.0 (>=v2.0.0)", "a-r v1.0.0 (<v2.0.0)", "environments dev, stage" })
            Assert.Contains(part, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "is what a-p1 v1.0.0 (>=v2.0.1) needs in environment dev.")]
    [InlineData(4, " and a-p3 v1.0.0 (>=v2.0.3) and a-p4 v1.0.0 (>=v2.0.4) need in environment dev.")]
    [InlineData(6, " and a-p3 v1.0.0 (>=v2.0.3) and a-p4 v1.0.0 (>=v2.0.4) and 2 more need in environment dev.")]
    public void Of_many_dependents_that_accept_nothing_four_are_named(int dependents, string text)
    {
        string[] paths = [.. Enumerable.Range(1, dependents).Select(i => $"a/p{i}")];
        foreach (var path in paths)
            world.Publish(path, "v1.0.0", $"a/q=>=v2.0.{path[^1]}");
        world.Publish("a/q", "v1.0.0");

        var finding = Assert.Single(Lock([.. paths.Select(path => $"{path} v1.0.0")]).Diagnostics);

        Assert.EndsWith(text, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_is_not_published_is_not_chosen()
    {
        world.Publish("a/p", "v1.0.0", "a/q=v3").Publish("a/q", "v1.0.0");

        Assert.Equal(Rules.NoCommonVersion, Assert.Single(Lock("a/p v1.0.0").Diagnostics).Rule);
    }

    [Fact]
    public void A_locked_dependency_stays_though_a_dependent_needs_another_and_that_is_said()
    {
        world.Publish("a/p", "v1.0.0", "a/q=>=v2.0.0").Publish("a/q", "v1.0.0 v2.0.0");

        var step = Lock("a/p v1.0.0", "a/q v1.0.0 indirect");

        Assert.Equal(["a/p v1.0.0", "a/q v1.0.0 indirect"], LockLines.Of(step));
        Assert.Equal(Rules.ConstraintNotMet, Assert.Single(step.Diagnostics).Rule);
    }

    [Fact]
    public void Indirect_packages_that_only_need_each_other_are_dropped()
    {
        world.Publish("a/p", "v1.0.0").Publish("a/q", "v1.0.0", "a/r").Publish("a/r", "v1.0.0", "a/q");

        Assert.Equal(["a/p v1.0.0"], LockLines.Of(Lock("a/q v1.0.0 indirect", "a/p v1.0.0", "a/r v1.0.0 indirect")));
        Assert.Equal(["digest a/p v1.0.0", "metadata a/p"], world.Asked);
    }

    [Fact]
    public void A_dependency_by_digest_is_locked_at_the_tag_behind_it()
    {
        var versions = string.Join(' ', Enumerable.Range(0, 40).Select(i => $"v1.{i}.0"));
        world.Publish("a/q", versions).Publish("a/p", "v1.0.0", $"a/q={world.DigestOf("a/q", "v1.7.0")}").Publish("a/r", "v1.0.0", "a/q=<v1.30.0");

        Assert.Contains("a/q v1.7.0 indirect", LockLines.Of(Lock("a/p v1.0.0", "a/r v1.0.0")));
        Assert.InRange(world.Asked.Count(q => q.StartsWith("digest a/q", StringComparison.Ordinal)), 23, 30); // from v1.29.0 down, no more than a handful too many
    }

    [Fact]
    public void A_dependency_by_a_digest_without_a_tag_is_none()
    {
        world.Publish("a/q", "v1.0.0").Publish("a/p", "v1.0.0", $"a/q=sha256:{new string('7', 64)}");

        Assert.Equal(Rules.NoCommonVersion, Assert.Single(Lock("a/p v1.0.0").Diagnostics).Rule);
    }

    [Fact]
    public void A_cycle_is_reported()
    {
        world.Publish("a/p", "v1.0.0", "a/q").Publish("a/q", "v1.0.0", "a/p");

        Assert.Equal(Rules.DependencyCycle, Assert.Single(Lock("a/p v1.0.0").Diagnostics).Rule);
    }

    [Fact]
    public void A_constraint_that_cannot_be_read_is_reported_with_package_and_text()
    {
        world.Publish("Configuration:a/c", "v1.0.0", "a/p=>-v0.1.4").Publish("a/p", "v1.0.0");

        var finding = Assert.Single(Lock("Configuration:a/c v1.0.0").Diagnostics);
        Assert.Equal(Rules.InvalidConstraint, finding.Rule);
        Assert.Contains("'>-v0.1.4' on x.io/a/p, with which a-c v1.0.0", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_moved_tag_is_an_error_with_both_digests_until_it_is_accepted()
    {
        var locked = Locked("a/p");
        var before = world.DigestOf("a/p", "v1.0.0");
        world.Publish("a/p", "v1.0.0", "a/new").Publish("a/new", "v1.0.0");
        var after = world.DigestOf("a/p", "v1.0.0");

        var finding = Assert.Single(world.Lock(locked).Diagnostics);
        Assert.Equal(Rules.TagMoved, finding.Rule);
        Assert.Contains(before, finding.Message, StringComparison.Ordinal);
        Assert.Contains(after, finding.Message, StringComparison.Ordinal);

        var accepted = world.Lock(locked, acceptsMovedTags: true);
        Assert.Empty(accepted.Diagnostics);
        Assert.Equal(after, accepted.Lockfile.Packages[0].Digest?.Value.Text);
        Assert.Equal(["a/p v1.0.0", "a/new v1.0.0 indirect"], LockLines.Of(accepted));
    }

    [Fact]
    public void A_tag_that_is_gone_is_an_error_unless_its_digest_is_locked()
    {
        var locked = Locked("a/p");
        world.Remove("a/p", "v1.0.0");

        Assert.Equal((Rules.LockedTagGone, Severity.Warning), world.Lock(locked).Diagnostics.Select(d => (d.Rule, d.Severity)).Single());
        Assert.Equal(Rules.RegistryHasNot, Assert.Single(Lock("a/p v1.0.0").Diagnostics).Rule);
    }

    [Fact]
    public void A_package_of_another_kind_than_locked_is_an_error_and_the_entry_keeps_its_own()
    {
        world.Publish("Function:a/f", "v1.0.0");

        var step = Lock("a/f v1.0.0");

        Assert.Equal(Rules.OtherKind, Assert.Single(step.Diagnostics).Rule);
        Assert.Equal(["a/f v1.0.0"], LockLines.Of(step));
    }

    [Fact]
    public void What_a_registry_does_not_give_is_told_at_the_entry_that_leads_to_it()
    {
        world.Publish("a/p", "v1.0.0", "a/q").Publish("a/q", "v1.0.0", "a/absent;a/r").Publish("a/r", "v1.0.0");

        var step = Lock("a/r v1.0.0", "a/p v1.0.0");

        Assert.False(step.IsComplete);
        Assert.Equal((Rules.RegistryHasNot, 6), step.Diagnostics.Select(d => (d.Rule, d.Span!.Value.Start.Line)).Single());
        Assert.Equal(["a/r v1.0.0", "a/p v1.0.0"], LockLines.Of(step));
    }

    /// <summary>p 2 brings q, which refuses p 2; p 1 does not, so that nothing refuses p 2.</summary>
    [Fact]
    public void Choices_that_undo_each_other_come_to_an_end()
    {
        world.Publish("a/d", "v1.0.0", "a/p").Publish("a/p", "v2.0.0", "a/q").Publish("a/p", "v1.0.0").Publish("a/q", "v1.0.0", "a/p=<v2.0.0");

        var step = Lock("a/d v1.0.0");

        Assert.Empty(step.Diagnostics);
        Assert.Equal(["a/d v1.0.0", "a/p v1.0.0 indirect"], LockLines.Of(step));
    }

    [Fact]
    public void A_lockfile_whose_entries_overlap_asks_nothing()
    {
        var step = Lock("a/p v1.0.0", "a/p v2.0.0");

        Assert.Equal((Rules.OverlappingEntries, false), (Assert.Single(step.Diagnostics).Rule, step.IsComplete));
        Assert.Empty(world.Asked);
    }

    [Fact]
    public void A_version_changed_alone_makes_the_entry_stale_and_it_is_read_anew()
    {
        world.Publish("a/p", "v1.0.0", "a/q", core: ">=v1.20").Publish("a/p", "v1.1.0", "a/r").Publish("a/q", "v1.0.0").Publish("a/r", "v1.0.0");
        var locked = LockLines.Written(Lock("a/p v1.0.0"));
        var edited = With(locked, 0, entry => entry with { Version = entry.Version.With(PackageVersion.Parse("v1.1.0")) });
        Assert.True(edited.Packages[0].IsStale);
        Assert.Null(edited.Packages[0].Digest);

        var step = world.Lock(edited);

        Assert.Empty(step.Diagnostics);
        Assert.Equal(["a/p v1.1.0", "a/r v1.0.0 indirect"], LockLines.Of(step));
        Assert.Equal($"v1.1.0@{world.DigestOf("a/p", "v1.1.0")}", step.Lockfile.Packages[0].Locked?.Value.ToString());
        Assert.Null(step.Lockfile.Packages[0].RequiresCrossplane);
    }

    [Fact]
    public void A_version_moved_with_its_tag_and_digest_is_found_only_by_reading_all_again()
    {
        world.Publish("a/p", "v1.0.0").Publish("a/p", "v1.1.0", "a/r").Publish("a/r", "v1.0.0");
        var edited = With(
            LockLines.Written(Lock("a/p v1.0.0")),
            0,
            entry =>
                entry with
                {
                    Version = entry.Version.With(PackageVersion.Parse("v1.1.0")),
                    Locked = new(Bound("v1.1.0", world.DigestOf("a/p", "v1.1.0")), entry.Version.Span),
                }
        );

        Assert.Equal(["a/p v1.1.0"], LockLines.Of(world.Lock(edited)));
        Assert.Equal(["a/p v1.1.0", "a/r v1.0.0 indirect"], LockLines.Of(world.ReadAll(edited)));
    }

    [Fact]
    public void A_digest_changed_alone_is_repaired_by_reading_all_again()
    {
        var locked = Locked("a/p");
        var edited = With(locked, 0, entry => entry with { Locked = new(Bound("v1.0.0", $"sha256:{new string('0', 64)}"), entry.Version.Span) });

        Assert.Equal(Rules.TagMoved, Assert.Single(world.Lock(edited).Diagnostics).Rule);
        Assert.Equal(locked.Packages[0].Digest?.Value, world.ReadAll(edited).Lockfile.Packages[0].Digest?.Value);
    }

    [Fact]
    public void A_digest_under_the_old_key_is_read_again_and_a_difference_is_told()
    {
        var locked = Locked("a/p");
        var digest = locked.Packages[0].Digest!.Value;
        var old = With(locked, 0, entry => entry with { Locked = null, UnboundDigest = digest });
        var other = With(old, 0, entry => entry with { UnboundDigest = new(Bound("v1", $"sha256:{new string('0', 64)}").Digest, digest.Span) });

        var step = world.Lock(old);
        Assert.Empty(step.Diagnostics);
        Assert.Equal((locked.Packages[0].Locked?.Value, null), (step.Lockfile.Packages[0].Locked?.Value, step.Lockfile.Packages[0].UnboundDigest));
        Assert.Equal(Rules.UnboundDigestDiffers, Assert.Single(world.Lock(other).Diagnostics).Rule);
    }

    [Fact]
    public void Reading_all_again_keeps_what_is_gone_upstream_and_says_so()
    {
        var locked = Locked("a/p");
        world.Remove("a/p", "v1.0.0");

        var step = world.ReadAll(locked);

        Assert.Equal(Rules.LockedTagGone, Assert.Single(step.Diagnostics).Rule);
        Assert.Equal(locked.Packages[0].Locked, step.Lockfile.Packages[0].Locked);
    }

    private static PackageLock With(PackageLock lockfile, int index, Func<LockEntry, LockEntry> change) =>
        new([.. lockfile.Packages.Select((entry, i) => i == index ? change(entry) : entry)]);

    private static LockedTag Bound(string tag, string digest) =>
        LockedTag.TryParse($"{tag}@{digest}", out var locked) ? locked : throw new FormatException(digest);

    private PackageLock Locked(string path)
    {
        world.Publish(path, "v1.0.0");
        return LockLines.Written(Lock($"{path} v1.0.0"));
    }

    private ResolutionStep Lock(params string[] lines) => world.Lock(LockLines.Read(lines));
}
