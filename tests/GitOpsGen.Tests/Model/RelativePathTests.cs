using CsCheck;
using GitOpsGen.Model;
using Xunit;

namespace GitOpsGen.Tests.Model;

/// <summary>A relative path cannot leave its folder, and is a path on every platform.</summary>
public class RelativePathTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("a/b.c/.d")]
    [InlineData(".config/gitopsgen.yaml")]
    [InlineData("..a/b..c")]
    [InlineData("console/com10/nulled.txt")]
    [InlineData("日本/é")]
    [InlineData("a b")]
    public void A_portable_path_is_read_as_it_is(string text) => Assert.Equal(text, RelativePath.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("./a")]
    [InlineData("a/.")]
    [InlineData("C:\\x")]
    [InlineData("C:x")]
    [InlineData("a\\b")]
    [InlineData("\\\\server\\share")]
    [InlineData("con")]
    [InlineData("a/NUL.txt")]
    [InlineData("nul .txt")]
    [InlineData("CONIN$")]
    [InlineData("com1.yaml/x")]
    [InlineData("COM¹")]
    [InlineData("a.")]
    [InlineData("a /b")]
    [InlineData("a*")]
    [InlineData("a?b")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    [InlineData("a\u0085")]
    [InlineData("a\u2028b")]
    [InlineData("\ud800")]
    [InlineData("~/a|b")]
    public void What_leaves_its_folder_or_a_platform_refuses_is_no_path(string text) => Assert.False(RelativePath.TryParse(text, out _));

    [Fact]
    public void A_segment_has_at_most_255_bytes()
    {
        Assert.True(RelativePath.TryParse(new string('a', 255), out _));
        Assert.False(RelativePath.TryParse(new string('a', 256), out _));
        Assert.False(RelativePath.TryParse(new string('é', 128), out _));
    }

    [Fact]
    public void No_path_leaves_the_folder_that_it_is_joined_to()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "root")) + Path.DirectorySeparatorChar;
        Gen.OneOf("a", "b", "/", ".", "..", "\\", "C:", "~", " ", "con", "\0", "é")
            .Array[1, 8]
            .Select(string.Concat)
            .Sample(text =>
                !RelativePath.TryParse(text, out var path)
                || (
                    Path.GetFullPath(Path.Combine(root, path.Value)).StartsWith(root, StringComparison.Ordinal)
                    && Path.GetFullPath(Path.Combine(root, path.Value)) == root + path.Value
                )
            );
    }

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "a/b", true)]
    [InlineData("a/b", "a", true)]
    [InlineData("Manifests", "manifests/x", true)]
    [InlineData(".GIT", ".git", true)]
    [InlineData("a", "ab", false)]
    [InlineData("a/b", "a/c", false)]
    [InlineData("a/b", "b", false)]
    public void Paths_overlap_where_a_disk_may_take_one_for_a_part_of_the_other(string one, string other, bool overlap)
    {
        Assert.Equal(overlap, RelativePath.Parse(one).Overlaps(RelativePath.Parse(other)));
        Assert.Equal(overlap, RelativePath.Parse(other).Overlaps(RelativePath.Parse(one)));
    }

    [Fact]
    public void A_path_knows_its_name_parent_and_place()
    {
        var path = RelativePath.Parse("b/c");
        Assert.Equal(("c", "b", "a/b/c"), (path.Name, path.Parent!.Value, path.Below(RelativePath.Parse("a")).Value));
        Assert.Null(path.Parent.Parent);
        Assert.True(path.IsBelow(path.Parent));
        Assert.False(path.IsBelow(path));
        Assert.False(RelativePath.Parse("bc").IsBelow(RelativePath.Parse("b")));
        Assert.Equal(["a/b", "a"], RelativePath.Parse("a/b/c").Ancestors.Select(folder => folder.Value));
        Assert.True(path.IsDirectlyIn(path.Parent));
        Assert.False(RelativePath.Parse("a/b/c").IsDirectlyIn(RelativePath.Parse("a")));
        Assert.False(RelativePath.Parse("a/c").IsDirectlyIn(path.Parent));
    }
}
