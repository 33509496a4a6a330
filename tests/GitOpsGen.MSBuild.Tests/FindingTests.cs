using Xunit;

namespace GitOpsGen.MSBuild.Tests;

public sealed class FindingTests
{
    [Theory]
    [InlineData("packages.lock.yaml(6,14): error GOG1014: Not a version.", "packages.lock.yaml", 6, 14, true, "GOG1014", "Not a version.")]
    [InlineData("a (1)/b(2,3).yaml(4,5): warning GOG2109: Text.", "a (1)/b(2,3).yaml", 4, 5, false, "GOG2109", "Text.")]
    [InlineData("a.yaml(1,2): error GOG4003: in b(3,4): error GOG1003: c", "a.yaml", 1, 2, true, "GOG4003", "in b(3,4): error GOG1003: c")]
    [InlineData("gitopsgen: error GOG1007: No root.", null, 0, 0, true, "GOG1007", "No root.")]
    public void A_line_of_the_exact_form_is_a_finding(string line, string? file, int row, int column, bool isError, string code, string text)
    {
        var finding = Finding.TryParse(line);

        Assert.NotNull(finding);
        Assert.Equal(
            (file, row, column, isError, code, text),
            (finding.File, finding.Line, finding.Column, finding.IsError, finding.Code, finding.Text)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("+  description: warning : x")]
    [InlineData("note: error X1: y")]
    [InlineData("packages.lock.yaml(6,14): info GOG2109: Text.")]
    [InlineData("packages.lock.yaml(6): error GOG1014: Text.")]
    [InlineData("packages.lock.yaml: error GOG1014: Text.")]
    [InlineData("a.cs(1,2): error CS1014: Text.")]
    [InlineData(" gitopsgen: error GOG1007: No root.")]
    public void Any_other_line_is_none(string line) => Assert.Null(Finding.TryParse(line));
}
