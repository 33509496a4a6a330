using GitOpsGen.Model;
using Xunit;

namespace GitOpsGen.Tests.Model;

public sealed class EnvironmentNameTests
{
    [Theory]
    [InlineData(0, "There are no environments: add one to the settings.")]
    [InlineData(2, "Environments are e0, e1.")]
    public void Whoever_gave_a_name_that_is_not_there_learns_the_ones_that_are(int count, string sentence) =>
        Assert.Equal(sentence, EnvironmentName.KnownNames(Names(count)));

    [Fact]
    public void Of_many_names_the_rest_is_counted_and_not_dropped() =>
        Assert.EndsWith("e19 and 23 more.", EnvironmentName.KnownNames(Names(43)), StringComparison.Ordinal);

    private static EnvironmentName[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => new EnvironmentName($"e{i}"))];
}
