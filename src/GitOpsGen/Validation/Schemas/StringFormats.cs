using System.Buffers;

namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// The formats that an API server enforces (apiextensions-apiserver, pkg/apiserver/validation/formats.go). It ignores any other, and
/// dashes in their names.
/// </summary>
internal static partial class StringFormats
{
    private static readonly SearchValues<char> Base64Digits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    /// <summary>What a format asks for; nothing for one that is not enforced.</summary>
    /// <param name="format">The format.</param>
    /// <param name="isGoType">Whether the server reads the value into a type of Go, which it must fit.</param>
    public static Constraint? ConstraintFor(string format, bool isGoType = false) =>
        format.Replace("-", "", StringComparison.Ordinal) switch
        {
            "int32" when isGoType => new RangeConstraint(int.MinValue, int.MaxValue),
            "byte" when isGoType => new FormatConstraint(format, IsByteOfGo),
            // The server accepts any number that fits 64 bits; a controller that reads 32 cannot read its objects any more.
            "int32" => new RangeConstraint(int.MinValue, int.MaxValue) { Rule = Rules.ControllerRefuses },
            "byte" => new FormatConstraint(format, IsByte),
            "datetime" => new FormatConstraint(format, IsDateTime),
            "date" or "duration" or "uri" or "email" or "hostname" or "ipv4" or "ipv6" or "cidr" or "mac" => Unsupported(format),
            "uuid" or "uuid3" or "uuid4" or "uuid5" or "isbn" or "isbn10" or "isbn13" or "bsonobjectid" => Unsupported(format),
            "creditcard" or "ssn" or "hexcolor" or "rgbcolor" or "k8sshortname" or "k8slongname" => Unsupported(format),
            _ => null,
        };

    private static UnsupportedConstraint Unsupported(string format) => new($"the format {format}", JsonType.String);

    // Go skips line breaks, and reads nothing as no bytes.
    private static bool IsByteOfGo(string text) => string.Concat(text.Split('\r', '\n')) is var digits && (digits.Length == 0 || IsByte(digits));

    /// <summary>Base64 with its padding, without any line break, and not empty.</summary>
    public static bool IsByte(string text)
    {
        var digits = text.AsSpan().TrimEnd('=');
        return text.Length > 0 && text.Length % 4 == 0 && text.Length - digits.Length <= 2 && !digits.ContainsAnyExcept(Base64Digits);
    }

    // Go's strfmt takes a lower-case t and z, and no leap second.
    private static bool IsDateTime(string text) =>
        text.Length > 11
        && text[10] is 'T' or 't'
        && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && Time().IsMatch(text.AsSpan(11));

    [GeneratedRegex(
        @"\A([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?([zZ]|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Time();
}
