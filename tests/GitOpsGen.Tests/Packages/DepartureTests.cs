using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Settings;
using Xunit;

namespace GitOpsGen.Tests.Packages;

/// <summary>Versions that a registry deletes by their age, as far as a file can tell.</summary>
public sealed class DepartureTests
{
    private const string Upbound = "xpkg.upbound.io/upbound/provider-aws-s3";

    [Theory]
    [InlineData("2026-09-05", false)]
    [InlineData("2026-09-06", true)] // sixty days before
    [InlineData("2026-11-04", true)]
    [InlineData("2026-11-05", true)]
    [InlineData("2036-11-05", true)]
    [InlineData("2025-11-04", false)] // not published yet: the date means nothing
    public void A_version_is_told_of_from_sixty_days_before_the_shorter_period_ends(string today, bool isTold) =>
        Assert.Equal(isTold, Check(Entry(Upbound, "v2.2.0", "2025-11-05"), today).Any());

    [Theory]
    [InlineData("2026-11-04", false)]
    [InlineData("2026-11-05", true)]
    public void A_version_may_be_gone_on_the_day_on_which_the_period_ends(string today, bool isPast)
    {
        var lockfile = Lock(Entry(Upbound, "v2.2.0", "2025-11-05"));

        Assert.Equal(isPast, Departure.Of(lockfile.Packages[0], Settings(""), DateOnly.Parse(today, null))!.IsPast);
    }

    [Theory]
    [InlineData("2026-11-04", "may be gone from 2026-11-05 on:")]
    [InlineData("2026-11-05", "may be gone since 2026-11-05:")]
    public void The_message_says_whether_the_day_is_over(string today, string words) =>
        Assert.Contains(words, Assert.Single(Check(Entry(Upbound, "v2.2.0", "2025-11-05"), today)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("xpkg.crossplane.io/crossplane-contrib/provider-aws-s3", "")] // keeps all
    [InlineData(Upbound, "registries: { xpkg.upbound.io: { availability: { main: unlimited } } }")]
    [InlineData(Upbound, "registries: { xpkg.upbound.io: { availability: { main: 48mo } } }")]
    [InlineData(Upbound, "rules: { GOG2115: \"off\" }", true)]
    public void Where_versions_stay_nothing_is_told(string package, string settings, bool isFound = false) =>
        Assert.Equal(isFound, Check(Entry(package, "v2.2.0", "2025-01-01"), "2026-11-27", settings).Any());

    [Theory]
    [InlineData("{ main: unlimited, backport: 30d }", "2025-12-04", false)]
    [InlineData("{ main: unlimited, backport: 30d }", "2025-12-05", true)]
    [InlineData("{ main: 30d, backport: unlimited }", "2025-12-05", true)]
    [InlineData("{ main: 1mo }", "2025-12-05", true)]
    public void The_settings_say_how_long_another_registry_keeps_versions(string availability, string today, bool isPast)
    {
        var lockfile = Lock(Entry("ghcr.io/acme/p", "v1.0.0", "2025-11-05"));
        var settings = Settings($"registries: {{ ghcr.io: {{ availability: {availability} }} }}");

        Assert.Equal(isPast, Departure.Of(lockfile.Packages[0], settings, DateOnly.Parse(today, null))!.IsPast);
    }

    [Fact]
    public void Without_a_date_nothing_is_told() =>
        Assert.Empty(Check($"  - {{ package: {Upbound}, kind: Provider, version: v2.2.0 }}\n", "2030-01-01"));

    [Fact]
    public void One_finding_names_the_version_at_its_entry_and_an_environment_that_has_a_mirror()
    {
        var found = Check(
            Entry(Upbound, "v2.2.0", "2025-11-05", ", environments: [prod]") + Entry(Upbound, "v2.2.0", "2025-11-05", ", environments: [dev]"),
            "2026-11-27"
        );

        var finding = Assert.Single(found);
        Assert.Equal((Rules.MayBeGone, Severity.Warning, 3), (finding.Rule, finding.Severity, finding.Span!.Value.Start.Line));
        Assert.Contains("gitopsgen mirror plan --from prod'", finding.Fix, StringComparison.Ordinal);
        Assert.Contains("2026-11-05", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_that_is_in_no_mirror_has_another_remedy()
    {
        var finding = Assert.Single(
            Check(Entry(Upbound, "v2.2.0", "2025-11-05"), "2026-11-27", "", "{ registry: { host: xpkg.upbound.io }, gitops: { engine: none } }")
        );

        Assert.Contains("gitopsgen outdated", finding.Fix, StringComparison.Ordinal);
        Assert.DoesNotContain("mirror", finding.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12mo")]
    [InlineData("1d")]
    [InlineData("unlimited")]
    public void A_period_is_printed_as_it_is_written(string text) => Assert.Equal(text, RetentionPeriod.Parse(text).ToString());

    [Theory]
    [InlineData("0mo")]
    [InlineData("12")]
    [InlineData("12m")]
    [InlineData("1y")]
    [InlineData("-1d")]
    [InlineData("1.5mo")]
    [InlineData("99999d")]
    [InlineData("Unlimited")]
    [InlineData("12mo\n")]
    public void Other_periods_are_refused(string text) => Assert.False(RetentionPeriod.TryParse(text, out _));

    private static string Entry(string package, string version, string day, string more = "") =>
        $"  - {{ package: {package}, kind: Provider, version: {version}, published: {day}{more} }}\n";

    private static ImmutableArray<Diagnostic> Check(
        string entries,
        string today,
        string settings = "",
        string environment = "{ registry: { host: harbor.example.com }, gitops: { engine: none } }"
    ) => Departure.Check(Lock(entries), Settings(settings, environment), DateOnly.Parse(today, null));

    private static PackageLock Lock(string entries) =>
        LockfileReader.Read("packages.lock.yaml", Encoding.UTF8.GetBytes($"lockfileVersion: 1\npackages:\n{entries}")).Value!;

    private static ProjectSettings Settings(
        string more,
        string environment = "{ registry: { host: harbor.example.com }, gitops: { engine: none } }"
    ) =>
        SettingsReader
            .Read(
                ".config/gitopsgen.yaml",
                Encoding.UTF8.GetBytes($"settingsVersion: 1\n{more}\nenvironments:\n  prod: {environment}\n  dev: {environment}\n")
            )
            .Value!;
}
