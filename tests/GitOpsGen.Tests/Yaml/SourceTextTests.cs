using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Yaml;

/// <summary>Bytes are strict UTF-8, and nothing in them is invisible.</summary>
public class SourceTextTests
{
    [Theory]
    [InlineData('\u0000')]
    [InlineData('\u0007')]
    [InlineData('\u000b')]
    [InlineData('\u001b')]
    [InlineData('\u007f')]
    [InlineData('\u0085')]
    [InlineData('\u009f')]
    [InlineData('\u061c')]
    [InlineData('\u200e')]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    [InlineData('\u202e')]
    [InlineData('\u2066')]
    [InlineData('\ufeff')]
    [InlineData('\uffff')]
    public void An_invisible_character_is_refused_where_it_stands(char character)
    {
        Assert.Equal(["GOG1002 2:6"], Decode($"x: 1\na: 😀{character}b").Found);
        Assert.Equal(["GOG1002 2:6"], Decode($"x: 1\r\na: 😀{character}b").Found);
        Assert.Equal(["GOG1002 2:6"], Decode($"x: 1\ra: 😀{character}b").Found);
    }

    [Theory]
    [InlineData("a:\tb\r\n")]
    [InlineData("# é 日本 😀 \u00a0 \u200d \ue000")]
    [InlineData("")]
    public void Everything_else_is_read_as_it_is(string text) => Assert.Equal(text, Decode(text).Text);

    [Fact]
    public void A_byte_order_mark_is_no_character() => Assert.Equal("a: 1", Decode("\ufeffa: 1").Text);

    [Theory]
    [InlineData(new byte[] { 0x61, 0x3a, 0x0a, 0x62, 0xff, 0x63 }, "GOG1002 2:2")]
    [InlineData(new byte[] { 0xff, 0xfe, 0x61, 0x00 }, "GOG1002 1:1")] // UTF-16
    [InlineData(new byte[] { 0xef, 0xbb, 0xbf, 0x61, 0xc3 }, "GOG1002 1:2")] // cut off
    [InlineData(new byte[] { 0xf0, 0x9f, 0x98, 0x80, 0xc0, 0x80 }, "GOG1002 1:3")] // overlong, behind an emoji
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 }, "GOG1002 1:1")] // half a surrogate pair
    [InlineData(new byte[] { 0xf4, 0x90, 0x80, 0x80 }, "GOG1002 1:1")] // past U+10FFFF
    public void What_is_not_UTF_8_is_refused_at_its_first_byte(byte[] bytes, string place) => Assert.Equal([place], Decode(bytes).Found);

    [Fact]
    public void Invalid_bytes_far_into_a_file_are_found()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("key: 😀\n", 100_000))), 0x61, 0x80];
        Assert.Equal(["GOG1002 100001:2"], Decode(bytes).Found);
    }

    [Fact]
    public void A_file_full_of_nothing_is_a_few_findings() => Assert.InRange(Decode(new byte[1_000_000]).Found.Length, 1, 20);

    [Fact]
    public void A_file_has_at_most_16_MiB()
    {
        Assert.NotNull(Decode(Spaces(SourceText.MaximumBytes)).Text);
        Assert.Equal(["GOG1005 1:1"], Decode(Spaces(SourceText.MaximumBytes + 1)).Found);
    }

    private static byte[] Spaces(int count)
    {
        var bytes = new byte[count];
        Array.Fill(bytes, (byte)' ');
        return bytes;
    }

    private static (string? Text, string[] Found) Decode(string text) => Decode(Encoding.UTF8.GetBytes(text));

    private static (string? Text, string[] Found) Decode(byte[] bytes)
    {
        var bag = new DiagnosticBag();
        var text = SourceText.Decode(YamlText.File, bytes, bag);
        Assert.Equal(text is null, bag.HasFixedErrors);
        return (text, [.. bag.ToImmutable().Places()]);
    }
}
