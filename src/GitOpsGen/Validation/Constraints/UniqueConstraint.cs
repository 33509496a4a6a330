using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Objects;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Constraints;

/// <summary><c>uniqueItems</c>, and <c>x-kubernetes-list-type: set</c>.</summary>
internal sealed class UniqueConstraint : Constraint
{
    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        if (value is not YamlSequence { Items.Length: > 1 } list)
        {
            return;
        }

        var seen = new HashSet<YamlNode>(NodeEquality.Instance);
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (!seen.Add(list.Items[i]))
            {
                inspection.Path.Enter(i);
                inspection.Report(Rules.FieldValue, list.Items[i], "stands a second time in a list whose items must differ", "Remove it.");
                inspection.Path.Leave();
            }
        }
    }
}
