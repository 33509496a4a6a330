using GitOpsGen.Validation.Schemas;

namespace GitOpsGen.Validation.Controllers;

/// <summary>What an API server refuses in code about its own kinds, by the kind of fault, and the objections that many fields share.</summary>
internal static class ServerRule
{
    private const int LongestPortName = 15;

    /// <summary>A text is not written as it must be.</summary>
    public static ControllerRule Syntax(string path, Func<YamlNode, string?> objection, string fix) =>
        new(path, objection, fix) { Rule = Rules.TextSyntax };

    /// <summary>A number is out of range.</summary>
    public static ControllerRule Range(string path, Func<YamlNode, string?> objection, string fix) =>
        new(path, objection, fix) { Rule = Rules.NumberRange };

    /// <summary>Fields do not go together, or one lacks that another one needs.</summary>
    public static ControllerRule Together(string path, Func<YamlNode, string?> objection, string fix, string at = "") =>
        new(path, objection, fix) { Rule = Rules.FieldsTogether, At = at };

    public static ControllerRule Label(string path) => Syntax(path, Unless(text => KubernetesNames.IsLabel(text), "a DNS label"), UseLabel);

    public static ControllerRule Subdomain(string path) =>
        Syntax(path, Unless(text => KubernetesNames.IsSubdomain(text), "a DNS name"), "Use a-z, 0-9, - and ., at most 253 characters.");

    public static ControllerRule AtLeast(string path, long minimum) => Between(path, minimum, int.MaxValue);

    public static ControllerRule Between(string path, long minimum, long maximum) =>
        Range(
            path,
            node => Number(node) is { } number && (number < minimum || number > maximum) ? $"is {number}, outside of {minimum} to {maximum}" : null,
            maximum == int.MaxValue ? $"Give at least {minimum}." : $"Give a number from {minimum} to {maximum}."
        );

    /// <summary>A port's number.</summary>
    public static ControllerRule Port(string path) => Between(path, 1, 65535);

    /// <summary>The number of a port, or the name that a container gives to it.</summary>
    public static ControllerRule[] PortOrName(string path) => [Port(path), PortName(path)];

    public static ControllerRule PortName(string path) =>
        Syntax(path, Unless(IsPortName, "the name of a port"), "Use a-z, 0-9 and single dashes, at least one letter, at most 15 characters.");

    public static ControllerRule Required(string path) => Together(path, Objections.Empty, "Give it a value.");

    /// <summary>A list that must have an item.</summary>
    public static ControllerRule NotEmpty(string path) =>
        Together(path, node => node is YamlSequence { Items.IsEmpty: true } ? "is empty" : null, "Give at least one item.");

    /// <summary>A field that must be there, with a text or an item.</summary>
    public static ControllerRule Present(string path, string field) =>
        Together(path, node => node is YamlMapping mapping && Objections.IsAbsent(mapping, field) ? $"has no {field}" : null, $"Give {field}.");

    public static ControllerRule OneOf(string path, params string[] allowed) =>
        Together(path, Objections.Unless(allowed), $"Use {string.Join(" or ", allowed.Where(text => text.Length > 0))}.");

    /// <summary>Keys and values that are valid for labels.</summary>
    public static ControllerRule Labels(string path) => Syntax(path, Objections.WrongLabels, Objections.UseLabels);

    /// <summary>Whole numbers, and percentages as text.</summary>
    public static ControllerRule[] NumberOrPercentage(string path) =>
        [
            AtLeast(path, 0),
            Syntax(
                path,
                Unless(text => text.Length > 1 && text[^1] == '%' && text[..^1].All(char.IsAsciiDigit), "a percentage"),
                "Write digits and %."
            ),
        ];

    /// <summary>What two items of a list have in common that must differ.</summary>
    public static ControllerRule Distinct(string path, string key) =>
        Together(
            path,
            node =>
                Twin(Items(node).Select(item => YamlScalar.TextOf(item[key]))) is { } twin
                    ? $"has two items with the {key} '{Excerpt.Of(twin)}'"
                    : null,
            "Give each its own."
        );

    /// <summary>The objection to a text that is no such thing.</summary>
    public static Func<YamlNode, string?> Unless(Func<string, bool> isRight, string thing) =>
        node => YamlScalar.TextOf(node) is { Length: > 0 } text && !isRight(text) ? $"is '{Excerpt.Of(text)}', which is not {thing}" : null;

    public static IEnumerable<YamlMapping> Items(YamlNode? node) => node is YamlSequence list ? list.Items.OfType<YamlMapping>() : [];

    public static long? Number(YamlNode? node) => node is YamlScalar { Kind: ScalarKind.Integer } scalar ? scalar.ToInteger() : null;

    public static decimal? Amount(YamlNode? node) => node is YamlScalar scalar ? Quantity.Parse(scalar.Text) : null;

    private static string? Twin(IEnumerable<string?> texts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return texts.FirstOrDefault(text => text is { Length: > 0 } && !seen.Add(text));
    }

    public const string UseLabel = "Use a-z, 0-9 and -, at most 63 characters, beginning and ending with a letter or digit.";

    private static bool IsPortName(string text) =>
        text.Length <= LongestPortName
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && text.Any(char.IsAsciiLetter)
        && text[0] != '-'
        && text[^1] != '-'
        && !text.Contains("--", StringComparison.Ordinal);
}
