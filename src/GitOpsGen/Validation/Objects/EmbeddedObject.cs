using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Objects;

/// <summary>What every Kubernetes object has, at the root of a file or embedded in another: apiVersion, kind, metadata.</summary>
internal static class EmbeddedObject
{
    /// <summary>Whether a field is one that the schema need not name.</summary>
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
