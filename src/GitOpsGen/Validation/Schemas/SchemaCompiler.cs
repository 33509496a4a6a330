namespace GitOpsGen.Validation.Schemas;

/// <summary>Compiles one level of a schema; the levels inside stay as written until they are needed.</summary>
internal sealed class SchemaCompiler
{
    private readonly SchemaSlot slot;
    private readonly YamlMapping source;
    private readonly SchemaRole role;
    private readonly DiagnosticBag problems = new(DiagnosticBag.ReadableLimit);
    private readonly ImmutableArray<Constraint>.Builder constraints = ImmutableArray.CreateBuilder<Constraint>();

    private SchemaCompiler(SchemaSlot slot, YamlMapping source)
    {
        this.slot = slot;
        this.source = source;
        role = slot.Role == SchemaRole.Value && Flag(source, "x-kubernetes-embedded-resource") ? SchemaRole.Object : slot.Role;
    }

    public static Schema Compile(SchemaSlot slot)
    {
        var source = slot.Source;
        if (source is YamlMapping mapping)
            return new SchemaCompiler(slot, mapping).Compile();

        var problem = new Diagnostic(Rules.CrdUnusable, "A schema is not a mapping.", "Take the definition from its publisher again.", source.Span);
        return new()
        {
            Properties = [],
            KeepsUnknown = true,
            Problems = [problem],
        };
    }

    private bool IsObject => role is SchemaRole.Object or SchemaRole.ObjectWithStatus;

    private Schema Compile()
    {
        foreach (var (key, value) in source.Entries)
            ReadConstraint(key, value);

        AddRange();
        AddCounts();
        var type = ReadType();
        return new()
        {
            Type = type,
            IsNullable = Flag(source, "nullable"),
            KeepsUnknown =
                role == SchemaRole.Metadata
                || Flag(source, "x-kubernetes-preserve-unknown-fields")
                || source["additionalProperties"] is YamlScalar { Kind: ScalarKind.Boolean, Text: "true" },
            IsEmbedded = IsObject,
            IsDropped = role == SchemaRole.Status,
            Properties = ReadProperties(),
            IsGoType = slot.IsGoType,
            Additional = slot.Inner(source["additionalProperties"], SchemaRole.Value),
            Items = slot.Inner(source["items"], SchemaRole.Value),
            Required = [.. Texts("required")],
            Default = source["default"],
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
            case "format" when YamlScalar.TextOf(value) is { } format && StringFormats.ConstraintFor(format, slot.IsGoType) is { } constraint:
                constraints.Add(constraint);
                break;
            case "anyOf" when IsIntegerOrString(value):
                break;
            case "minimum" or "maximum" when value is YamlScalar { Kind: ScalarKind.Integer or ScalarKind.Float } && Number(value) is null:
            case "anyOf" or "oneOf" or "allOf" or "not" or "multipleOf":
            case "uniqueItems" when Flag(source, "uniqueItems"):
                constraints.Add(new UnsupportedConstraint($"'{key.Text}'"));
                break;
            case "x-kubernetes-list-type" when value is YamlScalar { Text: "set" }:
                constraints.Add(new UniqueConstraint(slot.IsGoType));
                break;
            case "x-kubernetes-list-type" when value is YamlScalar { Text: "map" }:
                constraints.Add(new ListMapConstraint([.. Texts("x-kubernetes-list-map-keys")], slot.IsGoType));
                break;
            case "x-kubernetes-list-type" when value is YamlScalar { Text: "atomic" }:
                break;
            case "items" or "additionalProperties" when slot.Inner(value, SchemaRole.Value) is not null:
                break;
            default:
                if (!SchemaKeywords.IsReadElsewhere(key.Text, value))
                    Problem(key, $"'{Excerpt.Of(key.Text)}' is not a keyword of structural schemas, or has an invalid value");

                break;
        }
    }

    // Structural schemas write this beside x-kubernetes-int-or-string, which says the same.
    private bool IsIntegerOrString(YamlNode alternatives) =>
        Flag(source, "x-kubernetes-int-or-string")
        && alternatives is YamlSequence { Items: [YamlMapping { Entries: [var first] }, YamlMapping { Entries: [var second] }] }
        && (first.Key.Text, YamlScalar.TextOf(first.Value)) == ("type", "integer")
        && (second.Key.Text, YamlScalar.TextOf(second.Value)) == ("type", "string");

    private JsonType ReadType()
    {
        if (Flag(source, "x-kubernetes-int-or-string"))
            return JsonType.IntegerOrString;

        switch (source["type"])
        {
            case null:
                return IsObject ? JsonType.Object : JsonType.Any;
            case YamlScalar { Text: "quantity" } when slot.IsGoType:
                constraints.Add(new QuantityConstraint());
                return JsonType.NumberOrString;
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
            read[key.Text] = slot.Inner(value, RoleOf(key.Text)) ?? new(value, RoleOf(key.Text));

        return read;
    }

    private SchemaRole RoleOf(string field) =>
        (field, role) switch
        {
            ("metadata", SchemaRole.Object or SchemaRole.ObjectWithStatus) => SchemaRole.Metadata,
            ("status", SchemaRole.ObjectWithStatus) => SchemaRole.Status,
            _ => SchemaRole.Value,
        };

    private void AddRange()
    {
        var (minimum, maximum) = (Number(source["minimum"]), Number(source["maximum"]));
        if (minimum is not null || maximum is not null)
            constraints.Add(new RangeConstraint(minimum, maximum, Flag(source, "exclusiveMinimum"), Flag(source, "exclusiveMaximum")));
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

/// <summary>The keywords of structural schemas that are not constraints of their own.</summary>
internal static class SchemaKeywords
{
    /// <summary>Whether a keyword is known and has a valid value. Unknown extensions are ignored, as the API server does.</summary>
    public static bool IsReadElsewhere(string keyword, YamlNode value) =>
        keyword switch
        {
            "description" or "title" or "example" or "externalDocs" or "id" or "$schema" or "default" => true,
            "properties" => value is YamlMapping,
            "items" => value is YamlMapping,
            "additionalProperties" => value is YamlMapping || IsFlag(value),
            "type" => value is YamlScalar,
            "format" => value is YamlScalar { Kind: ScalarKind.String },
            "required" => IsTexts(value),
            "x-kubernetes-list-map-keys" => IsTexts(value),
            "x-kubernetes-validations" => value is YamlSequence,
            "minimum" or "maximum" => value is YamlScalar { Kind: ScalarKind.Integer or ScalarKind.Float },
            "minLength" or "maxLength" or "minItems" or "maxItems" or "minProperties" or "maxProperties" => value is YamlScalar scalar
                && scalar.ToInteger() is >= 0,
            "exclusiveMinimum" or "exclusiveMaximum" or "nullable" or "uniqueItems" => IsFlag(value),
            "x-kubernetes-preserve-unknown-fields" or "x-kubernetes-embedded-resource" or "x-kubernetes-int-or-string" => IsFlag(value),
            "x-kubernetes-list-type" => false,
            _ => keyword.StartsWith("x-", StringComparison.Ordinal),
        };

    private static bool IsFlag(YamlNode value) => value is YamlScalar { Kind: ScalarKind.Boolean };

    private static bool IsTexts(YamlNode value) =>
        value is YamlSequence list && list.Items.All(item => item is YamlScalar { Kind: ScalarKind.String });
}
