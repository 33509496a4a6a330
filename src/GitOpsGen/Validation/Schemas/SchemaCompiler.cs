using System.Collections.Immutable;
using System.Globalization;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Schemas;

/// <summary>Turns one level of a schema as written into one that can be evaluated; the levels inside stay as written.</summary>
internal sealed class SchemaCompiler
{
    private readonly YamlMapping source;
    private readonly SchemaSlot? structure;
    private readonly bool isObject;
    private readonly DiagnosticBag problems = new(DiagnosticBag.ReadableLimit);
    private readonly ImmutableArray<Constraint>.Builder constraints = ImmutableArray.CreateBuilder<Constraint>();

    private SchemaCompiler(YamlMapping source, SchemaSlot? structure, bool isObject)
    {
        this.source = source;
        this.structure = structure;
        this.isObject = isObject || Flag(source, "x-kubernetes-embedded-resource");
    }

    public static Schema Compile(YamlNode source, SchemaSlot? structure, bool isObject)
    {
        if (source is YamlMapping mapping)
        {
            return new SchemaCompiler(mapping, structure, isObject).Compile();
        }

        var problem = new Diagnostic(Rules.CrdUnusable, "A schema is not a mapping.", "Take the definition from its publisher again.", source.Span);
        return new()
        {
            Properties = [],
            KeepsUnknown = true,
            Problems = [problem],
        };
    }

    /// <summary>What of a schema that can be read cannot be evaluated here.</summary>
    public static IEnumerable<Diagnostic> Unevaluable(SchemaSlot slot) =>
        slot
            .Schema.Constraints.Select(c => c.WhyUnevaluable)
            .Concat(slot.Schema.Rules.Select(r => r.WhyUnevaluable))
            .OfType<string>()
            .Select(why => new Diagnostic(
                Rules.NotEvaluated,
                $"A part of the schema cannot be evaluated: {why}.",
                "Check objects of this kind on a cluster.",
                slot.Source.Span
            ));

    private Schema Compile()
    {
        foreach (var (key, value) in source.Entries)
        {
            ReadConstraint(key, value);
        }

        AddRange();
        AddCounts();
        return new()
        {
            Type = ReadType(),
            IsNullable = Flag(source, "nullable"),
            KeepsUnknown =
                Flag(source, "x-kubernetes-preserve-unknown-fields")
                || source["additionalProperties"] is YamlScalar { Kind: ScalarKind.Boolean, Text: "true" },
            IsEmbedded = isObject && structure is null,
            Structure = structure,
            Properties = ReadProperties(),
            Additional = source["additionalProperties"] is YamlMapping additional ? Inner(additional, structure?.Schema.Additional) : null,
            Items = source["items"] is YamlMapping items ? Inner(items, structure?.Schema.Items) : null,
            Required = [.. Texts("required")],
            Default = structure is null ? source["default"] : null,
            Rules = [.. SchemaRule.ReadAll(source["x-kubernetes-validations"], Problem)],
            Constraints = constraints.ToImmutable(),
            Problems = problems.ToImmutable(),
        };
    }

    private void ReadConstraint(YamlScalar key, YamlNode value)
    {
        switch (key.Text)
        {
            case "enum" when value is YamlSequence allowed:
                constraints.Add(new EnumConstraint(allowed));
                break;
            case "pattern" when value is YamlScalar { Kind: ScalarKind.String } text:
                constraints.Add(new PatternConstraint(text.Text));
                break;
            case "format" when value is YamlScalar { Kind: ScalarKind.String } format:
                if (StringFormats.ConstraintFor(format.Text) is { } constraint)
                {
                    constraints.Add(constraint);
                }

                break;
            case "multipleOf" when Number(value) is > 0 and { } factor:
                constraints.Add(new MultipleConstraint(factor));
                break;
            case "allOf" when value is YamlSequence:
                constraints.Add(new AllOfConstraint([.. Branches(value)]));
                break;
            case "anyOf" when value is YamlSequence:
                constraints.Add(new AnyOfConstraint([.. Branches(value)]));
                break;
            case "oneOf" when value is YamlSequence:
                constraints.Add(new OneOfConstraint([.. Branches(value)]));
                break;
            case "not" when value is YamlMapping:
                constraints.Add(new NotConstraint(Branch(value)));
                break;
            case "uniqueItems" when value is YamlScalar { Kind: ScalarKind.Boolean }:
                if (Flag(source, "uniqueItems"))
                    constraints.Add(new UniqueConstraint());
                break;
            case "x-kubernetes-list-type" when value is YamlScalar { Text: "set" }:
                constraints.Add(new UniqueConstraint());
                break;
            case "x-kubernetes-list-type" when value is YamlScalar { Text: "map" }:
                constraints.Add(new ListMapConstraint([.. Texts("x-kubernetes-list-map-keys")]));
                break;
            case "x-kubernetes-list-type" when value is YamlScalar { Text: "atomic" }:
                break;
            default:
                if (!SchemaKeywords.IsReadElsewhere(key.Text, value))
                {
                    Problem(key, $"'{Excerpt.Of(key.Text)}' is not a keyword of structural schemas, or has a value that it cannot have");
                }

                break;
        }
    }

