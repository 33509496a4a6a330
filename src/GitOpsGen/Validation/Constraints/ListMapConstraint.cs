using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Objects;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Constraints;

/// <summary><c>x-kubernetes-list-type: map</c>: no two items have the same values under the keys of the list.</summary>
internal sealed class ListMapConstraint(string[] keys) : Constraint
{
    private static readonly YamlScalar Absent = YamlScalar.Null(SourceSpan.StartOf(""));

    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        if (value is not YamlSequence { Items.Length: > 0 } list || (schema.Structure?.Schema ?? schema).Items is not { } items)
        {
            return;
        }

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
            if (identity[i] == Absent && !schema.Required.Contains(keys[i]))
            {
                inspection.Report(Rules.MissingField, item, keys[i], "is missing, by which the items of the list are told apart", "Add it.");
            }
        }

        if (seen?.Add(identity.Length == 1 ? identity[0] : new YamlSequence([.. identity], item.Span)) == false)
        {
            inspection.Report(
                Rules.FieldValue,
                item,
                $"has the same {string.Join(" and ", keys)} as an item before it",
                "Remove one of the two, or tell them apart."
            );
        }
    }
}
