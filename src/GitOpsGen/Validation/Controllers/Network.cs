using System.Globalization;

namespace GitOpsGen.Validation.Controllers;

/// <summary>A range of IP addresses as Kubernetes reads it: bits beyond the prefix may be set.</summary>
/// <param name="Address">The bytes of an address in it.</param>
/// <param name="Prefix">How many bits all of its addresses share.</param>
internal sealed record Network(byte[] Address, int Prefix)
{
    /// <summary>Whether a text is an address.</summary>
    public static bool IsAddress(string text) => Bytes(text) is not null;

    public static Network? Parse(string? text) =>
        text?.Split('/') is [var address, var length]
        && Bytes(address) is { } bytes
        && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)
        && prefix <= bytes.Length * 8
            ? new(bytes, prefix)
            : null;

    /// <summary>Whether it is a part of another one, and smaller.</summary>
    public bool IsPartOf(Network whole) =>
        Address.Length == whole.Address.Length
        && Prefix > whole.Prefix
        && Enumerable.Range(0, whole.Prefix).All(bit => ((Address[bit / 8] ^ whole.Address[bit / 8]) & (128 >> (bit % 8))) == 0);

    private static byte[]? Bytes(string text) => text.Contains(':', StringComparison.Ordinal) ? Groups(text) : Numbers(text);

    private static byte[]? Numbers(string text) =>
        text.Split('.') is { Length: 4 } parts
        && parts.All(part => part is "0" or [not '0', ..] && byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? [.. parts.Select(part => byte.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture))]
            : null;

    // Two colons stand for the groups of zeros that are missing.
    private static byte[]? Groups(string text)
    {
        var sides = text.Split("::");
        var (head, tail) = (Side(sides[0]), sides.Length == 2 ? Side(sides[1]) : []);
        if (sides.Length > 2 || head is null || tail is null)
        {
            return null;
        }

        var missing = 16 - head.Length - tail.Length;
        return sides.Length == 2 ? (missing >= 2 ? [.. head, .. new byte[missing], .. tail] : null) : (missing == 0 ? head : null);
    }

    private static byte[]? Side(string text)
    {
        var bytes = new List<byte>();
        foreach (var group in text.Length == 0 ? [] : text.Split(':'))
        {
            if (group.Length <= 4 && ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
            {
                bytes.AddRange([(byte)(number >> 8), (byte)number]);
            }
            else if (Numbers(group) is { } last && text.EndsWith(group, StringComparison.Ordinal))
            {
                bytes.AddRange(last);
            }
            else
            {
                return null;
            }
        }

        return [.. bytes];
    }
}
