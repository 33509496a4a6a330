using System.Diagnostics;
using System.Text;
using CsCheck;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Settings;
using GitOpsGen.Tests.Testing;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Yaml;

/// <summary>No bytes make a reader throw, hang or overflow.</summary>
public class HostileYamlTests
{
    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("{a: ")]
    [InlineData("[{")]
    [InlineData("- ? ")]
    [InlineData("{? ")]
    public void Deep_nesting_is_refused_at_its_sixty_fifth_level(string level)
    {
        var (node, found) = Timed(Repeat(level, 100_000));
        Assert.Null(node);
        Assert.Equal(Rules.YamlLimit, Assert.Single(found).Rule);
    }

    [Theory]
    [InlineData("packages: !<tag:x>\n: [")]
    [InlineData("a: !<tag:x>\n\n\n: {")]
    public void A_finding_never_ends_before_it_starts(string text) =>
        Assert.All(Timed(text).Diagnostics, d => Assert.True(d.Span!.Value.End.CompareTo(d.Span.Value.Start) >= 0, $"{d.Span}"));

    [Theory]
    [InlineData("{", 1, 2)]
    [InlineData("a: [", 1, 5)]
    [InlineData("a: 1\r\nb: {", 2, 5)]
    [InlineData("a: |\n  x\nb: '", 3, 5)]
    [InlineData("[1,\n", 2, 1)]
    public void What_is_not_closed_is_found_at_the_end_of_the_text_and_not_behind_it(string text, int line, int column)
    {
        var end = new SourcePosition(line, column);

        Assert.True(Assert.Single(Timed(text).Diagnostics).Span!.Value.Start.CompareTo(end) <= 0);
        Assert.True(YamlSyntax.FindProblem(text)!.Value.At.CompareTo(end) <= 0);
    }

    [Theory]
    [InlineData("a: |\n  x")]
    [InlineData("a: x\n  y")]
    [InlineData("a:\n  - b:")]
    public void No_value_ends_behind_the_end_of_the_text(string text)
    {
        var read = YamlReader.Read("f", Encoding.UTF8.GetBytes(text)).Value!;

        Assert.True(((YamlMapping)read).Entries[0].Value.Span.End.CompareTo(SourceText.EndOf(text)) <= 0);
    }

    [Fact]
    public void Sixty_four_levels_are_read()
    {
        Assert.Empty(Timed(new string('[', 64) + new string(']', 64)).Diagnostics);
        Assert.NotEmpty(Timed(new string('[', 65) + new string(']', 65)).Diagnostics);
    }

    [Theory]
    [InlineData("- a\n", 1_100_000, "GOG1005")]
    [InlineData("[]\n", 1_000_000, "GOG1003")]
    [InlineData("---\n", 1_000_000, "GOG1004")]
    [InlineData("&a ", 1_000_000, "GOG1003")]
    [InlineData("!a ", 1_000_000, "GOG1004")]
    [InlineData("%a\n", 1_000_000, null)]
    [InlineData("\n", 10_000_000, null)]
    [InlineData("#\n", 5_000_000, null)]
    [InlineData("?\n", 100_000, "GOG1006")]
    [InlineData(": ", 100_000, "GOG1003")]
    [InlineData("a: *b\n", 100_000, "GOG1004")]
    [InlineData("'", 5_000_001, "GOG1003")]
    [InlineData("\"", 5_000_001, "GOG1003")]
    [InlineData("\"\\n", 1_000_000, "GOG1003")]
    [InlineData("]", 1_000_000, "GOG1003")]
    [InlineData(",", 1_000_000, "GOG1003")]
    [InlineData("a b ", 2_000_000, null)]
    [InlineData("a\n", 2_000_000, null)]
    [InlineData("a\n\n\n\n", 1_000_000, null)]
    [InlineData("|\n", 1_000_000, null)]
    [InlineData("1", 10_000_000, "GOG1005")]
    public void Repetition_is_quickly_read_or_refused(string piece, int count, string? code)
    {
        var (_, found) = Timed(Repeat(piece, count));
        if (code is null)
            Assert.Empty(found);
        else
            Assert.Equal(code, found[0].Rule.Code);
        Assert.InRange(found.CountBy(d => d.Rule).Select(rule => rule.Value).DefaultIfEmpty().Max(), 0, DiagnosticBag.ReadableLimit + 1);
    }

    [Theory]
    [InlineData("a: {0}")]
    [InlineData("a: '{0}'")]
    [InlineData("a: \"{0}\"")]
    [InlineData("a: |\n  {0}")]
    [InlineData("a: >\n  {0}")]
    [InlineData("# {0}")]
    public void Scalars_of_ten_mebibytes_are_quickly_read(string text) =>
        Assert.Empty(Timed(string.Format(null, text, new string('x', 10 * 1024 * 1024))).Diagnostics);

    [Theory]
    [InlineData("{0}: 1")]
    [InlineData("'{0}': 1")]
    [InlineData("? {0}\n: 1\n? {0}\n: 2")]
    [InlineData("a: &{0} 1")]
    [InlineData("a: *{0}")]
    [InlineData("a: !{0} 1")]
    public void Messages_about_long_names_stay_short(string text)
    {
        var (_, found) = Timed(string.Format(null, text, new string('x', 1024 * 1024)));
        Assert.NotEmpty(found);
        Assert.All(found, d => Assert.InRange(d.Message.Length, 1, 500));
    }

    [Fact]
    public void No_bytes_make_a_reader_throw() => Gen.Byte.Array[0, 200].Sample(ReadAll, iter: 3_000);

    [Fact]
    public void No_mixture_of_indicators_makes_a_reader_throw() =>
        Gen.OneOf(
                ":",
                ": ",
                "- ",
                "-",
                "? ",
                "?",
                "[",
                "]",
                "{",
                "}",
                ",",
                ", ",
                "&a ",
                "*a ",
                "!",
                "!!str ",
                "!<x> ",
                "|",
                ">",
                "|2-",
                "'",
                "\"",
                "%YAML 1.2",
                "%TAG",
                "---",
                "...",
                "#",
                " #",
                "\n",
                "\n  ",
                "\n    ",
                "\r\n",
                "\r",
                "\t",
                " ",
                "a",
                "b",
                "<<",
                "\\",
                "\\x",
                "\\u",
                "@",
                "`",
                "1",
                "~",
                "😀",
                "\u00a0",
                "\ufeff",
                "\u0085"
            )
            .Array[0, 30]
            .Select(string.Concat)
            .Sample(text => ReadAll(Encoding.UTF8.GetBytes(text)), iter: 20_000);

    [Fact]
    public void No_damaged_file_makes_a_reader_throw()
    {
        var files = new[] { Documents.Lockfile, Documents.Settings }.Select(Encoding.UTF8.GetBytes).ToArray();
        Gen.Select(Gen.OneOf(files), Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 3], Gen.Byte[0x09, 0x7e]).Array[1, 4])
            .Sample((file, edits) => ReadAll(edits.Aggregate(file, Damage)), iter: 5_000);
    }

    private static byte[] Damage(byte[] file, (int At, int How, byte With) edit)
    {
        var at = edit.At % Math.Max(1, file.Length - 1);
        return edit.How switch
        {
            0 when file.Length > 1 => [.. file[..at], .. file[(at + 1)..]],
            1 => [.. file[..at], edit.With, .. file[at..]],
            2 => [.. file[..at], edit.With, .. file[(at + 1)..]],
            _ => file[..Math.Max(1, at)],
        };
    }

    private static string Repeat(string piece, int count) => new StringBuilder(piece.Length * count).Insert(0, piece, count).ToString();

    private static void ReadAll(byte[] bytes)
    {
        Assert.True(YamlReader.Read(YamlText.File, bytes) is { Value: not null } or { Diagnostics.Length: > 0 });
        Assert.True(LockfileReader.Read(YamlText.File, bytes) is { Value: not null } or { Diagnostics.Length: > 0 });
        Assert.True(SettingsReader.Read(YamlText.File, bytes) is { Value: not null } or { Diagnostics.Length: > 0 });
    }

    private static Result<YamlNode> Timed(string text)
    {
        var clock = Stopwatch.StartNew();
        var result = YamlText.Read(text);
        Assert.True(clock.Elapsed < HangGuard.Bound, $"It took {clock.Elapsed}.");
        return result;
    }
}
