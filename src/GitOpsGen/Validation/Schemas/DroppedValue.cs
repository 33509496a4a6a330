namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// A status that is a subresource. A creation refuses what is unknown in it and drops the rest; a server-side apply reads it first, by the
/// types of structured-merge-diff: null fits every type, a fraction fits an integer, and any scalar fits int-or-string.
/// </summary>
internal static class DroppedValue
{
    public static void Check(SchemaSlot slot, YamlNode value, Inspection inspection)
    {
        var schema = slot.Schema;
        if (value is YamlUnreadable or YamlScalar { Kind: ScalarKind.Null })
            return;

        if (!Fits(schema.Type, value))
            inspection.ReportForApply(value, JsonTypes.Mismatch(schema.Type, value), JsonTypes.Fix(schema.Type, value));

        if (value is YamlSequence list && schema.Items is { } items)
        {
            for (var i = 0; i < list.Items.Length; i++)
            {
                inspection.Path.Enter(i);
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
        foreach (var (key, value) in mapping.Entries)
        {
            if (schema.Field(key.Text) is { } field)
            {
                inspection.Path.Enter(key.Text);
                Check(field, value, inspection);
                inspection.Path.Leave();
            }
            else
            {
                SchemaWalk.CheckUnknown(schema, key, inspection);
            }
        }
    }

    private static bool Fits(JsonType type, YamlNode value) =>
        type switch
        {
            JsonType.IntegerOrString => value is YamlScalar,
            JsonType.Integer => JsonTypes.Fits(JsonType.Number, value),
            _ => JsonTypes.Fits(type, value),
        };
}
