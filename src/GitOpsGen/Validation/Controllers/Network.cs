using System.Buffers;
using System.Net;

namespace GitOpsGen.Validation.Controllers;

/// <summary>A range of IP addresses as Kubernetes reads it: bits beyond the prefix may be set.</summary>
/// <param name="Address">The bytes of an address in it.</param>
/// <param name="Prefix">How many bits all of its addresses share.</param>
internal sealed record Network(byte[] Address, int Prefix)
{
    private static readonly SearchValues<char> OfGroups = SearchValues.Create("0123456789abcdefABCDEF:.");

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

    // What .NET reads besides (brackets, ports, zones, leading zeros of the last four numbers) is no address to an API server.
    private static byte[]? Groups(string text) =>
        !text.AsSpan().ContainsAnyExcept(OfGroups)
        && (!text.Contains('.', StringComparison.Ordinal) || Numbers(text[(text.LastIndexOf(':') + 1)..]) is not null)
        && IPAddress.TryParse(text, out var address)
            ? address.GetAddressBytes()
            : null;
}
