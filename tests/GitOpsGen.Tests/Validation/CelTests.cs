using Xunit;

namespace GitOpsGen.Tests.Validation;

/// <summary>Rules of CRDs in CEL: those that hold, that do not, and that are outside of the subset.</summary>
public sealed class CelTests
{
    private const string Fields =
        "a: { type: string }, d: { type: string, default: x }, n: { type: integer }, t: { type: string, format: date-time }, "
        + "l: { type: array, items: { type: integer } }, m: { type: object, additionalProperties: { type: string } }, namespace: { type: string }";

    private const string Value = "{ a: Ab, n: 2, l: [1, 2, 3], m: { k: v }, t: '2026-01-02T03:04:05Z' }";

    [Theory]
    [InlineData("has(self.a) && !has(self.namespace)")]
    [InlineData("has(self.d) && self.d == 'x'")]
    [InlineData("!has(self.__namespace__) && !has(self.m.__package__)")]
    [InlineData("self.a.matches('^A') && self.a.startsWith(\"A\") && self.a.endsWith('b') && self.a.contains('Ab')")]
    [InlineData("size(self.a) == 2 && self.a.size() == 2 && size(self.l) == 3 && size(self.m) == 1")]
    [InlineData("self.n > 1 && self.n >= 2 && self.n < 3 && self.n <= 2 && self.n != 3 && -1 < self.n")]
    [InlineData("self.n in [1, 2] && 'k' in self.m && !(5 in self.l)")]
    [InlineData("self.m['k'] == 'v' && self.l[0] == 1 && self.m.k == 'v'")]
    [InlineData("self.a.lowerAscii() == 'ab'")]
    [InlineData("self.namespace == 'x' || self.n == 2")]
    [InlineData("self.n == 2 || self.namespace == 'x'")]
    [InlineData("!(self.namespace == 'x' && self.n == 3)")]
    [InlineData("has(self.t)")]
    [InlineData("r'\\d' == '\\\\d'")]
    [InlineData("self == oldSelf")]
    [InlineData("self.n + 1 == oldSelf.n")]
    [InlineData("'a' in ['b', self.m.k] || 'v' in ['b', self.m.k]")]
    [InlineData("!(self.l == [1, 2]) && self.l != [1, 2, 4] && self.a != 1")]
    [InlineData("self.l == [1, 2, 3] && !!true && null == null")]
    public void A_rule_holds(string rule) => Assert.Equal("", Codes(rule));

    [Theory]
    [InlineData("!has(self.a)")]
    [InlineData("self.namespace == 'x'")]
    [InlineData("self.n == 2 && self.namespace == 'x'")]
    [InlineData("self.l[3] == 1")]
    [InlineData("self.a < 1")]
    [InlineData("self.a")]
    [InlineData("size(self.n) > 0")]
    public void A_rule_that_is_false_or_fails_refuses_the_object(string rule) => Assert.Equal("GOG7105", Codes(rule));

    [Theory]
    [InlineData("self.n + 1 == 3")]
    [InlineData("self.l.map(x, x).size() == 3")]
    [InlineData("self.t < self.t")]
    [InlineData("self.a.matches('(?i)a')")]
    [InlineData("duration('1h') == duration('1h')")]
    [InlineData("self.l.all(x, x > 0)")]
    [InlineData("self.l.exists(x, x == 1)")]
    [InlineData("self.l.filter(x, x > 1).size() == 2")]
    [InlineData("self.n == 2 ? true : false")]
    [InlineData("self.m == self.m")]
    [InlineData("[self.m] == [self.m]")]
    [InlineData("self.a < 'b'")]
    [InlineData("true > false")]
    [InlineData("self.a.matches(self.a)")]
    [InlineData("self.a.upperAscii() == 'AB'")]
    [InlineData("self.a.split('A').size() == 2")]
    [InlineData("self.a__dash__b == 1")]
    [InlineData("has(self.__other__)")]
    [InlineData("self.?a.hasValue()")]
    [InlineData("{'a': 1}.a == 1")]
    [InlineData("0x10 == 16")]
    [InlineData("2u == 2u")]
    [InlineData("b'a' == b'a'")]
    [InlineData("'\\u0041' == 'A'")]
    [InlineData("has(self)")]
    [InlineData("has(self.m['k'])")]
    [InlineData("self.n == 2 // a comment")]
    [InlineData("self.a == 'Ab")]
    [InlineData("'")]
    [InlineData("")]
    [InlineData("1 == 1 == true")]
    [InlineData("self.a == \"\"\"Ab\"\"\"")]
    [InlineData("self.")]
    [InlineData("unknown == 1")]
    [InlineData("self.n == 2 && self.n + 1 == 3")]
    public void A_rule_outside_of_the_subset_leaves_a_gap(string rule) => Assert.Equal("GOG7203", Codes(rule));

    [Fact]
    public void What_decides_needs_no_support_of_the_rest() => Assert.Equal("", Codes("self.a.matches('(?i)a') || self.n == 2"));

    [Fact]
    public void A_rule_is_not_asked_about_what_is_wrong_anyway() =>
        Assert.Equal("GOG7103", Crds.Check("{ type: string, x-kubernetes-validations: [{ rule: 'size(self) > 0' }] }", "1").Codes());

    [Theory]
    [InlineData(10_000, "(", ")")]
    [InlineData(10_000, "!", "")]
    [InlineData(3_000, "!(", ")")]
    [InlineData(500, "[", "]")]
    [InlineData(1_000, "true || ", "")]
    public void A_hostile_rule_is_harmless(int count, string before, string after)
    {
        var rule = $"{string.Concat(Enumerable.Repeat(before, count))}true{string.Concat(Enumerable.Repeat(after, count))}";

        Assert.True(Codes(rule) is "" or "GOG7203" or "GOG7105");
    }

    [Fact]
    public void A_rule_with_oldSelf_that_applies_to_new_objects_leaves_a_gap() =>
        Assert.Equal(
            "GOG7203",
            Crds.Check("{ type: integer, x-kubernetes-validations: [{ rule: self == oldSelf.value(), optionalOldSelf: true }] }", "1").Codes()
        );

    private static string Codes(string rule) =>
        Crds.Check(
                $"{{ type: object, properties: {{ {Fields} }}, x-kubernetes-validations: [{{ message: Wrong., rule: '{rule.Replace("'", "''", StringComparison.Ordinal)}' }}] }}",
                Value
            )
            .Codes();
}
