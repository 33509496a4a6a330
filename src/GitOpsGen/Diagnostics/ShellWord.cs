using System.Buffers;

namespace GitOpsGen.Diagnostics;

/// <summary>A value as one word of a POSIX shell.</summary>
internal static class ShellWord
{
    private static readonly SearchValues<char> SpecialInQuotes = SearchValues.Create("\"$`\\!'");

    /// <summary>The value, in single quotes where a shell would read it as anything else.</summary>
    public static string Of(string value) => IsPlain(value) ? value : $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>
    /// The same for a command that a message shows in single quotes: in double quotes, so that what is between the message's quotes can
    /// be pasted into a shell. PowerShell reads it alike.
    /// </summary>
    public static string InMessage(string value) =>
        IsPlain(value) ? value
        : value.AsSpan().ContainsAny(SpecialInQuotes) ? Of(value)
        : $"\"{value}\"";

    private static bool IsPlain(string value) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:@%+=,".Contains(c, StringComparison.Ordinal));
}
