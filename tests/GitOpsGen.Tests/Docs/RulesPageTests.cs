using System.Globalization;
using System.Text;
using GitOpsGen.Diagnostics;
using Xunit;

namespace GitOpsGen.Tests.Docs;

public sealed class RulesPageTests
{
    [Fact]
    public void The_page_of_rules_says_what_the_catalogue_says() => GeneratedPage.Is("rules.md", Page());

    [Fact]
    public void Codes_are_unique_and_ordered_by_area()
    {
        var codes = Rules.ByCode.Values.Select(rule => rule.Code).ToList();

        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^GOG[1-9][0-9]{3}$", code));
    }

    private static string Page()
    {
        var page = new StringBuilder(
            """
            # Rules

            Every rule works offline, except those of the commands that read a registry (GOG6xxx). `rules:` in `.config/gitopsgen.yaml` changes the severity
            of a rule, if the table says that it can be changed:

            ```yaml
            rules:
              GOG2107: warning # off | info | warning | error
            ```

            Wrong shapes, cycles, collisions and files of other owners are always errors, because the output would not be what anybody meant.

            | code | severity | can be changed | |
            |---|---|---|---|

            """
        );
        foreach (var rule in Rules.ByCode.Values.OrderBy(rule => rule.Code, StringComparer.Ordinal))
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"| {rule.Code} | {rule.Default.ToString().ToLowerInvariant()} | {(rule.CanChange ? "yes" : "no")} | {rule.Summary} |\n"
            );
        }

        return page.ToString();
    }
}
