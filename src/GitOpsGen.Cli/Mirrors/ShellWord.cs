namespace GitOpsGen.Cli.Mirrors;

/// <summary>A value as one word of a POSIX shell.</summary>
internal static class ShellWord
{
    /// <summary>The value, in single quotes where a shell would read it as anything else.</summary>
    public static string Of(string value) =>
        value.Length > 0 && value.All(IsPlain) ? value : $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || "-_./:@%+=,".Contains(c, StringComparison.Ordinal);
}
