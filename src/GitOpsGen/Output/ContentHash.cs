using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GitOpsGen.Output;

/// <summary>The SHA-256 of a file. Its order is the order of its hexadecimal digits.</summary>
internal readonly record struct ContentHash(UInt128 High, UInt128 Low) : IComparable<ContentHash>
{
    /// <summary>How many digits the text has.</summary>
    public const int TextLength = 2 * SHA256.HashSizeInBytes;

    public static ContentHash Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return FromBytes(hash);
    }

    public static ContentHash Of(Stream content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return FromBytes(hash);
    }

    /// <summary>Reads exactly 64 hexadecimal digits, lower case as <c>sha256sum</c> prints them.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out ContentHash hash)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        hash = default;
        if (
            utf8.Length != TextLength
            || utf8.ContainsAnyInRange((byte)'A', (byte)'F')
            || Convert.FromHexString(utf8, bytes, out _, out _) != System.Buffers.OperationStatus.Done
        )
            return false;
        hash = FromBytes(bytes);
        return true;
    }

    /// <summary>Writes the 64 digits.</summary>
    public void Format(Span<byte> utf8)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], Low);
        Convert.TryToHexStringLower(bytes, utf8, out _);
    }

    public int CompareTo(ContentHash other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    private static ContentHash FromBytes(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));
}
