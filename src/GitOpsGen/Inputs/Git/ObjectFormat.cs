using System.Security.Cryptography;

namespace GitOpsGen.Inputs.Git;

/// <summary>How a repository names its objects.</summary>
internal enum ObjectFormat
{
    /// <summary>40 digits.</summary>
    Sha1,

    /// <summary>64 digits.</summary>
    Sha256,
}

/// <summary>The name of a file's content in Git: it depends on nothing else.</summary>
internal static class ObjectId
{
    /// <summary>What <c>git hash-object</c> prints.</summary>
    public static string OfBlob(ObjectFormat format, ReadOnlySpan<byte> content)
    {
        // Git's own choice of names; nothing here relies on it being hard to forge.
#pragma warning disable CA5350
        using var hash = IncrementalHash.CreateHash(format == ObjectFormat.Sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {content.Length}\0")));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether a text is a whole name, of either form.</summary>
    public static bool Is(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigitLower);
}
