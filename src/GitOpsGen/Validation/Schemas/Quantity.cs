using System.Buffers;

namespace GitOpsGen.Validation.Schemas;

/// <summary>An amount of a resource, such as 500m or 2Gi (apimachinery pkg/api/resource/quantity.go).</summary>
internal static class Quantity
{
    private const string Decimals = "numkMGTPE";
    private const string Binaries = "KMGTPE";
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    // What is between n (10^-9) and E (10^18).
    private static readonly int[] Exponents = [-9, -6, -3, 3, 6, 9, 12, 15, 18];

    /// <summary>The amount; nothing if the text is none. The server too takes an amount that is too large for the largest.</summary>
    public static decimal? Parse(string text)
    {
        var digits = text.AsSpan(text is ['-' or '+', ..] ? 1 : 0);
        var end = digits.IndexOfAnyExcept(Digits);
        var suffix = end < 0 ? [] : digits[end..];
        digits = digits[..^suffix.Length];
        if (
            Factor(suffix) is not { } factor
            || !digits.ContainsAnyInRange('0', '9')
            || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        )
        {
            return null;
        }

        return (text[0] == '-' ? -1 : 1) * (amount > 0 && factor > decimal.MaxValue / Math.Max(amount, 1) ? decimal.MaxValue : amount * factor);
    }

    private static decimal? Factor(ReadOnlySpan<char> suffix)
    {
        if (suffix.IsEmpty)
            return 1;

        if (suffix.Length == 2 && suffix[1] == 'i' && Binaries.IndexOf(suffix[0], StringComparison.Ordinal) is >= 0 and var binary)
            return 1L << (10 * (binary + 1));

        if (suffix.Length == 1 && Decimals.IndexOf(suffix[0], StringComparison.Ordinal) is >= 0 and var known)
            return Power(Exponents[known]);

        return suffix[0] is 'e' or 'E' && int.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            ? Power(exponent)
            : null;
    }

    private static decimal Power(int exponent) => (decimal)Math.Pow(10, Math.Clamp(exponent, -28, 28));
}

/// <summary>A quantity of a built-in kind, which may be written as a number.</summary>
internal sealed class QuantityConstraint : Constraint
{
    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        if (value is YamlScalar scalar && Quantity.Parse(scalar.Text) is null)
        {
            inspection.Report(
                Rules.FieldValue,
                value,
                $"is '{Excerpt.Of(scalar.Text)}', which is not a quantity",
                "Write a number, with or without a suffix: 500m, 2, 128Mi."
            );
        }
    }
}
