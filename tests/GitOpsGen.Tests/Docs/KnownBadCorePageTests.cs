using System.Globalization;
using GitOpsGen.Packages;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Docs;

public sealed class KnownBadCorePageTests
{
    [Fact]
    public void The_page_about_updates_has_the_table_of_cores_to_skip()
    {
        var rows = File.ReadLines(RepositoryRoot.Combine("docs", "updating.md"))
            .SkipWhile(line => line != "| core | what happens | take | source |")
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'));

        Assert.Equal(
            KnownBadCore.All.Select(bad =>
                string.Create(CultureInfo.InvariantCulture, $"| {bad.Version} | {bad.Reason} | {bad.Take} | {bad.Source}, {bad.Reported:O} |")
            ),
            rows
        );
    }
}
