using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Validation;
using Xunit;

namespace GitOpsGen.Tests.Validation;

public sealed class OutputValidationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_is_equal_in_many_places_is_found_wrong_in_each(int jobs)
    {
        // The content that two files share, as the output holds it; its kustomization, too.
        ReadOnlyMemory<byte> wrong = Encoding.UTF8.GetBytes("apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\nspec: { a: 1 }\n");
        ReadOnlyMemory<byte> kustomization = Encoding.UTF8.GetBytes("resources: [o.yaml]\nnamePrefix: a\n");
        var (counts, found) = Check(
            [
                ("a/o.yaml", wrong),
                ("a/kustomization.yaml", kustomization),
                ("b/o.yaml", wrong),
                ("b/kustomization.yaml", kustomization),
                ("c/o.yaml", wrong),
            ],
            jobs
        );

        Assert.Equal(new(0, 3, 0), counts);
        Assert.Equal(
            [
                "GOG7103 out/a/o.yaml",
                "GOG7103 out/b/o.yaml",
                "GOG7103 out/c/o.yaml",
                "GOG7203 out/a/kustomization.yaml",
                "GOG7203 out/b/kustomization.yaml",
            ],
            found.Select(d => $"{d.Rule.Code} {d.Span!.Value.File}").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Of_many_findings_of_one_rule_the_rest_are_counted()
    {
        ReadOnlyMemory<byte> wrong = Encoding.UTF8.GetBytes("apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\nspec: { a: 1 }\n");
        var (counts, found) = Check([.. Enumerable.Range(0, 150).Select(i => ($"{i}/o.yaml", wrong))], 2);

        Assert.Equal(150, counts.Invalid);
        Assert.Equal(DiagnosticBag.ReadableLimit + 1, found.Length);
        Assert.Contains("49 more", found[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Valid_invalid_and_not_checked_in_full_are_three_answers()
    {
        var (counts, found) = Check(
            [
                ("a.yaml", Encoding.UTF8.GetBytes("apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\nspec: { a: b }\n")),
                ("b.yaml", Encoding.UTF8.GetBytes("apiVersion: example.org/v1\nkind: Other\nmetadata: { name: a }\n")),
                ("c.yaml", Encoding.UTF8.GetBytes("apiVersion: example.org/v1\nkind: Other\nmetadata: { name: A }\n")),
                ("d.yaml", Encoding.UTF8.GetBytes("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n")),
                ("e.yaml", Encoding.UTF8.GetBytes("replicas: 1\n")),
            ],
            1
        );

        Assert.Equal(new(2, 1, 1), counts);
        Assert.Equal(
            ["GOG7106 out/c.yaml", "GOG7201 out/b.yaml", "GOG7201 out/c.yaml"],
            found.Select(d => $"{d.Rule.Code} {d.Span!.Value.File}").Order(StringComparer.Ordinal)
        );
    }

    private static (ValidationCounts Counts, System.Collections.Immutable.ImmutableArray<Diagnostic> Found) Check(
        IEnumerable<(string Path, ReadOnlyMemory<byte> Content)> files,
        int jobs
    ) =>
        OutputValidation.Check(
            new FileTree(files.Select(file => new OutputFile(RelativePath.Parse(file.Path), file.Content))),
            RelativePath.Parse("out"),
            Crds.Read(Crds.Of("{ type: object, properties: { a: { type: string } } }")).Value!,
            jobs,
            TestContext.Current.CancellationToken
        );
}
