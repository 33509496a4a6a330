using System.Text;
using GitOpsGen.Model;
using GitOpsGen.Tests.Scenarios;
using GitOpsGen.Validation.Builds;
using Xunit;

namespace GitOpsGen.Tests.Validation.Builds;

/// <summary>Folders that are built from the same are built once, and what is built is what each would be by itself.</summary>
public sealed class FolderContentsTests
{
    private const string Plain = """
        ## base/x/kustomization.yaml
        resources: [x.yaml]
        ## base/x/x.yaml
        THING
        ## overlays/O/kustomization.yaml
        resources: [packages]
        ## overlays/O/packages/kustomization.yaml
        resources: [wave-0]
        ## overlays/O/packages/wave-0/kustomization.yaml
        resources: [../../../../base/x]
        patches: [{ path: p.yaml }]
        ## overlays/O/packages/wave-0/p.yaml
        apiVersion: example.org/v1
        kind: Thing
        metadata: { name: a, labels: { b: c } }

        """;

    public static TheoryData<string> Scenarios => Scenario.RenderingNames;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void What_a_scenario_builds_does_not_depend_on_sharing(string name) =>
        AssertSame(RenderedScenario.Of(new(name)).Output.Files.Select(file => (file.Key, Encoding.UTF8.GetString(file.Value))));

    /// <summary>Two overlays with the same text, and something else that makes their builds differ, or not.</summary>
    [Theory]
    [InlineData(true, "")]
    [InlineData(true, "## overlays/a/argocd/kustomization.yaml\nresources: []\n")]
    [InlineData(true, "## overlays/a/packages/wave-0/free.yaml\nTHING")]
    [InlineData(false, "## overlays/a/packages/wave-0/p.yaml\napiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a, labels: { b: d } }\n")]
    [InlineData(false, "## overlays/a/packages/wave-0/kustomization.yml\nresources: []\n")]
    [InlineData(false, "## overlays/a/packages/kustomization.yaml\nresources: [wave-0]\ncommonAnnotations: { a: b }\n")]
    // What is the same text leads elsewhere.
    [InlineData(
        false,
        "## overlays/O/packages/kustomization.yaml\nresources: [wave-0, ../../a/more]\n## overlays/a/more/kustomization.yaml\nresources: []\n"
    )]
    [InlineData(false, "## overlays/O/packages/kustomization.yaml\nresources: [wave-0, ../../a/packages]\n")]
    [InlineData(false, "## overlays/O/packages/wave-0/kustomization.yaml\nresources: [..]\n")]
    [InlineData(false, "## base/x/kustomization.yaml\nresources: [../../overlays/a/packages]\n")]
    // A part that is in one of them alone.
    [InlineData(
        false,
        "## overlays/O/packages/kustomization.yaml\nresources: [wave-0]\ncomponents: [more]\n## overlays/a/packages/more/kustomization.yaml\nkind: Component\ncommonAnnotations: { a: b }\n"
    )]
    [InlineData(
        true,
        "## overlays/O/packages/kustomization.yaml\nresources: [wave-0]\ncomponents: [more]\n## overlays/O/packages/more/kustomization.yaml\nkind: Component\ncommonAnnotations: { a: b }\n"
    )]
    public void Overlays_share_what_is_built_from_the_same(bool isShared, string more)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, content) in BuildText.Files(Plain + more))
        {
            foreach (var overlay in (string[])["a", "b"])
            {
                files[path.Replace("/O/", $"/{overlay}/", StringComparison.Ordinal)] = content;
            }
        }

        var build = AssertSame(files.Select(file => (file.Key, file.Value)));
        Assert.Equal(isShared, ReferenceEquals(build.BuildWhole("overlays/a"), build.BuildWhole("overlays/b")));
    }

    private static OutputBuild AssertSame(IEnumerable<(string Path, string Content)> files)
    {
        // As the renderer does: equal contents are held once.
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var tree = new FileTree(
            files.Select(file => new OutputFile(
                RelativePath.Parse(file.Path),
                contents.TryGetValue(file.Content, out var known) ? known : contents[file.Content] = Encoding.UTF8.GetBytes(file.Content)
            ))
        );
        var (own, shared) = (
            new OutputBuild(tree, RelativePath.Parse("out")),
            new OutputBuild(tree, RelativePath.Parse("out"), new SharedContents())
        );
        foreach (var folder in own.Folders)
        {
            Assert.Equal(Shown(own.BuildWhole(folder)), Shown(shared.BuildWhole(folder)));
        }

        return shared;
    }

    // Places may be those of a file with the same content.
    private static IEnumerable<string> Shown(BuiltFolder folder) =>
        [
            .. BuildText.Json(folder.Objects.Where(node => node is not GitOpsGen.Yaml.YamlUnreadable)),
            .. folder.Findings.Concat(folder.Gaps).Select(d => $"{d.Rule.Code} {d.Message}"),
            $"{folder.IsComplete}",
        ];
}
