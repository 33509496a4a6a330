using System.Globalization;
using GitOpsGen.Yaml;

namespace GitOpsGen.Rendering;

/// <summary>How YAML nodes appear in templates.</summary>
internal static class TemplateValue
{
    /// <summary>
    /// A node as a template sees it. Numbers that are not plain decimal integers stay nodes, so that they are printed as the user
    /// wrote them (<c>1.10</c>, <c>0x1F</c>).
    /// </summary>
    public static object? FromYaml(YamlNode? node) =>
        node switch
        {
            null => null,
            YamlMapping mapping => new YamlObject(mapping),
            YamlSequence sequence => new YamlList(sequence),
            YamlScalar { Kind: ScalarKind.Null } => null,
            YamlScalar { Kind: ScalarKind.String } scalar => scalar.Text,
            YamlScalar { Kind: ScalarKind.Boolean } scalar => scalar.Text is "true" or "True" or "TRUE",
            YamlScalar { Kind: ScalarKind.Integer } scalar when IsCanonical(scalar.Text, out var integer) => integer,
            _ => node,
        };

    private static bool IsCanonical(string text, out object? integer)
    {
        var read =
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value.ToString(CultureInfo.InvariantCulture) == text;
        integer = value is >= int.MinValue and <= int.MaxValue ? (int)value : value;
        return read;
    }
}
