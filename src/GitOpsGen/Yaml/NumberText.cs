using System.Numerics;

namespace GitOpsGen.Yaml;

/// <summary>
/// Numbers of the YAML 1.2 core schema in the one spelling that YAML 1.1, YAML 1.2 and JSON read alike. Works on digits: nothing
/// is rounded.
/// </summary>
internal static class NumberText
{
    /// <summary>In decimal, without <c>+</c> and leading zeros: <c>0o17</c> is 15, <c>010</c> is 10.</summary>
    /// <exception cref="ArgumentException">The text is not an integer of the core schema.</exception>
    public static string Integer(string text)
    {
        Require(text, ScalarKind.Integer);
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return Decimal("0" + text[2..], NumberStyles.AllowHexSpecifier);
        if (text.StartsWith("0o", StringComparison.Ordinal))
            return Decimal("0" + string.Concat(text.Skip(2).Select(digit => $"{digit - '0':b3}")), NumberStyles.AllowBinarySpecifier);
        var digits = text.TrimStart('+', '-').TrimStart('0');
        if (digits.Length == 0)
            return "0";
        return text[0] == '-' ? "-" + digits : digits;
    }

    /// <summary>
    /// With digits on both sides of the dot and a sign in the exponent: <c>1e3</c> is 1.0e+3, <c>.5</c> is 0.5. Infinity and
    /// not-a-number are <c>.inf</c>, <c>-.inf</c> and <c>.nan</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The text is not a float of the core schema.</exception>
    public static string Float(string text)
    {
        Require(text, ScalarKind.Float);
        var sign = text[0] == '-' ? "-" : "";
        var number = text.AsSpan().TrimStart("+-");
        if (!IsFinite(text))
            return sign + number.ToString().ToLowerInvariant();

        var mantissaEnd = number.IndexOfAny('e', 'E');
        var mantissa = mantissaEnd < 0 ? number : number[..mantissaEnd];
        var dot = mantissa.IndexOf('.');
        var whole = (dot < 0 ? mantissa : mantissa[..dot]).TrimStart('0');
        var fraction = dot < 0 ? "" : mantissa[(dot + 1)..];
        return $"{sign}{OrZero(whole)}.{OrZero(fraction)}{(mantissaEnd < 0 ? "" : Exponent(number[(mantissaEnd + 1)..]))}";
    }

    /// <summary>Whether a float is a number, which JSON can hold, and not <c>.inf</c> or <c>.nan</c>.</summary>
    public static bool IsFinite(string text) => char.IsAsciiDigit(text[^1]) || text[^1] == '.';

    private static string Exponent(ReadOnlySpan<char> digits) => char.IsAsciiDigit(digits[0]) ? $"e+{digits}" : $"e{digits}";

    private static ReadOnlySpan<char> OrZero(ReadOnlySpan<char> digits) => digits.IsEmpty ? "0" : digits;

    private static string Decimal(string digits, NumberStyles style) =>
        BigInteger.Parse(digits, style, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    private static void Require(string text, ScalarKind kind)
    {
        if (CoreSchema.KindOf(text) != kind)
            throw new ArgumentException($"'{text}' is not a scalar of kind {kind}.", nameof(text));
    }
}
