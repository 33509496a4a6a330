using GitOpsGen.Cli.Starter;
using Xunit;

namespace GitOpsGen.Cli.Tests;

public sealed class InitTests
{
    [Fact]
    public void Init_writes_three_files_whose_only_findings_are_digests()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = new WorkFolder();
        var run = gitopsgen.Run(folder.Path, "init").Exits(0);
        Assert.Equal(
            [".config/gitopsgen.yaml", ".gitattributes", "packages.lock.yaml"],
            folder.Snapshot().Keys.Select(k => k.Replace('\\', '/')).Order(StringComparer.Ordinal)
        );
        Assert.Contains("added    packages.lock.yaml\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(["GOG2109", "GOG2109", "GOG2109"], gitopsgen.Run(folder.Path, "lint", "--format", "json").Exits(0).Codes);
    }

    [Theory]
    [InlineData("0.4.2", "gitopsgen: \">=0.4.2 <0.5.0\" # ")]
    [InlineData("0.0.0", null)]
    public void The_settings_ask_for_the_version_that_wrote_them(string tool, string? expected)
    {
        var lines = StarterFiles.SettingsFor(tool).Split('\n');

        Assert.Equal(expected, lines.SingleOrDefault(line => line.StartsWith("gitopsgen", StringComparison.Ordinal))?[..expected!.Length]);
    }

    [Theory]
    [InlineData("packages.lock.yaml")]
    [InlineData(".config/gitopsgen.yaml")]
    public void Init_refuses_where_a_file_stands_and_writes_nothing(string existing)
    {
        using var folder = new WorkFolder();
        folder.Write(existing, "mine");
        var run = Gitopsgen.Built.Run(folder.Path, "init", "--format", "json").Exits(1);
        Assert.Equal(["GOG5008"], run.Codes);
        Assert.Equal("mine", Assert.Single(folder.Snapshot()).Value);
    }

    [Fact]
    public void Init_that_cannot_write_all_writes_nothing()
    {
        using var folder = new WorkFolder();
        folder.Write(".config", "a file where a folder has to be");

        InProcess.Run(folder.Path, "init").Exits(1);

        Assert.Equal([".config"], folder.Snapshot().Keys);
    }

    [Theory]
    [InlineData("", "manifests/** text eol=lf\n")]
    [InlineData("*.png binary\n", "*.png binary\nmanifests/** text eol=lf\n")]
    [InlineData("*.png binary", "*.png binary\nmanifests/** text eol=lf\n")]
    [InlineData("a text\r\n*.png binary", "a text\r\n*.png binary\r\nmanifests/** text eol=lf\r\n")]
    [InlineData("manifests/** text eol=lf", "manifests/** text eol=lf")]
    [InlineData("manifests/**\ttext eol=lf linguist-generated\r\n", "manifests/**\ttext eol=lf linguist-generated\r\n")]
    [InlineData("# manifests/** text eol=lf\n", "# manifests/** text eol=lf\nmanifests/** text eol=lf\n")]
    public void Git_attributes_are_completed_in_their_own_line_endings(string existing, string expected) =>
        Assert.Equal(expected, existing + StarterFiles.MissingAttributes(existing));

    [Fact]
    public void Existing_git_attributes_are_kept_byte_for_byte()
    {
        using var folder = new WorkFolder();
        byte[] existing = [.. "*.dat binary # "u8, 0xE4, .. "\r\n"u8];
        File.WriteAllBytes(folder[".gitattributes"], existing);
        Assert.Contains("changed  .gitattributes\n", Gitopsgen.Built.Run(folder.Path, "init").Exits(0).Output, StringComparison.Ordinal);
        Assert.Equal([.. existing, .. "manifests/** text eol=lf\r\n"u8], File.ReadAllBytes(folder[".gitattributes"]));
    }
}
