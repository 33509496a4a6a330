using System.Globalization;
using System.Text;
using GitOpsGen.Yaml.Shapes;

namespace GitOpsGen.Tests.Docs;

/// <summary>The keys of a file's shape as a table: path, form, whether the key is needed, meaning.</summary>
internal sealed class ShapeTable
{
    private readonly StringBuilder rows = new("| key | form | needed | meaning |\n|---|---|---|---|\n");
    private readonly Shape? elsewhere;

    private ShapeTable(Shape? elsewhere) => this.elsewhere = elsewhere;

    /// <param name="shape">Whose keys.</param>
    /// <param name="elsewhere">A shape whose keys have a table of their own.</param>
    public static string Of(ObjectShape shape, Shape? elsewhere = null)
    {
        var table = new ShapeTable(elsewhere);
        table.AddKeys("", shape);
        return table.rows.ToString();
    }

    private void AddKeys(string prefix, ObjectShape shape)
    {
        foreach (var property in shape.Properties)
        {
            var path = prefix + property.Key;
            var needed =
                property.IsRequired ? "yes"
                : shape.ExactlyOneOf.Contains(property.Key) ? $"one of {string.Join(", ", shape.ExactlyOneOf)}"
                : "";
            rows.Append(CultureInfo.InvariantCulture, $"| `{path}` | {Cell(FormOf(property.Value))} | {needed} | {Cell(property.Description)} |\n");
            AddBelow(path, property.Value);
        }
    }

    private void AddBelow(string path, Shape shape)
    {
        switch (shape)
        {
            case ObjectShape inner when inner != elsewhere:
                AddKeys($"{path}.", inner);
                break;
            case ListShape list:
                AddBelow($"{path}[]", list.Item);
                break;
            case MapShape map:
                AddBelow($"{path}.KEY", map.Value);
                break;
            case EitherShape { Mapping: ObjectShape inner }:
                AddKeys($"{path}.", inner);
                break;
        }
    }

    private string FormOf(Shape shape) =>
        shape switch
        {
            StringShape { Grammar: { } grammar } => grammar.Expectation,
            StringShape => "text",
            ChoiceShape choice => string.Join(", ", choice.Choices),
            BooleanShape => "true or false",
            IntegerShape { Minimum: var low, Maximum: var high } => low == high ? $"{low}" : $"a whole number from {low} to {high}",
            ListShape list => $"a list{(list.MinimumCount > 0 ? ", not empty" : "")}, each item {FormOf(list.Item)}",
            MapShape map => $"a mapping, each key {map.Keys.Expectation}, each value {FormOf(map.Value)}",
            EitherShape either => $"{FormOf(either.Scalar)}; or {FormOf(either.Mapping)}",
            ObjectShape known when known == elsewhere => "an environment's mapping, see below",
            FreeMappingShape => "a mapping that is passed on",
            _ => "a mapping",
        };

    // A glob in an example is no emphasis, and a choice no further column.
    private static string Cell(string text) => text.Replace("|", @"\|", StringComparison.Ordinal).Replace("*", @"\*", StringComparison.Ordinal);
}
