using GitOpsGen.Testing;
using GitOpsGen.Validation;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Validation;

public sealed class RealCrdTests
{
    [Fact]
    public void Every_real_definition_compiles_and_can_be_evaluated()
    {
        var slots = RealCrds.Kinds.Slots().ToList();
        var patterns = slots.Select(slot => YamlScalar.TextOf((slot.Source as YamlMapping)?["pattern"])).OfType<string>().Distinct().ToList();
        var rules = RealCrds.Rules();

        Assert.Empty(slots.SelectMany(slot => slot.Schema.Problems));
        Assert.DoesNotContain(slots.SelectMany(slot => slot.Schema.Constraints), constraint => constraint is UnsupportedConstraint);
        Assert.InRange(patterns.Count, 10, 100);
        Assert.Equal([], patterns.Select(pattern => GoPattern.Translate(pattern).Problem).OfType<string>());
        Assert.InRange(rules.Length, 25, 100);
        Assert.Equal([], rules.Where(rule => !CelParser.IsTransition(rule)).Select(rule => CelParser.Parse(rule).Problem).OfType<string>());
        Assert.InRange(RealCrds.Kinds.Length, RealCrds.Files().Length, 100);
        Assert.InRange(RealCrds.Kinds.Max(kind => kind.Versions.Length), 2, 4);
    }

    [Fact]
    public void Kinds_with_one_name_are_told_apart_by_group()
    {
        Assert.NotNull(RealCrds.Catalogue.Find("pkg.crossplane.io", "Provider"));
        Assert.NotNull(RealCrds.Catalogue.Find("meta.pkg.crossplane.io", "Provider"));
        Assert.Null(RealCrds.Catalogue.Find("crossplane.io", "Provider"));
    }

    [Fact]
    public void Every_object_that_is_rendered_is_valid_and_completely_checked()
    {
        var validator = new ObjectValidator(RealCrds.Catalogue);
        var files = Directory
            .EnumerateFiles(RepositoryRoot.Combine("manifests"), "*.yaml", SearchOption.AllDirectories)
            .Where(path =>
                Path.GetFileName(path) is not ("kustomization.yaml" or "values.yaml")
                && !path.Contains($"{Path.DirectorySeparatorChar}base{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            )
            .ToList();

        Assert.NotEmpty(files);
        Assert.All(
            files,
            path =>
            {
                var check = validator.CheckFile(path, File.ReadAllBytes(path));
                Assert.Empty(check.Findings);
                Assert.Empty(check.Gaps);
            }
        );
    }
}
