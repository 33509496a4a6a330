using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// The formats that an API server enforces (apiextensions-apiserver, pkg/apiserver/validation/formats.go); any other says nothing.
/// </summary>
internal static partial class StringFormats
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>What a format asks for; nothing for one that is not enforced.</summary>
    public static Constraint? ConstraintFor(string format) =>
        format switch
        {
            "int32" => new RangeConstraint(int.MinValue, int.MaxValue),
            "uri" => new FormatConstraint(format, IsUri),
            "email" => new FormatConstraint(format, Email().IsMatch),
            "hostname" => new FormatConstraint(format, text => text.Length <= 255 && Hostname().IsMatch(text)),
            "ipv4" => new FormatConstraint(format, IsIpv4),
            "ipv6" => new FormatConstraint(format, IsIpv6),
            "cidr" => new FormatConstraint(format, IsCidr),
            "mac" => new FormatConstraint(format, Mac().IsMatch),
            "uuid" => new FormatConstraint(format, Uuid().IsMatch),
            "uuid3" => new FormatConstraint(format, text => Uuid().IsMatch(text) && VersionOf(text) == '3'),
            "uuid4" => new FormatConstraint(format, text => Uuid().IsMatch(text) && VersionOf(text) == '4'),
            "uuid5" => new FormatConstraint(format, text => Uuid().IsMatch(text) && VersionOf(text) == '5'),
            "date" => new FormatConstraint(format, IsDate),
            "date-time" or "datetime" => new FormatConstraint(format, IsDateTime),
            "duration" => new FormatConstraint(format, Duration().IsMatch),
            "byte" => new FormatConstraint(format, text => Base64.IsValid(text)),
            "bsonobjectid" => new FormatConstraint(format, BsonObjectId().IsMatch),
            "hexcolor" => new FormatConstraint(format, HexColour().IsMatch),
            "ssn" => new FormatConstraint(format, SocialSecurityNumber().IsMatch),
            "isbn" or "isbn10" or "isbn13" or "creditcard" or "rgbcolor" => new UnevaluableConstraint($"the format {format} is not supported"),
            _ => null,
        };

    private static bool IsUri(string text) =>
        text.Length > 0
        && !text.AsSpan().ContainsAny(" \t\r\n")
        && (text[0] == '/' || (Uri.TryCreate(text, UriKind.Absolute, out _) && text.Contains(':', StringComparison.Ordinal)));

    private static bool IsIpv4(string text) => Ipv4().IsMatch(text) && IPAddress.TryParse(text, out _);

    private static bool IsIpv6(string text) =>
        text.Contains(':', StringComparison.Ordinal) && !text.AsSpan().ContainsAny("%[]/") && IPAddress.TryParse(text, out _);

    private static bool IsCidr(string text)
    {
        var slash = text.LastIndexOf('/');
        return slash > 0
            && IPAddress.TryParse(text.AsSpan(0, slash), out var address)
            && (IsIpv4(text[..slash]) || IsIpv6(text[..slash]))
            && byte.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && bits <= address.GetAddressBytes().Length * 8;
    }

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    // Go's strfmt takes a lower t and z, and does not let a leap second pass.
    private static bool IsDateTime(string text) =>
        text.Length > 11 && text[10] is 'T' or 't' && IsDate(text[..10]) && Time().IsMatch(text.AsSpan(11));

    private static char VersionOf(string uuid) => uuid.Replace("-", "", StringComparison.Ordinal)[12];

    [GeneratedRegex(@"\A([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?([zZ]|[+-][0-9]{2}:[0-9]{2})\z", Options)]
    private static partial Regex Time();

    // time.ParseDuration of Go; then days and weeks, and units in words, as strfmt adds them.
    [GeneratedRegex(
        @"\A([-+]?(0|(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)"
            + @"|([0-9]+\s*(ns|nanos?|nanoseconds?|us|µs|micros?|microseconds?|ms|millis?|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?)\s*)+)\z",
        Options
    )]
    private static partial Regex Duration();

    [GeneratedRegex(@"\A[^@\s<>]+@[^@\s<>]+\z", Options)]
    private static partial Regex Email();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z", Options)]
    private static partial Regex Hostname();

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}\z", Options)]
    private static partial Regex Ipv4();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{2}(([:-])[0-9A-Fa-f]{2}){5}((([:-])[0-9A-Fa-f]{2}){2})?\z", Options)]
    private static partial Regex Mac();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{12}\z", Options)]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{24}\z", Options)]
    private static partial Regex BsonObjectId();

    [GeneratedRegex(@"\A#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})\z", Options)]
    private static partial Regex HexColour();

    [GeneratedRegex(@"\A[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}\z", Options)]
    private static partial Regex SocialSecurityNumber();
}
