using System.Globalization;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Yaml;

/// <summary>A scalar, typed by the YAML 1.2 core schema.</summary>
internal sealed class YamlScalar(ScalarKind kind, string text, SourceSpan span) : YamlNode(span)
{
    public ScalarKind Kind { get; } = kind;

    /// <summary>The value's characters, unquoted and unescaped; for a number, a boolean or null exactly as written.</summary>
    public string Text { get; } = text;

    /// <summary>Whether it was written without quotes and not as a block.</summary>
    public bool IsPlain { get; init; }

    /// <summary>The whole number that this is, as JSON Schema's <c>integer</c> counts (1.0 is one); else <see langword="null"/>.</summary>
    public long? ToInteger() =>
        Kind switch
        {
            ScalarKind.Integer => long.TryParse(NumberText.Integer(Text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? whole
                : null,
            ScalarKind.Float
                when double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && number == Math.Truncate(number)
                    && Math.Abs(number) < 1L << 53 => (long)number,
            _ => null,
        };

    /// <summary>The text of a string; <see langword="null"/> for every other node, and for none.</summary>
    public static string? TextOf(YamlNode? node) => node is YamlScalar { Kind: ScalarKind.String } text ? text.Text : null;

    public static YamlScalar String(string text, SourceSpan span) => new(ScalarKind.String, text, span);

    public static YamlScalar Boolean(bool value, SourceSpan span) => new(ScalarKind.Boolean, value ? "true" : "false", span);

    public static YamlScalar Null(SourceSpan span) => new(ScalarKind.Null, "null", span);
}
