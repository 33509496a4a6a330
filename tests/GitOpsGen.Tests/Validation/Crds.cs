using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Tests.Yaml;
using GitOpsGen.Validation;
using GitOpsGen.Validation.Builds;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Validation;

/// <summary>A definition of one kind, Thing of example.org, whose spec has the schema of a test.</summary>
internal static class Crds
{
    public const string Path = "crd.yaml";

    /// <summary>What is before the spec's schema; the schema is in flow style, on the last line.</summary>
    public static string Of(string spec, string kind = "Thing") =>
        $$"""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: { name: things.example.org }
            spec:
              group: example.org
              names: { kind: {{kind}} }
              scope: Cluster
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema: { type: object, properties: { spec: {{spec}} } }
                - { name: v0, served: false, storage: false, schema: { openAPIV3Schema: { type: object } } }

            """;

    public static Result<CrdCatalogue> Read(params string[] files) => CrdCatalogue.Read([.. files.Select(Definition)]);

    public static CrdFile Definition(string text) => new(Path, Encoding.UTF8.GetBytes(text));

    /// <summary>What is found in a Thing with this spec, written on one line.</summary>
    public static ObjectCheck Check(string spec, string value, bool isServerSide = false) =>
        CheckText(spec, $"{{ apiVersion: example.org/v1, kind: Thing, metadata: {{ name: a }}, spec: {value} }}", isServerSide);

    /// <summary>What is found in a Thing with this status, which is a subresource.</summary>
    public static ObjectCheck CheckStatus(string status, string value, bool isServerSide) =>
        CheckAgainst(
            Of("{ type: object }")
                .Replace("properties: { spec:", $"properties: {{ status: {status}, spec:", StringComparison.Ordinal)
                .Replace("      storage: true\n", "      storage: true\n      subresources: { status: {} }\n", StringComparison.Ordinal),
            $"{{ apiVersion: example.org/v1, kind: Thing, metadata: {{ name: a }}, status: {value} }}",
            isServerSide
        );

    public static ObjectCheck CheckText(string spec, string text, bool isServerSide = false) => CheckAgainst(Of(spec), text, isServerSide);

    private static ObjectCheck CheckAgainst(string definition, string text, bool isServerSide)
    {
        var (catalogue, found) = Read(definition);
        Assert.Empty(found);
        return new ObjectValidator(catalogue!).CheckFile(YamlText.File, Encoding.UTF8.GetBytes(text), isServerSide);
    }

    /// <summary>Checks every object of a file: several documents, and the items of lists.</summary>
    public static ObjectCheck CheckFile(this ObjectValidator validator, string path, ReadOnlySpan<byte> bytes, bool isServerSide = false)
    {
        var (stream, found) = YamlReader.ReadAll(path, bytes);
        var checks = KubernetesDocuments.Flatten(stream).Select(document => validator.Check(document, isServerSide)).ToList();
        return new([.. found, .. checks.SelectMany(c => c.Findings)], [.. checks.SelectMany(c => c.Gaps)]);
    }

    /// <summary>The kinds that files define.</summary>
    public static IEnumerable<CrdKind> Kinds(params IEnumerable<CrdFile> files) =>
        files.SelectMany(file => CrdReader.Read(file).Kinds).Select(read => read.Kind);

    /// <summary>Every schema of some kinds, at every depth, compiled.</summary>
    public static IEnumerable<SchemaSlot> Slots(this IEnumerable<CrdKind> kinds)
    {
        var open = new Stack<SchemaSlot>(kinds.SelectMany(k => k.Versions).Select(v => v.Root));
        while (open.TryPop(out var slot))
        {
            yield return slot;
            foreach (var child in slot.Schema.Properties.Values.Append(slot.Schema.Additional).Append(slot.Schema.Items).OfType<SchemaSlot>())
            {
                open.Push(child);
            }
        }
    }

    /// <summary>The codes of findings and gaps, in order, with spaces between.</summary>
    public static string Codes(this ObjectCheck check) => string.Join(' ', check.Findings.Concat(check.Gaps).Select(d => d.Rule.Code));
}
