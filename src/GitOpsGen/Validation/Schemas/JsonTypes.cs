namespace GitOpsGen.Validation.Schemas;

/// <summary>The types of values, as Kubernetes reads them.</summary>
internal static class JsonTypes
{
    /// <summary>The type that has this name in a schema.</summary>
    public static JsonType? Parse(string name) =>
        name switch
        {
            "object" => JsonType.Object,
            "array" => JsonType.Array,
            "string" => JsonType.String,
            "integer" => JsonType.Integer,
            "number" => JsonType.Number,
            "boolean" => JsonType.Boolean,
            _ => null,
        };

    /// <summary>Whether a value has the type; another type is reported.</summary>
    public static bool Check(JsonType type, YamlNode value, Inspection inspection)
    {
        if (Fits(type, value))
            return true;

        inspection.Report(Rules.FieldType, value, Mismatch(type, value), Fix(type, value));
        return false;
    }

    /// <summary>What is wrong with a value of another type, to follow its path.</summary>
    public static string Mismatch(JsonType type, YamlNode value) => $"must be {NameOf(type)}, not {NameOf(value)}";

    /// <summary>What to do about it.</summary>
    public static string Fix(JsonType type, YamlNode value) =>
        value switch
        {
            YamlScalar { Kind: ScalarKind.Null } => "Remove it, or give it a value.",
            YamlScalar { Kind: ScalarKind.String } scalar when KindOf(scalar) != ScalarKind.String => "Put it in quotes if it is meant as a string.",
            YamlScalar when type == JsonType.String => "Put it in quotes.",
            _ => $"Give {NameOf(type)}.",
        };

    /// <summary>The kind of a scalar for Kubernetes' reader, to which a bare <c>yes</c> is a boolean.</summary>
    private static ScalarKind KindOf(YamlScalar scalar) =>
        scalar is { Kind: ScalarKind.String, IsPlain: true } ? CoreSchema.KubernetesKindOf(scalar.Text) : scalar.Kind;

    /// <summary>Whether the value has the type.</summary>
    public static bool Fits(JsonType type, YamlNode value) =>
        type switch
        {
            JsonType.Any => true,
            JsonType.Object => value is YamlMapping,
            JsonType.Array => value is YamlSequence,
            _ => value is YamlScalar scalar && Fits(type, scalar),
        };

    private static bool Fits(JsonType type, YamlScalar scalar)
    {
        var kind = KindOf(scalar);
        return type switch
        {
            JsonType.String => kind == ScalarKind.String,
            JsonType.Boolean => kind == ScalarKind.Boolean,
            JsonType.Number => NodeEquality.Number(scalar) is not null || (kind == ScalarKind.Integer && scalar.Kind == ScalarKind.String),
            JsonType.NumberOrString => kind is ScalarKind.String or ScalarKind.Integer or ScalarKind.Float,
            JsonType.Integer => scalar.ToInteger() is not null || (kind == ScalarKind.Integer && scalar.Kind == ScalarKind.String),
            _ => kind == ScalarKind.String || scalar.ToInteger() is not null,
        };
    }

    private static string NameOf(JsonType type) =>
        type switch
        {
            JsonType.Object => "a mapping",
            JsonType.Array => "a list",
            JsonType.String => "a string",
            JsonType.Integer => "a whole number",
            JsonType.Number => "a number",
            JsonType.Boolean => "true or false",
            JsonType.NumberOrString => "a number or a string",
            _ => "a whole number or a string",
        };

    private static string NameOf(YamlNode value) =>
        value switch
        {
            YamlMapping => "a mapping",
            YamlSequence => "a list",
            YamlScalar scalar => KindOf(scalar) switch
            {
                ScalarKind.Null => "null",
                ScalarKind.String => "a string",
                ScalarKind.Boolean => $"the boolean {Excerpt.Of(scalar.Text)}",
                _ => $"the number {Excerpt.Of(scalar.Text)}",
            },
            _ => "this",
        };
}

/// <summary>The values of <c>type</c> in a schema.</summary>
internal enum JsonType
{
    Any,
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,

    /// <summary><c>x-kubernetes-int-or-string</c>.</summary>
    IntegerOrString,

    /// <summary>A quantity of a built-in kind.</summary>
    NumberOrString,
}
