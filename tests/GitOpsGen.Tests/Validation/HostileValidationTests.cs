using System.Text;
using CsCheck;
using GitOpsGen.Tests.Yaml;
using GitOpsGen.Validation;
using GitOpsGen.Validation.Schemas;
using Xunit;

namespace GitOpsGen.Tests.Validation;

/// <summary>Neither definitions nor objects, however damaged, make the validator throw.</summary>
public sealed class HostileValidationTests
{
    private static readonly string[] Words =
    [
        "type: ",
        "string",
        "object",
        "array",
        "integer",
        "null",
        "1e999",
        "-1",
        "0x10",
        "1.5",
        "yes",
        "''",
        "[]",
        "{}",
        "[1, 2]",
        "{ a: b }",
        "x-kubernetes-validations: [{ rule: '",
        "self.a",
        "]",
        "}",
        "'",
        "pattern: '[a'",
        "maximum: 1e30",
        "multipleOf: 0",
        "enum: [1]",
        "default: {}",
        "nullable: true",
        "required: [a]",
        "anyOf: [{}]",
        "format: email",
        "x-kubernetes-int-or-string: true",
        "properties: ",
        "additionalProperties: ",
        "x-kubernetes-list-type: map",
        "items: ",
        ", ",
        "a: ",
        "&a ",
        "format: int32",
        "x-kubernetes-embedded-resource: true",
        ".inf",
        ".nan",
        "metadata: ",
    ];

    private static readonly Gen<string> Schemas = Gen.Select(Gen.OneOf(Words), Gen.Int[0, 200])
        .Array[1, 6]
        .Select(edits =>
            edits.Aggregate(
                "{ type: object, required: [a], properties: { a: { type: string, pattern: ^a, minLength: 1 }, n: { type: number, minimum: 1, multipleOf: 2 }, l: { type: array, x-kubernetes-list-type: set, items: { type: string } } } }",
                Insert
            )
        );

    private static readonly Gen<string> Objects = Gen.Select(Gen.OneOf(Words), Gen.Int[0, 200])
        .Array[0, 4]
        .Select(edits =>
            edits.Aggregate("{ apiVersion: example.org/v1, kind: Thing, metadata: { name: a }, spec: { a: abc, n: 4, l: [a, b] } }", Insert)
        );

    [Fact]
    public void Damaged_definitions_and_objects_are_findings() =>
        Gen.Select(Schemas, Objects)
            .Sample(
                (schema, text) =>
                {
                    var (catalogue, _) = Crds.Read(Crds.Of(schema));
                    CrdKind[] kinds = catalogue!.Find("example.org", "Thing") is { } kind ? [kind] : [];
                    Assert.All(kinds.Slots(), slot => Assert.NotNull(slot.Schema));
                    var check = new ObjectValidator(catalogue!).CheckFile(YamlText.File, Encoding.UTF8.GetBytes(text));
                    Assert.All(check.Findings.Concat(check.Gaps), d => Assert.InRange(d.Message.Length + d.Fix.Length, 2, 2_000));
                },
                iter: 5_000
            );

    private static string Insert(string text, (string Word, int At) edit)
    {
        var at = edit.At % text.Length;
        var space = text.IndexOf(' ', at);
        return space < 0 ? text + edit.Word : text[..(space + 1)] + edit.Word + text[(space + 1)..];
    }
}
