using GitOpsGen.Model;
using GitOpsGen.Packages.Updating;
using Xunit;

namespace GitOpsGen.Tests.Packages.Updating;

public sealed class UpdateLimitsTests
{
    [Theory]
    [InlineData("v1.2.3", "v1.2.4", "Compatible Any Minor Patch")]
    [InlineData("v1.2.3", "v1.3.0", "Compatible Any Minor")]
    [InlineData("v1.2.3", "v2.2.3", "Any")]
    [InlineData("v0.2.3", "v0.2.4", "Compatible Any Minor Patch")]
    [InlineData("v0.2.3", "v0.3.0", "Any Minor")]
    [InlineData("v0.2.3", "v1.2.3", "Any")]
    [InlineData("v1.2.3", "v1.2.3", "")]
    [InlineData("v1.2.3", "1.2.3", "")]
    [InlineData("v1.2.3", "v1.2.2", "")]
    public void A_higher_version_is_taken_as_far_as_the_step_goes(string current, string candidate, string steps) =>
        Assert.Equal(
            steps,
            string.Join(' ', Enum.GetValues<UpdateStep>().Where(step => new UpdateLimits { Step = step }.Allow(Version(current), Version(candidate))))
        );

    [Theory]
    [InlineData("v1.2.3", "v1.3.0-rc.1", null, false, false)]
    [InlineData("v1.2.3", "v1.3.0-rc.1", null, true, true)]
    [InlineData("v1.3.0-rc.0", "v1.3.0-rc.1", null, false, true)]
    [InlineData("v1.2.3", "v1.3.0-rc.1", ">=1.3.0-0", false, true)]
    [InlineData("v1.2.3", "v1.3.0-rc.1", "v1.3.0-rc.1", false, true)]
    [InlineData("v1.2.3", "v1.3.0-rc.1", ">=1.3.0", true, false)]
    public void A_pre_release_is_taken_where_something_asks_for_one(string current, string candidate, string? to, bool allows, bool isAllowed) =>
        Assert.Equal(isAllowed, Limits(to) with { AllowsPrereleases = allows } is var limits && limits.Allow(Version(current), Version(candidate)));

    [Theory]
    [InlineData("v1.2.2", "v1.2.2", true)]
    [InlineData("v1.2.2", "<1.2.3", false)]
    [InlineData("v1.3.0", "1.2.x", false)]
    [InlineData("v1.3.0", "1.x", true)]
    public void A_lower_version_has_to_be_named_exactly(string candidate, string to, bool isAllowed) =>
        Assert.Equal(isAllowed, Limits(to).Allow(Version("v1.2.3"), Version(candidate)));

    private static UpdateLimits Limits(string? to) =>
        to is null ? new()
        : VersionSelection.TryParse(to, out var selection, out _) ? new() { To = selection }
        : throw new ArgumentException(to);

    private static PackageVersion Version(string text) => PackageVersion.Parse(text);
}
