namespace GitOpsGen.Validation.Schemas;

/// <summary><c>minItems</c> and <c>maxItems</c>, or <c>minProperties</c> and <c>maxProperties</c>.</summary>
internal sealed class CountConstraint(JsonType type, long minimum, long maximum) : Constraint
{
    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        var count = (type, value) switch
        {
            (JsonType.Array, YamlSequence list) => list.Items.Length,
            (JsonType.Object, YamlMapping mapping) => Fields(schema, mapping),
            _ => -1,
        };
        if (count < 0)
            return;

        var things = type == JsonType.Array ? "items" : "fields";
        if (count < minimum)
            inspection.Report(Rules.FieldValue, value, $"has {count} {things}, fewer than {minimum}", $"Give at least {minimum}.");
        else if (count > maximum)
            inspection.Report(Rules.FieldValue, value, $"has {count} {things}, more than {maximum}", $"Give at most {maximum}.");
    }

    // After pruning and defaulting.
    private static int Fields(Schema schema, YamlMapping mapping)
    {
        return mapping.Entries.Count(entry => schema.Effective(mapping, entry.Key.Text) is not null)
            + schema.Properties.Keys.Count(name => mapping[name] is null && schema.Effective(mapping, name) is not null);
    }
}

/// <summary><c>x-kubernetes-list-type: set</c>.</summary>
/// <param name="isForApply">Whether only a server-side apply enforces it, as on a type of Go.</param>
internal sealed class UniqueConstraint(bool isForApply = false) : Constraint
{
    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        if (value is not YamlSequence { Items.Length: > 1 } list)
            return;

        var seen = new HashSet<YamlNode>(NodeEquality.Instance);
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (!seen.Add(list.Items[i]))
            {
                inspection.Path.Enter(i);
                Report(inspection, isForApply, list.Items[i], "is the same as an item before it, in a list whose items must differ", "Remove it.");
                inspection.Path.Leave();
            }
        }
    }
}

/// <summary><c>x-kubernetes-list-type: map</c>: no two items have the same values under the list's keys.</summary>
/// <param name="keys">The keys.</param>
/// <param name="isForApply">Whether only a server-side apply enforces it, as on a type of Go.</param>
internal sealed class ListMapConstraint(string[] keys, bool isForApply = false) : Constraint
{
    private static readonly YamlScalar Absent = YamlScalar.Null(SourceSpan.StartOf(""));

    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        if (value is not YamlSequence { Items.Length: > 0 } list || schema.Items is not { } items)
            return;

        var seen = list.Items.Length > 1 ? new HashSet<YamlNode>(NodeEquality.Instance) : null;
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (list.Items[i] is YamlMapping item)
            {
                inspection.Path.Enter(i);
                CheckItem(item, items.Schema, seen, inspection);
                inspection.Path.Leave();
            }
        }
    }

    private void CheckItem(YamlMapping item, Schema schema, HashSet<YamlNode>? seen, Inspection inspection)
    {
        var identity = new YamlNode[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            identity[i] = schema.Effective(item, keys[i]) ?? Absent;
            if (identity[i] == Absent && !schema.Required.Contains(keys[i]) && !isForApply)
                inspection.Report(Rules.MissingField, item, keys[i], "is missing, which tells the items of the list apart", "Add it.");
        }

        if (seen?.Add(identity.Length == 1 ? identity[0] : new YamlSequence([.. identity], item.Span)) == false)
        {
            Report(
                inspection,
                isForApply,
                item,
                $"has the same {string.Join(" and ", keys)} as an item before it",
                "Remove one of the two, or tell them apart."
            );
        }
    }
}
