namespace GitOpsGen.Publishing;

/// <summary>The name of a branch, as <c>git check-ref-format</c> takes it, and without what would mean another ref.</summary>
internal static class BranchName
{
    /// <summary>Whether a text names a branch.</summary>
    public static bool Is(string text) =>
        text is { Length: > 0 and <= 200 } and not "HEAD" and not "@"
        && text[0] is not '-'
        && !text.StartsWith("refs/", StringComparison.Ordinal)
        && text[^1] is not '.'
        && !text.Contains("..", StringComparison.Ordinal)
        && !text.Contains("@{", StringComparison.Ordinal)
        && text.All(c => c > ' ' && c != '\x7f' && "~^:?*[\\".IndexOf(c, StringComparison.Ordinal) < 0 && !char.IsControl(c))
        && text.Split('/').All(part => part.Length > 0 && part[0] is not '.' && !part.EndsWith(".lock", StringComparison.Ordinal));
}
