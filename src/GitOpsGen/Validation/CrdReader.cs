using GitOpsGen.Validation.Builds;
using GitOpsGen.Validation.Schemas;

namespace GitOpsGen.Validation;

/// <summary>Finds the CustomResourceDefinitions of one file. Their schemas are compiled when an object needs them.</summary>
internal sealed class CrdReader
{
    private const string Group = "apiextensions.k8s.io/";

    private readonly DiagnosticBag bag = new(DiagnosticBag.ReadableLimit);
    private readonly ImmutableArray<(CrdKind, SourceSpan)>.Builder kinds = ImmutableArray.CreateBuilder<(CrdKind, SourceSpan)>();

    private CrdReader() { }

    public static (ImmutableArray<(CrdKind Kind, SourceSpan Span)> Kinds, ImmutableArray<Diagnostic> Found) Read(CrdFile file)
    {
        var reader = new CrdReader();
        var (stream, found) = YamlReader.ReadAll(file.Path, file.Bytes.Span);
        reader.bag.AddRange(found);
        foreach (var document in KubernetesDocuments.Flatten(stream))
            reader.ReadDocument(document);

        return (reader.kinds.ToImmutable(), reader.bag.ToImmutable());
    }

    private void ReadDocument(YamlNode document)
    {
        if (
            document is not YamlMapping mapping
            || YamlScalar.TextOf(mapping["kind"]) != "CustomResourceDefinition"
            || YamlScalar.TextOf(mapping["apiVersion"]) is not { } apiVersion
            || !apiVersion.StartsWith(Group, StringComparison.Ordinal)
        )
        {
            return;
        }

        if (apiVersion != Group + "v1")
        {
            Unusable(
                mapping["apiVersion"]!,
                $"No API server since Kubernetes 1.22 reads {Excerpt.Of(apiVersion)}",
                $"Use a CustomResourceDefinition of {Group}v1."
            );
        }
        else if (
            Require<YamlMapping>(mapping, "spec", "a mapping") is { } spec
            && RequireText(spec, "group") is { } group
            && Require<YamlMapping>(spec, "names", "a mapping") is { } names
            && RequireText(names, "kind") is { } kind
            && Require<YamlSequence>(spec, "versions", "a list") is { } versions
        )
        {
            kinds.Add((new(group, kind, [.. versions.Items.Select(ReadVersion).OfType<CrdVersion>()]), mapping.Span));
        }
    }

    private CrdVersion? ReadVersion(YamlNode node)
    {
        if (node is not YamlMapping version)
        {
            Unusable(node, "A version is not a mapping", "Give it name, served, storage and schema.");
            return null;
        }

        return
            RequireText(version, "name") is { } name
            && Require<YamlScalar>(version, "served", "true or false") is { } served
            && Require<YamlMapping>(version, "schema", "a mapping") is { } schema
            && Require<YamlMapping>(schema, "openAPIV3Schema", "a mapping") is { } root
            ? new(
                name,
                served is { Kind: ScalarKind.Boolean, Text: "true" or "True" or "TRUE" },
                new(root, HasStatus(version) ? SchemaRole.ObjectWithStatus : SchemaRole.Object)
            )
            : null;
    }

    private static bool HasStatus(YamlMapping version) =>
        version["subresources"] is YamlMapping subresources && subresources["status"] is YamlMapping;

    private string? RequireText(YamlMapping mapping, string key)
    {
        if (Require<YamlScalar>(mapping, key, "a string") is not { } scalar)
            return null;

        if (scalar is { Kind: ScalarKind.String, Text.Length: > 0 })
            return scalar.Text;

        Unusable(scalar, $"'{key}' is not a string", "Write a string.");
        return null;
    }

    private T? Require<T>(YamlMapping mapping, string key, string form)
        where T : YamlNode
    {
        switch (mapping[key])
        {
            case T value:
                return value;
            case YamlUnreadable:
                return null;
            case var other:
                Unusable(
                    other ?? mapping,
                    other is null ? $"'{key}' is missing" : $"'{key}' is not {form}",
                    $"Give {form} under '{key}', or take the definition from its publisher again."
                );
                return null;
        }
    }

    private void Unusable(YamlNode at, string what, string fix) => bag.Add(Rules.CrdUnusable, at.Span, $"{what} in a CustomResourceDefinition.", fix);
}
