using System.Text.RegularExpressions;
using CsCheck;
using GitOpsGen.Model;
using GitOpsGen.Validation.Schemas;
using Xunit;

namespace GitOpsGen.Tests.Model;

/// <summary>The syntaxes of names say what the API server's regular expressions say (apimachinery, pkg/util/validation), on any text.</summary>
public sealed class KubernetesNamesTests
{
    private const string LabelPattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string NamePattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

    // Short texts of what the expressions tell apart; long ones at the limits of 63 and 253.
    private static readonly Gen<string> Text = Gen.Select(
        Gen.Char["abzAZ09-_./ \n%=+é"].Array[0, 7].Select(some => new string(some)),
        Gen.Frequency((9, Gen.Const(0)), (1, Gen.Int[55, 64]), (1, Gen.Int[245, 254])),
        (some, more) => some.Insert(some.Length / 2, new string('a', more))
    );

    [Fact]
    public void A_subdomain_is_what_the_server_takes_for_one() =>
        Text.Sample(text => KubernetesNames.IsSubdomain(text) == IsSubdomain(text), iter: 50_000);

    [Fact]
    public void A_label_is_what_the_server_takes_for_one() =>
        Text.Sample(text => KubernetesNames.IsLabel(text) == (text.Length <= 63 && IsMatch(LabelPattern, text)), iter: 50_000);

    [Fact]
    public void The_key_of_a_label_or_finalizer_is_told_from_that_of_an_annotation() =>
        Text.Sample(
            text =>
                KubernetesNames.IsQualified(text, allowsCapitals: false) == IsQualified(text)
                && KubernetesNames.IsQualified(text, allowsCapitals: true) == IsQualified(text.ToLowerInvariant()),
            iter: 50_000
        );

    [Fact]
    public void The_beginning_of_a_generated_name_is_read_with_its_dash_masked() =>
        Text.Sample(
            text =>
                KubernetesNames.IsSubdomainPrefix(text)
                == IsSubdomain(text.Length > 1 && text.EndsWith('-') ? string.Concat(text.AsSpan(0, text.Length - 2), "a") : text),
            iter: 50_000
        );

    [Theory]
    [InlineData("", true)]
    [InlineData("a", true)]
    [InlineData("A_b.c-d", true)]
    [InlineData("-a", false)]
    [InlineData("a/b", false)]
    public void The_value_of_a_label_is_a_name_or_empty(string text, bool isValue) => Assert.Equal(isValue, KubernetesNames.IsLabelValue(text));

    [Theory]
    [InlineData("a.b", true)]
    [InlineData("...", true)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("a%2Fb", false)]
    public void A_name_can_be_a_part_of_a_URL(string text, bool canBe) => Assert.Equal(canBe, KubernetesNames.IsPathSegment(text));

    /// <summary>https://github.com/asaskevich/govalidator, patterns.go.</summary>
    [Fact]
    public void Bytes_are_what_the_server_takes_for_base64() =>
        Text.Sample(
            text => StringFormats.IsByte(text) == IsMatch("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})", text),
            iter: 50_000
        );

    private static bool IsSubdomain(string text) => text.Length <= 253 && IsMatch($@"{LabelPattern}(\.{LabelPattern})*", text);

    private static bool IsQualified(string text) =>
        text.Split('/') switch
        {
            [var name] => IsName(name),
            [var owner, var name] => IsSubdomain(owner) && IsName(name),
            _ => false,
        };

    private static bool IsName(string text) => text.Length <= 63 && IsMatch(NamePattern, text);

    private static bool IsMatch(string pattern, string text) => Regex.IsMatch(text, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant);
}
