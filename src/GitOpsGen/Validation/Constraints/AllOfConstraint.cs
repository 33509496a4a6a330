using GitOpsGen.Validation.Objects;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Constraints;

/// <summary><c>allOf</c>.</summary>
internal sealed class AllOfConstraint(IReadOnlyList<SchemaSlot> branches) : Constraint
{
    public override IEnumerable<SchemaSlot> Children => branches;

    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        foreach (var branch in branches)
        {
            SchemaWalk.Check(branch, value, inspection);
        }
    }
}
