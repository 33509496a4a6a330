using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Schemas;

/// <summary>Checks what every Kubernetes object has, at the root of a file or inside another object: apiVersion, kind, metadata.</summary>
internal static class EmbeddedObject
{
    /// <summary>Whether every object has the field, so that the schema need not name it.</summary>
    public static bool Has(string field) => field is "apiVersion" or "kind" or "metadata";

    public static void Check(YamlMapping mapping, Inspection inspection)
    {
        RequireText(mapping, "apiVersion", inspection);
        RequireText(mapping, "kind", inspection);
        if (mapping["metadata"] is not { } metadata || metadata is YamlScalar { Kind: ScalarKind.Null })
        {
            inspection.Report(Rules.MissingField, mapping, "metadata", "is missing", "Add it, with a name.");
            return;
        }

        var isRoot = inspection.Path.Depth == 0;
        inspection.Path.Enter("metadata");
        SchemaWalk.Check(BuiltInSchemas.ObjectMeta, metadata, inspection);
        if (metadata is YamlMapping fields)
        {
            MetadataSyntax.Check(fields, isRoot, inspection);
        }

        inspection.Path.Leave();
    }

    private static void RequireText(YamlMapping mapping, string field, Inspection inspection)
    {
        switch (mapping[field])
        {
            case null or YamlScalar { Kind: ScalarKind.Null } or YamlScalar { Kind: ScalarKind.String, Text: "" }:
                inspection.Report(Rules.MissingField, mapping, field, "is missing", "Add it.");
                break;
            case YamlUnreadable:
                break;
            case { } value:
                inspection.Path.Enter(field);
                JsonTypes.Check(JsonType.String, value, inspection);
                inspection.Path.Leave();
                break;
        }
    }
}

/// <summary>
/// Names, labels and annotations as the API server accepts them
/// (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/, labels/, annotations/).
/// </summary>
internal static class MetadataSyntax
{
    private const int MaximumAnnotationBytes = 256 * 1024;

    public static void Check(YamlMapping metadata, bool isRoot, Inspection inspection)
    {
        CheckName(metadata, isRoot, inspection);
        if (YamlScalar.TextOf(metadata["namespace"]) is { } space && !KubernetesNames.IsLabel(space))
        {
            inspection.Report(
                Rules.ObjectMetadata,
                metadata["namespace"]!,
                "namespace",
                "is not a DNS label",
                "Use a-z, 0-9 and -, at most 63 characters."
            );
        }

        if (metadata["labels"] is YamlMapping labels)
        {
            CheckLabels(labels, inspection);
        }

        if (metadata["annotations"] is YamlMapping annotations)
        {
            CheckAnnotations(annotations, inspection);
        }
    }

    // Only `kubectl create` generates names; an object that GitOps applies needs one.
    private static void CheckName(YamlMapping metadata, bool isRoot, Inspection inspection)
    {
        var node = metadata["name"];
        if (node is null or YamlScalar { Kind: ScalarKind.Null } or YamlScalar { Kind: ScalarKind.String, Text: "" })
        {
            if (isRoot || metadata["generateName"] is null)
            {
                inspection.Report(Rules.MissingField, metadata, "name", "is missing", "Add it.");
            }
        }
        else if (YamlScalar.TextOf(node) is { } name && !(isRoot ? KubernetesNames.IsSubdomain(name) : KubernetesNames.IsPathSegment(name)))
        {
            inspection.Report(
                Rules.ObjectMetadata,
                node,
                "name",
                isRoot ? "is not a DNS subdomain name" : "cannot be part of a URL path",
                "Use a-z, 0-9, - and ., at most 253 characters, beginning and ending with a letter or digit."
            );
        }
    }

    private static void CheckLabels(YamlMapping labels, Inspection inspection)
    {
        inspection.Path.Enter("labels");
        foreach (var (key, value) in labels.Entries)
        {
            CheckKey(key, inspection);
            if (YamlScalar.TextOf(value) is { } text && !KubernetesNames.IsLabelValue(text))
            {
                inspection.Report(
                    Rules.ObjectMetadata,
                    value,
                    key.Text,
                    "is not a label value",
                    "Use letters, digits, -, _ and ., at most 63 characters, beginning and ending with a letter or digit."
                );
            }
        }

        inspection.Path.Leave();
    }

    private static void CheckAnnotations(YamlMapping annotations, Inspection inspection)
    {
        inspection.Path.Enter("annotations");
        var size = 0L;
        foreach (var (key, value) in annotations.Entries)
        {
            CheckKey(key, inspection);
            size += Encoding.UTF8.GetByteCount(key.Text) + Encoding.UTF8.GetByteCount(YamlScalar.TextOf(value) ?? "");
        }

        if (size > MaximumAnnotationBytes)
        {
            inspection.Report(Rules.ObjectMetadata, annotations, $"have {size} bytes, more than {MaximumAnnotationBytes}", "Make them shorter.");
        }

        inspection.Path.Leave();
    }

    private static void CheckKey(YamlScalar key, Inspection inspection)
    {
        if (!KubernetesNames.IsQualified(key.Text, allowsCapitals: true))
        {
            inspection.Report(
                Rules.ObjectMetadata,
                key,
                key.Text,
                "is not a qualified name",
                "Use letters, digits, -, _ and ., at most 63 characters, with or without a DNS name and / before them."
            );
        }
    }
}
