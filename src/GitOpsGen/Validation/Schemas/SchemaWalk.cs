namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// Compares a value with a schema. Recursion is bounded: the reader refuses deep documents, schemas are documents too, and a schema
/// cannot refer to itself.
/// </summary>
internal static class SchemaWalk
{
    public static void Check(SchemaSlot slot, YamlNode value, Inspection inspection)
    {
        if (value is YamlUnreadable)
            return;

        var schema = slot.Schema;
        if (schema.IsDropped)
        {
            DroppedValue.Check(slot, value, inspection);
            return;
        }

        var before = inspection.Findings;
        if (!schema.Problems.IsEmpty)
        {
            inspection.Leave(
                Rules.NotEvaluated,
                value,
                $"is not fully checked, because of its schema: {schema.Problems[0].Message.TrimEnd('.')}",
                "Correct the CustomResourceDefinition."
            );
        }

        if (schema.IsNullable && value is YamlScalar { Kind: ScalarKind.Null })
            return;

        if (!JsonTypes.Check(schema.Type, value, inspection))
            return;

        CheckChildren(schema, value, inspection);
        foreach (var constraint in schema.Constraints)
            constraint.Check(schema, value, inspection);

        for (var i = 0; i < schema.Rules.Length && inspection.Findings == before; i++)
            schema.Rules[i].Check(slot, value, inspection);
    }

    private static void CheckChildren(Schema schema, YamlNode value, Inspection inspection)
    {
        if (value is YamlSequence list && schema.Items is { } items)
        {
            for (var i = 0; i < list.Items.Length; i++)
            {
                inspection.Path.Enter(i);
                // Defaulting replaces a null that is not allowed. Without a default it stays, with the wrong type.
                if (!(items.Schema.IsPruned(list.Items[i]) && items.Schema.Default is not null) && !items.Schema.IsEmptyItem(list.Items[i]))
                    Check(items, list.Items[i], inspection);

                inspection.Path.Leave();
            }
        }
        else if (value is YamlMapping mapping)
        {
            CheckFields(schema, mapping, inspection);
        }
    }

    private static void CheckFields(Schema schema, YamlMapping mapping, Inspection inspection)
    {
        if (schema.IsEmbedded)
            EmbeddedObject.Check(mapping, inspection);

        foreach (var (key, value) in mapping.Entries)
        {
            if (schema.Field(key.Text) is { } field)
            {
                inspection.Path.Enter(key.Text);
                if (!field.Schema.IsPruned(value))
                    Check(field, value, inspection);
                else if (IsReportedNull(schema, key.Text, field.Schema))
                    inspection.ReportForApply(value, JsonTypes.Mismatch(field.Schema.Type, value), JsonTypes.Fix(field.Schema.Type, value));

                inspection.Path.Leave();
            }
            else
            {
                CheckUnknown(schema, key, inspection);
            }
        }

        foreach (var name in schema.Required)
        {
            if (schema.Effective(mapping, name) is null)
                inspection.Report(Rules.MissingField, mapping, name, "is missing", "Add it.");
        }
    }

    /// <summary>Reports a field for which the schema has no place.</summary>
    public static void CheckUnknown(Schema schema, YamlScalar key, Inspection inspection)
    {
        if (!schema.KeepsUnknown && !(schema.IsEmbedded && EmbeddedObject.Has(key.Text)))
            inspection.Report(Rules.UnknownField, key, key.Text, "is not known to the schema", Suggestion(schema, key.Text));
    }

    // Defaults replace a null on both ways, and of a required field it is reported that it is missing.
    private static bool IsReportedNull(Schema schema, string name, Schema field) =>
        field is { Default: null, IsDropped: false, IsGoType: false, Type: not JsonType.Any }
        && !schema.Required.Contains(name)
        && !(schema.IsEmbedded && EmbeddedObject.Has(name));

    private static string Suggestion(Schema schema, string name) =>
        schema.Properties.Keys.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) is { } other
            ? $"Write it as {other}."
            : "Remove it, or correct its name.";
}
