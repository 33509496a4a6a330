using System.Security.Cryptography;

namespace GitOpsGen.Rendering.Templates;

/// <summary>
/// A built-in template copied for editing. Its first line is a comment that renders nothing and identifies the text that was copied:
/// when a later version of the program has another text, the user's copy lacks that change.
/// </summary>
internal static partial class EjectedTemplate
{
    /// <summary>The text to write for a built-in template.</summary>
    public static string Of(string builtIn) =>
        $$$"""{{~ ## Ejected from gitopsgen's built-in template sha256:{{{HashOf(builtIn)}}} ## ~}}{{{"\n"}}}{{{Normalized(builtIn)}}}""";

    /// <summary>The hash of the built-in text that a user's template was copied from; <see langword="null"/> without a header.</summary>
    public static string? OriginalOf(string text) =>
        Header().Match(Normalized(text)) is { Success: true } header ? header.Groups["hash"].Value : null;

    /// <summary>The hash in the header, for a built-in text.</summary>
    public static string HashOf(string builtIn) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Normalized(builtIn))));

    /// <summary>Whether a user's template equals the built-in one, with or without the header.</summary>
    public static bool IsEqual(string text, string builtIn) => Header().Replace(Normalized(text), "", 1) == Normalized(builtIn);

    private static string Normalized(string text) => text.TrimStart('\uFEFF').ReplaceLineEndings("\n");

    [GeneratedRegex(@"\A\{\{~ ## Ejected from gitopsgen's built-in template sha256:(?<hash>[0-9a-f]{64}) ## ~\}\}\n")]
    private static partial Regex Header();
}
