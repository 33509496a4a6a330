using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Schemas;

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
