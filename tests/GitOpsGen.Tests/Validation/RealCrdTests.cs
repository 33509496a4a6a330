using GitOpsGen.Testing;
using GitOpsGen.Validation;
using Xunit;

namespace GitOpsGen.Tests.Validation;

public sealed class RealCrdTests
{
    [Fact]
    public void Every_real_definition_compiles_and_can_be_evaluated()
    {
        Assert.Empty(RealCrds.Catalogue.CompileAll(TestContext.Current.CancellationToken));
        Assert.InRange(RealCrds.Catalogue.Kinds.Count(), RealCrds.Files().Length, 100);
        Assert.InRange(RealCrds.Catalogue.Kinds.Max(kind => kind.Versions.Length), 2, 4);
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
