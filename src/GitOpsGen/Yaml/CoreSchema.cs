using System.Buffers;

namespace GitOpsGen.Yaml;

/// <summary>
/// The types of plain scalars by the core schema of YAML 1.2.2 (https://yaml.org/spec/1.2.2/#103-core-schema), and where the readers of
/// YAML 1.1 that Kubernetes tools use would disagree.
/// </summary>
internal static partial class CoreSchema
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>All characters that the expressions below can match: numbers in every base and notation, dates and times.</summary>
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789abcdefABCDEFxXoOiInNtTZ+-._:, \t");

    /// <summary>What the text means without quotes.</summary>
    public static ScalarKind KindOf(string plainText)
    {
        switch (plainText)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return ScalarKind.Null;
            case "true" or "True" or "TRUE" or "false" or "False" or "FALSE":
                return ScalarKind.Boolean;
        }

        if (!IsLikeNumber(plainText))
            return ScalarKind.String;
        if (Integer().IsMatch(plainText))
            return ScalarKind.Integer;
        return Float().IsMatch(plainText) ? ScalarKind.Float : ScalarKind.String;
    }

    /// <summary>
    /// Whether PyYAML, sigs.k8s.io/yaml or go-yaml v3 read the plain scalar as another type or value than the core schema does.
    /// A number that only exceeds a reader's range is not ambiguous. A date that does not exist is, because PyYAML fails on it.
    /// </summary>
    public static bool IsAmbiguousIn11(string plainText)
    {
        switch (plainText)
        {
            case "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON":
            case "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF":
            case "=" or "<<":
                return true;
        }

        if (!IsLikeNumber(plainText))
            return false;
        return KindOf(plainText) switch
        {
            ScalarKind.Integer => !SharedInteger().IsMatch(plainText),
            ScalarKind.Float => !SharedFloat().IsMatch(plainText),
            _ => PythonNumber().IsMatch(plainText) || IsGoNumber(plainText) || Timestamp().IsMatch(plainText),
        };
    }

    /// <summary>
    /// The kind of a plain scalar for sigs.k8s.io/yaml, the reader of kubectl and the API server: as in the core schema, but yes, no, on, off,
    /// y and n are booleans, and 0b11 or 1_000 are numbers.
    /// </summary>
    public static ScalarKind KubernetesKindOf(string plainText) =>
        plainText switch
        {
            "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => ScalarKind.Boolean,
            "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => ScalarKind.Boolean,
            _ => KindOf(plainText) is var kind && kind == ScalarKind.String && IsLikeNumber(plainText) && IsGoNumber(plainText)
                ? ScalarKind.Integer
                : kind,
        };

    // Quick for text that only begins like a number, too: an image in ECR begins with an account id.
    private static bool IsLikeNumber(string text) =>
        text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.') && !text.AsSpan().ContainsAnyExcept(NumberCharacters);

    // go-yaml drops every underscore and hands the rest to strconv with base 0; behind a leading dot it calls ParseFloat as is.
    private static bool IsGoNumber(string text)
    {
        if (text[0] == '.')
            return GoFraction().IsMatch(text);
        return GoNumber().IsMatch(text.Replace("_", "", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\A([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z", Options)]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", Options)]
    private static partial Regex Float();

    // In 1.1 a leading zero means octal, which makes no difference for a single digit up to 7.
    [GeneratedRegex(@"\A([-+]?([1-9][0-9]*|0*[0-7])|0x[0-9a-fA-F]+)\z", Options)]
    private static partial Regex SharedInteger();

    // 1.1 wants digits before the dot (PyYAML: only after a sign), a dot before the exponent, and a sign in the exponent.
    [GeneratedRegex(@"\A(([-+]?[0-9]+\.[0-9]*|\.[0-9]+)([eE][-+][0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", Options)]
    private static partial Regex SharedFloat();

    // Binary, octal and hexadecimal with signs, underscores, and base 60, as in yaml/resolver.py of PyYAML.
    [GeneratedRegex(
        @"\A([-+]?(0b[01_]+|0[0-7_]+|0x[0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])*)"
            + @"|[-+]?[0-9][0-9_]*(\.[0-9_]*([eE][-+][0-9]+)?|(:[0-5]?[0-9])+\.[0-9_]*)|\.[0-9][0-9_]*([eE][-+][0-9]+)?)\z",
        Options
    )]
    private static partial Regex PythonNumber();

    // The last two: go-yaml cuts the prefix off and parses what follows, sign included.
    [GeneratedRegex(
        @"\A([-+]?(0[bB][01]+|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)" + @"|0b[-+][01]+|0o[-+][0-7]+)\z",
        Options
    )]
    private static partial Regex GoNumber();

    [GeneratedRegex(@"\A\.[0-9]+(_[0-9]+)*([eE][-+]?[0-9]+(_[0-9]+)*)?\z", Options)]
    private static partial Regex GoFraction();

    // PyYAML's dates and times, then the shorter ones of go-yaml v3.
    [GeneratedRegex(
        @"\A[0-9]{4}-([0-9]{1,2}-[0-9]{1,2}"
            + @"|[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?([ \t]*(Z|[-+][0-9]{1,2}(:[0-9]{2})?))?"
            + @"|[0-9]{1,2}-[0-9]{1,2}([Tt ])[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}([.,][0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?)\z",
        Options
    )]
    private static partial Regex Timestamp();
}
