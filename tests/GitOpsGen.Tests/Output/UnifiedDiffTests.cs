using System.Globalization;
using System.Text;
using CsCheck;
using GitOpsGen.Model;
using GitOpsGen.Output;
using Xunit;

namespace GitOpsGen.Tests.Output;

public sealed class UnifiedDiffTests
{
    // Few different lines, so that there is much in common; with and without a last line feed.
    private static readonly Gen<string> Texts =
        from lines in Gen.OneOf(Gen.Const("a"), Gen.Const("b"), Gen.Const("  c"), Gen.Const("")).Array[0, 40]
        from end in Gen.Bool
        select string.Join('\n', lines) + (end ? "\n" : "");

    [Fact]
    public void A_change_is_shown_as_git_shows_it()
    {
        var before = string.Concat(Enumerable.Range(1, 20).Select(i => $"line {i}\n"));
        var after = before
            .Replace("line 4\n", "", StringComparison.Ordinal)
            .Replace("line 10\n", "line ten\nline ten and a half\n", StringComparison.Ordinal)
            .Replace("line 20\n", "line 20", StringComparison.Ordinal);
        Assert.Equal(
            """
            --- a/manifests/x
            +++ b/manifests/x
            @@ -1,13 +1,13 @@
             line 1
             line 2
             line 3
            -line 4
             line 5
             line 6
             line 7
             line 8
             line 9
            -line 10
            +line ten
            +line ten and a half
             line 11
             line 12
             line 13
            @@ -17,4 +17,4 @@
             line 17
             line 18
             line 19
            -line 20
            +line 20
            \ No newline at end of file

            """,
            Diff(before, after)
        );
    }

    [Fact]
    public void A_new_and_a_removed_file_have_no_other_side()
    {
        Assert.Equal("--- /dev/null\n+++ b/manifests/x\n@@ -0,0 +1,2 @@\n+1\n+2\n", Diff(null, "1\n2\n"));
        Assert.Equal("--- a/manifests/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-1\n", Diff("1\n", null));
    }

    [Fact]
    public void A_carriage_return_and_what_a_terminal_would_obey_are_spelled_out()
    {
        Assert.Contains("-1^M\n+1\n", Diff("1\r\n", "1\n"), StringComparison.Ordinal);
        Assert.Contains("-^[[2J<U+202E>\tx\n", Diff("\u001b[2J\u202e\tx\n", "1\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe })]
    [InlineData(new byte[] { (byte)'a', 0 })]
    public void What_is_not_text_is_said_so(byte[] content)
    {
        var change = new Change(RelativePath.Parse("x"), ChangeKind.Edited, "new"u8.ToArray()) { Old = content, OldLength = content.Length };
        Assert.Equal("--- a/manifests/x\n+++ b/manifests/x\nNot text: 2 bytes before, 3 after\n", Unlimited.Of(change));
    }

    [Fact]
    public void What_is_left_out_is_counted()
    {
        var change = Change(null, string.Concat(Enumerable.Repeat("x\n", 10)));
        var perFile = new UnifiedDiff(RelativePath.Parse("manifests"), new(4, 100)).Of(change);
        Assert.EndsWith("+x\n+x\n+x\n... 7 more lines\n", perFile, StringComparison.Ordinal);
        var inAll = new UnifiedDiff(RelativePath.Parse("manifests"), new(100, 6)).Of([change, change, change]);
        Assert.EndsWith("... 5 more lines\n... 2 more files differ\n", inAll, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_long_texts_without_a_common_line_are_shown_as_replaced()
    {
        var (before, after) = (Many("a"), Many("b"));
        var diff = Diff(before, after);
        Assert.StartsWith("--- a/manifests/x\n+++ b/manifests/x\n@@ -1,9000 +1,9000 @@\n-a0\n", diff, StringComparison.Ordinal);
        Assert.Equal(after, Apply(before, diff));

        static string Many(string name) =>
            string.Concat(Enumerable.Range(0, 9000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}{i}\n")));
    }

    [Fact]
    public void Applied_to_the_old_text_it_gives_the_new_one() =>
        Gen.Select(Texts, Texts).Sample((before, after) => Apply(before, Diff(before, after)) == after);

    private static UnifiedDiff Unlimited => new(RelativePath.Parse("manifests"), new(int.MaxValue, int.MaxValue));

    private static string Diff(string? before, string? after) => Unlimited.Of(Change(before, after));

    private static Change Change(string? before, string? after)
    {
        var kind =
            before is null ? ChangeKind.Added
            : after is null ? ChangeKind.Removed
            : ChangeKind.Changed;
        var change = new Change(RelativePath.Parse("x"), kind, after is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(after));
        return before is null ? change : change with { Old = Encoding.UTF8.GetBytes(before), OldLength = before.Length };
    }

    /// <summary>What <c>patch</c> does, with every line number and count checked.</summary>
    private static string Apply(string before, string diff)
    {
        var old = DiffText.Lines(before);
        var result = new List<string>();
        var (at, removedLeft, addedLeft) = (0, 0, 0);
        var last = ' ';
        foreach (var line in diff.Split('\n')[2..^1])
        {
            if (line.StartsWith("@@ ", StringComparison.Ordinal))
            {
                Assert.Equal((0, 0), (removedLeft, addedLeft));
                var ranges = line.Split(' ');
                var (start, removed) = Range(ranges[1]);
                while (at < start)
                    result.Add(old[at++]);
                (var startAfter, addedLeft) = Range(ranges[2]);
                removedLeft = removed;
                Assert.Equal(startAfter, result.Count);
                continue;
            }

            if (line[0] == '\\')
            {
                if (last != '-')
                    result[^1] = result[^1][..^1];
                continue;
            }

            last = line[0];
            if (last is ' ' or '-')
                Assert.Equal(old[at++].TrimEnd('\n'), line[1..]);
            if (last is ' ' or '+')
                result.Add(line[1..] + '\n');
            removedLeft -= last is ' ' or '-' ? 1 : 0;
            addedLeft -= last is ' ' or '+' ? 1 : 0;
        }

        Assert.Equal((0, 0), (removedLeft, addedLeft));
        return string.Concat(result.Concat(old.Skip(at)));
    }

    private static (int Start, int Count) Range(string text)
    {
        var parts = text[1..].Split(',').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        var count = parts.Length == 1 ? 1 : parts[1];
        return (count == 0 ? parts[0] : parts[0] - 1, count);
    }
}
