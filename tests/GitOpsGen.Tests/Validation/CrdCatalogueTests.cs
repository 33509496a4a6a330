using System.Text;
using GitOpsGen.Tests.Yaml;
using GitOpsGen.Validation;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Validation;

public sealed class CrdCatalogueTests
{
    [Fact]
    public void A_file_may_hold_several_definitions_lists_of_them_and_other_objects()
    {
        var list =
            "apiVersion: v1\nkind: List\nitems:\n"
            + string.Concat(new[] { Crds.Of("{ type: object }", "C"), Crds.Of("{ type: object }", "D") }.Select(Indented));
        var (catalogue, found) = Crds.Read(
            $"{Crds.Of("{ type: object }", "A")}---\nkind: Namespace\napiVersion: v1\n---\n{Crds.Of("{ type: object }", "B")}---\n",
            list
        );

        Assert.Empty(found);
        Assert.All(["A", "B", "C", "D"], kind => Assert.NotNull(catalogue!.Find("example.org", kind)));
    }

    [Fact]
    public void A_second_definition_of_a_kind_is_reported_at_its_place() =>
        Assert.Equal(["GOG7002 16:1"], Crds.Read($"{Crds.Of("{ type: object }")}---\n{Crds.Of("{ type: string }")}").Diagnostics.Places());

    [Theory]
    [InlineData("group: example.org", "group: 1", "GOG7001 5:10")]
    [InlineData("  group: example.org\n", "", "GOG7001 5:3")]
    [InlineData("names: { kind: Thing }", "names: []", "GOG7001 6:10")]
    [InlineData("apiextensions.k8s.io/v1", "apiextensions.k8s.io/v1beta1", "GOG7001 1:13")]
    [InlineData("openAPIV3Schema: { type: object, properties", "other: { type: object, properties", "GOG7001 13:9")]
    [InlineData("versions:", "versions: &a", "GOG1004 8:13")]
    [InlineData("kind: CustomResourceDefinition", "kind: Other", "")]
    public void A_definition_that_cannot_be_read_is_reported_at_its_place(string part, string other, string places)
    {
        var text = Crds.Of("{ type: object }");
        Assert.Contains(part, text, StringComparison.Ordinal);

        Assert.Equal(places, string.Join(' ', Crds.Read(text.Replace(part, other, StringComparison.Ordinal)).Diagnostics.Places()));
    }

    [Fact]
    public void A_definition_that_cannot_be_read_does_not_hide_the_others()
    {
        var (catalogue, found) = Crds.Read("{", Crds.Of("{ type: object }"));

        Assert.Equal("GOG1003", Assert.Single(found).Rule.Code);
        Assert.NotNull(catalogue!.Find("example.org", "Thing"));
    }

    [Fact]
    public void Deep_and_wide_schemas_are_harmless()
    {
        var deep = string.Concat(Enumerable.Repeat("{ type: array, items: ", 40)) + "{ type: string }" + new string('}', 40);
        var wide =
            $"{{ type: object, x-kubernetes-validations: [{string.Join(", ", Enumerable.Repeat("{ rule: '!has(self.a) || !has(self.b)' }", 5_000))}] }}";

        Assert.Equal("GOG7103", Crds.Check(deep, new string('[', 39) + new string(']', 39).Insert(0, "1")).Codes());
        Assert.Equal("", Crds.Check(wide, "{}").Codes());
    }

    [Fact]
    public void Threads_share_one_schema()
    {
        var validator = new ObjectValidator(Crds.Read(Crds.Of("{ type: object, properties: { a: { type: string, pattern: ^a } } }")).Value!);
        var bytes = Encoding.UTF8.GetBytes("{ apiVersion: example.org/v1, kind: Thing, metadata: { name: a }, spec: { a: b } }");
        var checks = Enumerable.Range(0, 1_000).AsParallel().Select(_ => validator.CheckFile(YamlText.File, bytes).Codes());

        Assert.All(checks, codes => Assert.Equal("GOG7104", codes));
    }

    [Fact]
    public void Several_documents_are_read_in_order_with_their_places()
    {
        var (stream, found) = YamlReader.ReadAll(YamlText.File, "a: 1\n---\n---\n- b\n...\n---\nc\n"u8);

        Assert.Empty(found);
        Assert.Equal(["1:1-1:5", "3:4-3:4", "4:1-4:4", "7:1-7:2"], stream!.Documents.Select(d => d.Span.Place()));
        Assert.Empty(YamlReader.ReadAll(YamlText.File, ""u8).Value!.Documents);
        Assert.Equal("GOG1004", Assert.Single(YamlReader.Read(YamlText.File, "a\n---\nb\n"u8).Diagnostics).Rule.Code);
    }

    private static string Indented(string document) => "- " + string.Join("\n  ", document.TrimEnd().Split('\n')) + "\n";
}
