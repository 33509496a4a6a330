using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Architecture;
using Xunit;

namespace GitOpsGen.Tests.Docs;

/// <summary>The map in docs/design.md: it names every folder of the sources, and says what the architecture test holds.</summary>
public sealed partial class DesignPageTests
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "design.md"));

    [Fact]
    public void The_tree_names_every_folder_of_the_sources()
    {
        var named = new List<string>();
        foreach (Match line in TreeLine().Matches(Page[Page.IndexOf("```text", StringComparison.Ordinal)..]))
        {
            var depth = line.Groups["indent"].Length / 2;
            var parent = named.LastOrDefault(folder => folder.Count(c => c == '/') == depth - 1);
            named.Add(depth == 0 ? line.Groups["folder"].Value : $"{parent}/{line.Groups["folder"].Value}");
        }

        Assert.Equal(Folders(RepositoryRoot.Combine("src"), "src"), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_of_who_may_use_whom_is_the_one_that_the_architecture_test_holds()
    {
        var rows = Row().Matches(Page).Select(row => (From: row.Groups["from"].Value, Uses: row.Groups["uses"].Value)).ToArray();
        var all = rows.Select(row => row.From).ToArray();
        Assert.Equal(
            Directory
                .GetDirectories(RepositoryRoot.Combine("src", "GitOpsGen"))
                .Select(Path.GetFileName)
                .Where(IsSource)
                .Order(StringComparer.Ordinal),
            all.Order(StringComparer.Ordinal)
        );
        Assert.All(
            rows,
            row =>
                Assert.Equal(
                    all.Where(to => to != row.From && EngineRules.MayImport(row.From, to)),
                    Named(row.Uses, all[..Array.IndexOf(all, row.From)])
                )
        );
    }

    [Fact]
    public void Every_file_that_the_map_names_exists()
    {
        var links = Link().Matches(Page).Select(link => link.Groups["path"].Value).ToArray();
        Assert.NotEmpty(links);
        Assert.All(
            links,
            path => Assert.True(Path.Exists(RepositoryRoot.Combine("docs", path)), $"docs/design.md links to {path}, which does not exist.")
        );
    }

    private static IEnumerable<string> Named(string uses, string[] above) =>
        uses switch
        {
            "nothing" => [],
            "all above" => above,
            _ => Name().Matches(uses).Select(name => name.Value),
        };

    private static IEnumerable<string> Folders(string folder, string name) =>
        Directory
            .GetDirectories(folder)
            .Where(path => IsSource(Path.GetFileName(path)))
            .SelectMany(path => Folders(path, $"{name}/{Path.GetFileName(path)}"))
            .Prepend(name)
            .Order(StringComparer.Ordinal);

    private static bool IsSource(string? folder) => folder is not ("bin" or "obj");

    [GeneratedRegex(@"^(?<indent> *)(?<folder>[\w.]+)/( .*)?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex TreeLine();

    [GeneratedRegex(@"^\| `(?<from>\w+)` \| (?<uses>nothing|all above|`[^|]*`) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<=`)\w+(?=`)")]
    private static partial Regex Name();

    [GeneratedRegex(@"\]\((?<path>[^)#:]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
