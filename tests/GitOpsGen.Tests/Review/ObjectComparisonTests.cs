using System.Text;
using GitOpsGen.Model;
using GitOpsGen.Review;
using GitOpsGen.Tests.Output;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>The objects and the files of two outputs.</summary>
public sealed class ObjectComparisonTests
{
    private const string Object = "apiVersion: pkg.crossplane.io/v1beta1\nkind: Function\nmetadata: { name: f }\nspec: { package: a }\n";
    private const string OfVersion1 = "apiVersion: pkg.crossplane.io/v1\nkind: Function\nmetadata: { name: f }\nspec: { package: a }\n";

    [Fact]
    public void Another_version_of_a_kind_is_another_form_of_one_object() =>
        Assert.Equal("Changed Function/f of pkg.crossplane.io/v1 in dev", Compare(Dev(Object), Dev(OfVersion1)));

    [Fact]
    public void One_kind_of_two_groups_is_two_objects() =>
        Assert.Equal(
            "Removed Function/f of pkg.crossplane.io/v1 in dev; Added Function/f of serving.example.org/v1 in dev",
            Compare(Dev(OfVersion1), Dev(OfVersion1.Replace("pkg.crossplane.io", "serving.example.org", StringComparison.Ordinal)))
        );

    [Fact]
    public void An_object_of_the_core_group_is_compared_too() =>
        Assert.Equal(
            "Changed ConfigMap/m of v1 in dev",
            Compare(
                Dev("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: m }\ndata: { a: b }\n"),
                Dev("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: m }\ndata: { a: c }\n")
            )
        );

    [Fact]
    public void What_belongs_to_no_environment_changes_in_none() =>
        Assert.Equal("Changed Function/f of pkg.crossplane.io/v1 in none", Compare(Shared(Object), Shared(OfVersion1)));

    [Fact]
    public void What_only_a_kustomization_makes_of_an_object_is_compared() =>
        Assert.Equal(
            "Changed Function/f of pkg.crossplane.io/v1beta1 in dev",
            Compare(Dev(Object), Dev(Object, "commonAnnotations: { a: b }\nresources: [object.yaml]\n"))
        );

    [Fact]
    public void What_no_kustomization_names_any_more_leaves_though_its_file_stays() =>
        Assert.Equal("Removed Function/f of pkg.crossplane.io/v1 in dev", Compare(Dev(OfVersion1), Dev(OfVersion1, "resources: []\n")));

    [Fact]
    public void What_a_kustomization_names_only_now_comes_though_its_file_was_there() =>
        Assert.Equal("Added Function/f of pkg.crossplane.io/v1 in dev", Compare(Dev(OfVersion1, "resources: []\n"), Dev(OfVersion1)));

    [Theory]
    [InlineData("resources: [packages]\n", "resources: []\n", "Removed Function/f of pkg.crossplane.io/v1 in dev")]
    [InlineData("resources: []\n", "resources: [packages]\n", "Added Function/f of pkg.crossplane.io/v1 in dev")]
    [InlineData("resources: [packages]\n", "resources: [packages/extras]\n", "")]
    [InlineData("resources: [packages]\n", "resources: [flux.yaml]\n", "Added Kustomization/k of kustomize.toolkit.fluxcd.io/v1 in dev")]
    public void A_folder_that_is_named_no_longer_leaves_with_all_below_it_unless_an_engine_names_it(string before, string after, string expected)
    {
        Assert.Equal(expected, Compare(Overlay(before), Overlay(after)));

        FileTree Overlay(string kustomization) =>
            Sandbox.Tree([
                .. Dev(OfVersion1).Files.Select(file => (file.Path.Value, Encoding.UTF8.GetString(file.Content.Span))),
                ("overlays/dev/kustomization.yaml", kustomization),
                ("overlays/dev/packages/kustomization.yaml", "resources: [extras]\n"),
                .. kustomization.Contains("flux", StringComparison.Ordinal)
                    ?
                    [
                        (
                            "overlays/dev/flux.yaml",
                            "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: k }\nspec: { path: ./manifests/overlays/dev/packages }\n"
                        ),
                    ]
                    : Array.Empty<(string, string)>(),
            ]);
    }

    [Fact]
    public void What_nobody_names_on_both_sides_is_compared() =>
        Assert.Equal(
            "Changed Function/f of pkg.crossplane.io/v1 in dev",
            Compare(
                Dev(OfVersion1, "resources: []\n"),
                Dev(OfVersion1.Replace("package: a", "package: b", StringComparison.Ordinal), "resources: []\n")
            )
        );

    [Fact]
    public void Files_that_differ_are_told_by_path_and_equal_ones_are_not() =>
        Assert.Equal(
            ["Changed a.yaml", "Removed b/x.yaml", "Added c.yaml"],
            FileComparison
                .Of(
                    Sandbox.Tree(("same.yaml", "1"), ("b/x.yaml", "1"), ("a.yaml", "1")),
                    Sandbox.Tree(("same.yaml", "1"), ("c.yaml", "1"), ("a.yaml", "2"))
                )
                .Select(file => $"{file.Change} {file.Path}")
        );

    private static string Compare(FileTree before, FileTree after)
    {
        var changes = new ObjectComparison(before, after, RelativePath.Parse("manifests")).Compare(1, TestContext.Current.CancellationToken);
        return string.Join(
            "; ",
            changes
                .Environments.SelectMany(environment => changes.Of(environment).Changes)
                .Select(change =>
                    $"{change.Change} {change.Object} in {(change.Environments.IsEmpty ? "none" : string.Join(' ', change.Environments))}"
                )
        );
    }

    private static FileTree Dev(string content, string kustomization = "resources: [object.yaml]\n") =>
        Sandbox.Tree(("overlays/dev/packages/extras/kustomization.yaml", kustomization), ("overlays/dev/packages/extras/object.yaml", content));

    private static FileTree Shared(string content) =>
        Sandbox.Tree(("shared/kustomization.yaml", "resources: [object.yaml]\n"), ("shared/object.yaml", content));
}
