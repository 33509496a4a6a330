using System.Text;
using GitOpsGen.Review;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Review;

public sealed class TextDifferenceTests
{
    [Fact]
    public void A_changed_line_is_shown_with_three_equal_lines_around_it() =>
        Assert.Equal(
            """
             c: 3
             d: 4
             e: 5
            -f: 6
            +f: 7
             g: 7
             h: 8
             i: 9
            """,
            Difference(
                "{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 0 }",
                "{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 7, g: 7, h: 8, i: 9, j: 0 }"
            )
        );

    [Fact]
    public void Equal_lines_between_two_differences_are_left_out() =>
        Assert.Equal(
            """
            -a: 1
            +a: 2
             b: 2
             c: 3
             d: 4
            @
             g: 7
             h: 8
             i: 9
            +j: 0
            """,
            Difference("{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9 }", "{ a: 2, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 0 }")
        );

    [Fact]
    public void An_object_on_one_side_alone_is_shown_as_a_whole()
    {
        Assert.Equal("+a: 1\n+b: 2", Difference(null, "{ a: 1, b: 2 }"));
        Assert.Equal("-a: 1\n-b: 2", Difference("{ a: 1, b: 2 }", null));
    }

    [Fact]
    public void A_secret_is_never_shown_and_still_one_sees_that_it_changes() =>
        Assert.Equal(
            """
             kind: Secret
             data:
               same: (hidden)
            -  other: (hidden)
            +  other: (changed)
            """,
            Difference("{ kind: Secret, data: { same: c2VjcmV0, other: b25l } }", "{ kind: Secret, data: { same: c2VjcmV0, other: dHdv } }")
        );

    [Fact]
    public void Two_secrets_that_change_places_have_both_changed() =>
        Assert.Equal(
            """
             kind: Secret
             data:
            -  one: (hidden)
            -  other: (hidden)
            +  one: (changed)
            +  other: (changed)
            """,
            Difference("{ kind: Secret, data: { one: c2VjcmV0, other: b25l } }", "{ kind: Secret, data: { one: b25l, other: c2VjcmV0 } }")
        );

    [Fact]
    public void A_long_value_at_a_key_or_in_an_item_that_sounds_secret_is_hidden_wherever_it_moves()
    {
        const string Token = "abcdefghijklmnopqrstuvwxyz";
        var text = Difference(
            $"{{ env: [{{ name: API_TOKEN, value: {Token} }}], adminPassword: {Token} }}",
            $"{{ env: [{{ name: LOG, value: debug }}, {{ name: API_TOKEN, value: {Token} }}], adminPassword: {Token}2 }}"
        );

        Assert.DoesNotContain(Token, text, StringComparison.Ordinal);
        Assert.Contains("+  - name: LOG", text, StringComparison.Ordinal);
        Assert.Contains("     value: (hidden)", text, StringComparison.Ordinal);
        Assert.Contains("-adminPassword: (hidden)\n+adminPassword: (changed)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_a_list_that_comes_as_a_whole_is_hidden_among_the_fields_too()
    {
        const string Token = "abcdefghijklmnopqrstuvwxyz";

        var change = Assert.Single(NodeDifference.Of(Read("{ a: 1 }"), Read($"{{ a: 1, env: [{{ name: API_TOKEN, value: {Token} }}] }}")));

        Assert.DoesNotContain(Token, change.To, StringComparison.Ordinal);
    }

    private static string Difference(string? before, string? after) =>
        string.Join('\n', TextDifference.Of(Read(before), Read(after)).Select(line => $"{line.Mark}{line.Text}"));

    private static YamlNode? Read(string? text) => text is null ? null : YamlReader.Read("a.yaml", Encoding.UTF8.GetBytes(text)).Value;
}
