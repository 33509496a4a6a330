using System.Collections.Immutable;
using System.Security.Cryptography;
using CsCheck;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Yaml;

/// <summary>Strings and trees that favour what YAML readers stumble over.</summary>
internal static class YamlGenerators
{
    private static readonly SourceSpan Nowhere = SourceSpan.StartOf("test");

    private static readonly Gen<string> Piece = Gen.Frequency(
        (
            4,
            Gen.OneOf(
                "-",
                "?",
                ":",
                ",",
                "[",
                "]",
                "{",
                "}",
                "#",
                "&",
                "*",
                "!",
                "|",
                ">",
                "'",
                "\"",
                "%",
                "@",
                "`",
                "\\",
                "/",
                "=",
                "+",
                "~",
                ".",
                "$",
                "(",
                ";"
            )
        ),
        (
            4,
            Gen.OneOf(": ", " #", "- ", "? ", "---", "...", "<<", " ", "  ", "{{", "}}", "&a ", "*a", "!!int ", "\\u0041", "%YAML 1.1", ":\t", "#\n")
        ),
        (3, Gen.OneOf("null", "true", "yes", "no", "on", "Off", "y", "N", "TRUE", "nUll", "False", ".inf", ".NaN", "-.Inf")),
        (
            4,
            Gen.OneOf(
                "0",
                "1",
                "17",
                "-1",
                "0o17",
                "0777",
                "08",
                "0x1F",
                "0b1",
                "1_000",
                "1:20",
                "190:20:30.15",
                "1e3",
                "1e",
                ".5",
                "1.",
                "2001-12-14",
                "2001-12-14t21:59:43.10-05:00",
                "12",
                "e",
                "E",
                "x",
                "_"
            )
        ),
        (3, Gen.OneOf("\n", "\n\n", "\r", "\r\n", "\t", " \n", "\n ", "a\nb\n")),
        (
            2,
            Gen.OneOf(
                "é",
                "ß",
                "日本",
                "😀",
                "\u00A0",
                "\u0085",
                "\u2028",
                "\u2029",
                "\uFEFF",
                "\u202E",
                "\u2066",
                "\u200E",
                "\u061C",
                "\uFFFD",
                "\uFFFE",
                "\uFFFF",
                "\uE000",
                "\U000E0041",
                "\U0001FFFE",
                "\u0301",
                "\u3000"
            )
        ),
        (1, Gen.Char['\0', '\u00BF'].Select(unit => unit.ToString())),
        (5, Gen.String[Gen.Char['a', 'z'], 1, 6]),
        (1, Gen.String[Gen.OneOf('a', ' ', 'é', '-', ':'), 300, 1500])
    );

    /// <summary>Any string that YAML can hold.</summary>
    public static Gen<string> Text { get; } =
        Gen.Frequency(
            (10, Piece.Array[0, 6].Select(string.Concat)),
            (3, Gen.String[Gen.OneOf([.. "0123456789_.,:+-eExXoObBaTZ "]), 1, 8]),
            (1, Gen.String[Gen.Char[' ', '~'], 0, 30]),
            (
                1,
                Gen.Int[0, 0x10FFFF]
                    .Where(point => point is < 0xD800 or > 0xDFFF)
                    .Array[1, 4]
                    .Select(points => string.Concat(points.Select(char.ConvertFromUtf32)))
            )
        );

    private static readonly Gen<YamlNode> Scalar = Gen.Frequency(
        (6, Text.Select(YamlNode (text) => YamlScalar.String(text, Nowhere))),
        (2, Plain(ScalarKind.Integer, "0", "-0", "+7", "010", "0o17", "0x1F", "-12", "9007199254740993", "123456789012345678901234567890")),
        (2, Plain(ScalarKind.Float, "1.5", "-.5", "1.", "1e3", "1E-2", "01.50", "+.5e+1", "-0.25", "6.02e23")),
        (1, Plain(ScalarKind.Boolean, "true", "True", "TRUE", "false", "False", "FALSE")),
        (1, Plain(ScalarKind.Null, "", "~", "null", "Null", "NULL"))
    );

    /// <summary>Trees of scalars of every kind that JSON knows, and of collections.</summary>
    public static Gen<YamlNode> Tree { get; } = TreeOf(depth: 4);

    /// <summary>The same values on every run, then others; the seed of those is printed.</summary>
    public static IEnumerable<T[]> Batches<T>(Gen<T> generator, int count)
    {
        var seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed of the second batch: {seed}");
        return new[] { 20261122ul, seed }.Select(start => generator.Array[count].Generate(new PCG(1, start), null, out _));
    }

    private static Gen<YamlNode> Plain(ScalarKind kind, params string[] texts) =>
        Gen.OneOf(texts).Select(YamlNode (text) => new YamlScalar(kind, text, Nowhere) { IsPlain = true });

    private static Gen<YamlNode> TreeOf(int depth)
    {
        if (depth == 0)
            return Scalar;
        var child = TreeOf(depth - 1);
        return Gen.Frequency(
            (2, Scalar),
            (2, child.Array[0, 4].Select(YamlNode (items) => new YamlSequence([.. items], Nowhere))),
            (3, Gen.Select(Text, child).Array[0, 4].Select(YamlNode (entries) => new YamlMapping(Unique(entries), Nowhere)))
        );
    }

    private static ImmutableArray<YamlEntry> Unique((string Key, YamlNode Value)[] entries) =>
        [.. entries.DistinctBy(entry => entry.Key).Select(entry => new YamlEntry(YamlScalar.String(entry.Key, Nowhere), entry.Value))];
}
