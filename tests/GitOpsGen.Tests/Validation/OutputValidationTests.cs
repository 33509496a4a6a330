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

    [Fact]
    public void Findings_that_stand_for_others_are_counted_with_them()
    {
        var unknown = string.Join(", ", Enumerable.Range(0, 50).Select(i => $"b{i}: 1"));
        ReadOnlyMemory<byte> wrong = Encoding.UTF8.GetBytes(
            $"apiVersion: example.org/v1\nkind: Thing\nmetadata: {{ name: a }}\nspec: {{ {unknown} }}\n"
        );
        var (_, found) = Check([.. Enumerable.Range(0, 30).Select(i => ($"{i}/o.yaml", wrong))], 2);

        Assert.Equal(30 * 50, found.Sum(d => d.Count));
        Assert.Equal(DiagnosticBag.ReadableLimit + 1, found.Length);
    }

    /// <summary>The place of the null is the same; who applies it is not.</summary>
    [Theory]
    [InlineData("overlays/a/o.yaml", "GOG7103", 1)]
    [InlineData("overlays/a/deep/er/o.yaml", "GOG7103", 1)]
    [InlineData("overlays/b/o.yaml", "GOG7110", 0)]
    [InlineData("overlays/c/o.yaml", "GOG7103", 1)]
    [InlineData("overlays/d/o.yaml", "GOG7110", 0)]
    [InlineData("elsewhere/o.yaml", "GOG7110", 0)]
    public void A_null_is_an_error_where_the_engine_applies_server_side(string path, string code, int invalid)
    {
        ReadOnlyMemory<byte> thing = Encoding.UTF8.GetBytes("apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\nspec: { a: null }\n");
        var (counts, found) = Check(
            [
                (path, thing),
                ("overlays/c/argocd/one.yaml", Application("a", "[PruneLast=true, ServerSideApply=true]")),
                ("overlays/d/argocd/one.yaml", Application("a", "[ServerSideApply=true]")),
                ("overlays/d/argocd/two.yaml", Application("b", "[PruneLast=true]")),
            ],
            1,
            ("overlays/a", EngineApply.ServerSide),
            ("overlays/c", EngineApply.AsApplicationsSay),
            ("overlays/d", EngineApply.AsApplicationsSay)
        );

        Assert.Equal(
            (code, $"out/{path}"),
            Assert.Single(found, d => d.Rule.Code != "GOG7201") is var only ? (only.Rule.Code, only.Span!.Value.File) : default
        );
        Assert.Equal(invalid, counts.Invalid);

        static ReadOnlyMemory<byte> Application(string name, string options) =>
            Encoding.UTF8.GetBytes(
                $"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{ name: {name} }}\nspec:\n  project: a\n  destination: {{ name: b }}\n  source: {{ repoURL: a, path: b }}\n  syncPolicy: {{ syncOptions: {options} }}\n"
            );
    }

    /// <summary>Readers differ in which value counts, and some refuse the file.</summary>
    [Fact]
    public void An_object_with_a_key_twice_is_invalid_and_its_neighbours_are_not()
    {
        const string Right = "apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\nspec: { a: b }\n";
        const string Twice = "apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: b }\nspec:\n  a: b\n  a: c\n";
        var (counts, found) = Check(
            [
                ("one/o.yaml", Encoding.UTF8.GetBytes($"{Right}---\n{Twice}---\n{Right}")),
                ("two/o.yaml", Encoding.UTF8.GetBytes(Right)),
                ("two/p.yaml", Encoding.UTF8.GetBytes(Twice)),
                ("three/kustomization.yaml", Encoding.UTF8.GetBytes("resources: [o.yaml]\npatches: [{ path: p.yaml }]\n")),
                ("three/o.yaml", Encoding.UTF8.GetBytes(Right)),
                ("three/p.yaml", Encoding.UTF8.GetBytes("apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\nspec: { a: x, a: y }\n")),
            ],
            1
        );

        Assert.Equal(
            ["GOG1006 out/one/o.yaml", "GOG1006 out/three/p.yaml", "GOG1006 out/two/p.yaml"],
            found.Select(d => $"{d.Rule.Code} {d.Span!.Value.File}").Order(StringComparer.Ordinal)
        );
        Assert.Equal(new(3, 3, 0), counts);
    }

    private static (ValidationCounts Counts, System.Collections.Immutable.ImmutableArray<Diagnostic> Found) Check(
        IEnumerable<(string Path, ReadOnlyMemory<byte> Content)> files,
        int jobs,
        params (string Overlay, EngineApply Apply)[] engines
    ) =>
        OutputValidation.Check(
            new FileTree(files.Select(file => new OutputFile(RelativePath.Parse(file.Path), file.Content))),
            RelativePath.Parse("out"),
            Crds.Read(Crds.Of("{ type: object, properties: { a: { type: string } } }")).Value!,
            engines.ToDictionary(engine => engine.Overlay, engine => engine.Apply),
            jobs,
            TestContext.Current.CancellationToken
        );
}
