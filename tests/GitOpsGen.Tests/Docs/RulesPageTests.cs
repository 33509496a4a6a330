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
        Assert.All(codes, code => Assert.Matches("^GOG[1-79][0-9]{3}$", code));
    }

    private static string Page()
    {
        var page = new StringBuilder(
            """
            # Rules

            Every rule works offline. Where a severity can be changed, `rules:` in `.config/gitopsgen.yaml` does:

            ```yaml
            rules:
              GOG2107: warning # off | info | warning | error
            ```

            Shapes, cycles, collisions and ownership are errors always: with them, the output would not be what anybody meant.

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
