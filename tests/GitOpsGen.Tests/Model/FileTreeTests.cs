using GitOpsGen.Model;
using Xunit;

namespace GitOpsGen.Tests.Model;

public sealed class FileTreeTests
{
    [Fact]
    public void Files_are_in_ordinal_order_and_found_by_their_paths()
    {
        var tree = new FileTree([File("b"), File("a/b"), File("B"), File("a-b"), File("a")]);

        Assert.Equal(["B", "a", "a-b", "a/b", "b"], tree.Files.Select(file => file.Path.Value));
        Assert.True(tree.TryGet(RelativePath.Parse("a/b"), out var found));
        Assert.Equal("a/b", found.Path.Value);
        Assert.False(tree.TryGet(RelativePath.Parse("A"), out _));
    }

    [Fact]
    public void Two_files_have_two_paths() => Assert.Throws<ArgumentException>(() => new FileTree([File("a"), File("a")]));

    private static OutputFile File(string path) => new(RelativePath.Parse(path), default);
}
