namespace GitOpsGen.Registry.Authentication;

/// <summary>Text that a header can carry.</summary>
internal static class HeaderText
{
    /// <summary>Whether there is a character and all are visible ASCII: a line break would end the header.</summary>
    public static bool IsSafe(string text) => text.Length > 0 && text.All(c => c is > ' ' and < '\x7f');
}
