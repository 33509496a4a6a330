namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// Checks what every Kubernetes object has: apiVersion, kind, metadata. At the root of a file, all three are required. Inside another object,
/// metadata is not (apiextensions-apiserver, pkg/apiserver/schema/objectmeta/validation.go).
/// </summary>
internal static class EmbeddedObject
{
    // The only kinds at whose root a name such as system:node is taken.
    private const string RolesGroup = "rbac.authorization.k8s.io/";

    /// <summary>Whether every object has the field, so that the schema need not name it.</summary>
    public static bool Has(string field) => field is "apiVersion" or "kind" or "metadata";

    public static void Check(YamlMapping mapping, Inspection inspection)
    {
        var isRoot = inspection.Path.Depth == 0;
        var (version, kind) = (RequireText(mapping, "apiVersion", inspection), RequireText(mapping, "kind", inspection));
        if (!isRoot)
            CheckType(version, kind, inspection);

        if (mapping["metadata"] is { } metadata and not YamlScalar { Kind: ScalarKind.Null })
        {
            inspection.Path.Enter("metadata");
            SchemaWalk.Check(BuiltInKinds.ObjectMeta, metadata, inspection);
            if (metadata is YamlMapping fields)
                MetadataSyntax.Check(fields, isRoot, isRoot && version?.Text.StartsWith(RolesGroup, StringComparison.Ordinal) != true, inspection);

            inspection.Path.Leave();
        }
        else if (isRoot)
        {
            inspection.Report(Rules.MissingField, mapping, "metadata", "is missing", "Add it, with a name.");
        }
    }

    // At the root, both have led to a definition.
    private static void CheckType(YamlScalar? version, YamlScalar? kind, Inspection inspection)
    {
        if (version is not null && version.Text.AsSpan().Count('/') > 1)
        {
            inspection.Report(
                Rules.ObjectMetadata,
                version,
                "apiVersion",
                "is not a version",
                "Write a group, / and a version; a core object has only a version."
            );
        }

        if (kind is not null && !(KubernetesNames.IsLabel(kind.Text.ToLowerInvariant()) && char.IsAsciiLetter(kind.Text[0])))
            inspection.Report(Rules.ObjectMetadata, kind, "kind", "is not a kind", "Use letters, digits and -, at most 63 characters.");
    }

    /// <summary>The text of a field; nothing, which is reported, where it has none.</summary>
    private static YamlScalar? RequireText(YamlMapping mapping, string field, Inspection inspection)
    {
        switch (mapping[field])
        {
            case null or YamlScalar { Kind: ScalarKind.Null } or YamlScalar { Kind: ScalarKind.String, Text: "" }:
                inspection.Report(Rules.MissingField, mapping, field, "is missing", "Add it.");
                return null;
            case YamlUnreadable:
                return null;
            case { } value:
                inspection.Path.Enter(field);
                var isText = JsonTypes.Check(JsonType.String, value, inspection);
                inspection.Path.Leave();
                return isText ? (YamlScalar)value : null;
        }
    }
}
