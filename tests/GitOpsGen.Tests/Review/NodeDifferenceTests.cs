using System.Text;
using GitOpsGen.Review;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>What differs between two objects, by meaning.</summary>
public sealed class NodeDifferenceTests
{
    [Theory]
    [InlineData("{a: 1, b: 2}", "{b: 2, a: 1.0}", "")]
    [InlineData("{a: {b: x}}", "{a: {b: y}}", "a.b: x → y")]
    [InlineData("{a: {b: x}}", "{a: {c: y}}", "a.b: x → ∅; a.c: ∅ → y")]
    [InlineData("{a: '1'}", "{a: 1}", """a: "1" → 1""")]
    [InlineData("{a: {x.io/y: p}}", "{a: {x.io/y: q}}", """a["x.io/y"]: p → q""")]
    [InlineData("{e: [{name: A, value: 1}, {name: B, value: 2}]}", "{e: [{name: B, value: 3}, {name: A, value: 1}]}", "e[name=B].value: 2 → 3")]
    [InlineData("{e: [{name: A}]}", "{e: [{name: A}, {name: B, value: 1}]}", """e[name=B]: ∅ → {"name": "B", "value": 1}""")]
    [InlineData("{l: [a, b, c]}", "{l: [a, x, b, c]}", "l[1]: ∅ → x")]
    [InlineData("{l: [a, b, c]}", "{l: [a, c]}", "l[1]: b → ∅")]
    [InlineData("{l: [a, b, c]}", "{l: [a, y, c]}", "l[1]: b → y")]
    [InlineData("{l: [a, b, c, d]}", "{l: [a, d]}", "l[1]: b → ∅; l[2]: c → ∅")]
    [InlineData("{l: [a, d]}", "{l: [a, b, c, d]}", "l[1]: ∅ → b; l[2]: ∅ → c")]
    [InlineData("{l: [a]}", "{l: [a, b]}", "l[1]: ∅ → b")]
    [InlineData("{l: [a, b]}", "{l: [a]}", "l[1]: b → ∅")]
    [InlineData("{l: []}", "{l: [{name: A}]}", """l[name=A]: ∅ → {"name": "A"}""")]
    [InlineData("{a: {b: 1}}", "{a: [1]}", """a: {"b": 1} → [1]""")]
    public void Maps_are_compared_by_key_lists_of_maps_by_name_and_others_by_their_longest_common_part(
        string before,
        string after,
        string expected
    ) => Assert.Equal(expected, Difference(before, after));

    [Theory]
    [InlineData("{kind: Secret, data: {a: eA==}, type: x}", "{kind: Secret, data: {a: eQ==}, type: y}", "data.a: (changed) → (changed); type: x → y")]
    [InlineData("{kind: Secret}", "{kind: Secret, stringData: {a: {b: x}}}", """stringData: ∅ → {"a": {"b": (changed)}}""")]
    [InlineData("{}", "{kind: Secret, data: {a: eA==}}", """kind: ∅ → Secret; data: ∅ → {"a": (changed)}""")]
    [InlineData("{kind: Secret, data: {a: eA==}}", "{}", """kind: Secret → ∅; data: {"a": (changed)} → ∅""")]
    [InlineData("{apiToken: aaaaaaaaaaaaaaaaaaaaaaaa}", "{apiToken: bbbbbbbbbbbbbbbbbbbbbbbb}", "apiToken: (changed) → (changed)")]
    [InlineData("{apiToken: short}", "{apiToken: shorter}", "apiToken: short → shorter")]
    [InlineData(
        "{env: [{name: DB_PASSWORD, value: aaaaaaaaaaaaaaaaaaaaaaaa}]}",
        "{env: [{name: DB_PASSWORD, value: bbbbbbbbbbbbbbbbbbbbbbbb}]}",
        "env[name=DB_PASSWORD].value: (changed) → (changed)"
    )]
    [InlineData("{a: {}}", "{a: {passwords: [aaaaaaaaaaaaaaaaaaaaaaaa]}}", "a.passwords: ∅ → [(changed)]")]
    [InlineData("{spec: {}}", "{spec: {new: {token: aaaaaaaaaaaaaaaaaaaaaaaa}}}", """spec.new: ∅ → {"token": (changed)}""")]
    public void What_may_be_a_secret_is_never_shown_but_that_it_changes_is(string before, string after, string expected) =>
        Assert.Equal(expected, Difference(before, after));

    [Theory]
    [InlineData("{note: aaaaaaaaaaaaaaaaaaaaaaaa}", "{note: bbbbbbbbbbbbbbbbbbbbbbbb}", "note: aaaaaaaaaaaaaaaaaaaaaaaa → bbbbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData(
        "{env: [{name: LOG, value: aaaaaaaaaaaaaaaaaaaaaaaa}]}",
        "{env: [{name: LOG, value: bbbbbbbbbbbbbbbbbbbbbbbb}]}",
        "env[name=LOG].value: aaaaaaaaaaaaaaaaaaaaaaaa → bbbbbbbbbbbbbbbbbbbbbbbb"
    )]
    [InlineData("{kind: ConfigMap, data: {a: x}}", "{kind: ConfigMap, data: {a: y}}", "data.a: x → y")]
    public void What_sounds_like_no_secret_is_shown_however_long_it_is(string before, string after, string expected) =>
        Assert.Equal(expected, Difference(before, after));

    private static string Difference(string before, string after) =>
        string.Join("; ", NodeDifference.Of(Read(before), Read(after)).Select(change => $"{change.Path}: {change.From ?? "∅"} → {change.To ?? "∅"}"));

    private static YamlNode Read(string text) => YamlReader.Read("a.yaml", Encoding.UTF8.GetBytes(text)).Value!;
}