    private IEnumerable<SchemaSlot> Branches(YamlNode list) => ((YamlSequence)list).Items.Select(Branch);

    private SchemaSlot Branch(YamlNode branch) => new(branch, structure ?? new SchemaSlot(source));

    private SchemaSlot Inner(YamlNode inner, SchemaSlot? outline) => new(inner, structure is null ? null : outline ?? BuiltInSchemas.Nothing);

    private JsonType ReadType()
    {
        if (Flag(source, "x-kubernetes-int-or-string"))
        {
            return JsonType.IntegerOrString;
        }

        switch (source["type"])
        {
            case null:
                return isObject ? JsonType.Object : JsonType.Any;
            case YamlScalar scalar when JsonTypes.Parse(scalar.Text) is { } type:
                return type;
            case var other:
                Problem(other, "'type' is not a type");
                return JsonType.Any;
        }
    }

    private Dictionary<string, SchemaSlot> ReadProperties()
    {
        var properties = source["properties"] as YamlMapping;
        var read = new Dictionary<string, SchemaSlot>(properties?.Entries.Length ?? 0, StringComparer.Ordinal);
        foreach (var (key, value) in properties?.Entries ?? [])
        {
            // What may stand in metadata is not the schema's to say, only how long its name is.
            read[key.Text] =
                isObject && structure is null && key.Text == "metadata"
                    ? new(value, BuiltInSchemas.ObjectMeta)
                    : Inner(value, structure?.Schema.Field(key.Text));
        }

        return read;
    }

    private void AddRange()
    {
        var (minimum, maximum) = (Number(source["minimum"]), Number(source["maximum"]));
        if (minimum is not null || maximum is not null)
        {
            constraints.Add(new RangeConstraint(minimum, maximum, Flag(source, "exclusiveMinimum"), Flag(source, "exclusiveMaximum")));
        }
    }

    private void AddCounts()
    {
        if (Bounds("minLength", "maxLength") is { } length)
            constraints.Add(new LengthConstraint(length.Minimum, length.Maximum));
        if (Bounds("minItems", "maxItems") is { } items)
            constraints.Add(new CountConstraint(JsonType.Array, items.Minimum, items.Maximum));
        if (Bounds("minProperties", "maxProperties") is { } fields)
            constraints.Add(new CountConstraint(JsonType.Object, fields.Minimum, fields.Maximum));
    }

    private (long Minimum, long Maximum)? Bounds(string minimum, string maximum) =>
        source[minimum] is null && source[maximum] is null
            ? null
            : ((source[minimum] as YamlScalar)?.ToInteger() ?? 0, (source[maximum] as YamlScalar)?.ToInteger() ?? long.MaxValue);

    private IEnumerable<string> Texts(string key) =>
        source[key] is YamlSequence list ? list.Items.OfType<YamlScalar>().Select(item => item.Text) : [];

    private static bool Flag(YamlMapping mapping, string key) =>
        mapping[key] is YamlScalar { Kind: ScalarKind.Boolean, Text: "true" or "True" or "TRUE" };

    private static decimal? Number(YamlNode? node)
    {
        if (node is not YamlScalar { Kind: ScalarKind.Integer or ScalarKind.Float } scalar)
            return null;
        var text = scalar.Kind == ScalarKind.Integer ? NumberText.Integer(scalar.Text) : scalar.Text;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private void Problem(YamlNode at, string what) =>
        problems.Add(Rules.CrdUnusable, at.Span, $"{what}.", "Take the definition from its publisher again, or correct it.");
}

/// <summary>The keywords of structural schemas that are no constraints of their own.</summary>
internal static class SchemaKeywords
{
    /// <summary>Whether a keyword is known, and has a value that it can have; an extension that nobody knows asks for nothing.</summary>
    public static bool IsReadElsewhere(string keyword, YamlNode value) =>
        keyword switch
        {
            "description" or "title" or "example" or "externalDocs" or "id" or "$schema" or "default" => true,
            "properties" => value is YamlMapping,
            "items" => value is YamlMapping,
            "additionalProperties" => value is YamlMapping || IsFlag(value),
            "type" => value is YamlScalar,
            "required" => IsTexts(value),
            "x-kubernetes-list-map-keys" => IsTexts(value),
            "x-kubernetes-validations" => value is YamlSequence,
            "minimum" or "maximum" => value is YamlScalar { Kind: ScalarKind.Integer or ScalarKind.Float },
            "minLength" or "maxLength" or "minItems" or "maxItems" or "minProperties" or "maxProperties" => value is YamlScalar scalar
                && scalar.ToInteger() is >= 0,
            "exclusiveMinimum" or "exclusiveMaximum" or "nullable" => IsFlag(value),
            "x-kubernetes-preserve-unknown-fields" or "x-kubernetes-embedded-resource" or "x-kubernetes-int-or-string" => IsFlag(value),
            "x-kubernetes-list-type" => false,
            _ => keyword.StartsWith("x-", StringComparison.Ordinal),
        };

    private static bool IsFlag(YamlNode value) => value is YamlScalar { Kind: ScalarKind.Boolean };

    private static bool IsTexts(YamlNode value) =>
        value is YamlSequence list && list.Items.All(item => item is YamlScalar { Kind: ScalarKind.String });
}
