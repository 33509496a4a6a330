using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Objects;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Constraints;

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
        {
            return;
        }

        var things = type == JsonType.Array ? "items" : "fields";
        if (count < minimum)
        {
            inspection.Report(Rules.FieldValue, value, $"has {count} {things}, fewer than {minimum}", $"Give at least {minimum}.");
        }
        else if (count > maximum)
        {
            inspection.Report(Rules.FieldValue, value, $"has {count} {things}, more than {maximum}", $"Give at most {maximum}.");
        }
    }

    // After pruning and defaulting.
    private static int Fields(Schema schema, YamlMapping mapping)
    {
        var structural = schema.Structure?.Schema ?? schema;
        return mapping.Entries.Count(entry => schema.Effective(mapping, entry.Key.Text) is not null)
            + structural.Properties.Keys.Count(name => mapping[name] is null && schema.Effective(mapping, name) is not null);
    }
}
