using System.Buffers;

namespace GitOpsGen.Model;

/// <summary>The syntaxes of names in Kubernetes (apimachinery's util/validation), without regular expressions: they run on every rendered object.</summary>
internal static class KubernetesNames
{
    private const int LongestLabel = 63;
    private const int LongestSubdomain = 253;

    private static readonly SearchValues<char> Label = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> Subdomain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    private static readonly SearchValues<char> SubdomainOfAnyCase = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."
    );
    private static readonly SearchValues<char> Name = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>RFC 1123 label.</summary>
    public static bool IsLabel(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= LongestLabel && text[0] != '-' && text[^1] != '-' && !text.ContainsAnyExcept(Label);

    /// <summary>RFC 1123 subdomain; unlike a host name's, its parts may be of any length.</summary>
    public static bool IsSubdomain(ReadOnlySpan<char> text) => IsSubdomain(text, allowsCapitals: false);

    /// <summary>Whether a server can make a subdomain of it by adding letters: it may end with a dash, and what is before that dash is not read.</summary>
    public static bool IsSubdomainPrefix(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[^1] == '-' ? IsSubdomain([.. text[..^2], 'a']) : IsSubdomain(text);

    /// <summary>The key of a label or an annotation, or a finalizer: a name, with or without the DNS name of its owner before a slash.</summary>
    /// <param name="text">The key.</param>
    /// <param name="allowsCapitals">Whether the owner's name may be in capitals. The API server allows that for annotations only.</param>
    public static bool IsQualified(ReadOnlySpan<char> text, bool allowsCapitals)
    {
        var slash = text.IndexOf('/');
        return slash < 0 ? IsName(text) : IsSubdomain(text[..slash], allowsCapitals) && IsName(text[(slash + 1)..]);
    }

    public static bool IsLabelValue(ReadOnlySpan<char> text) => text.IsEmpty || IsName(text);

    /// <summary>What any object's name must be, since it becomes a part of a URL.</summary>
    public static bool IsPathSegment(ReadOnlySpan<char> text) => text is not ("." or "..") && !text.ContainsAny('/', '%');

    private static bool IsSubdomain(ReadOnlySpan<char> text, bool allowsCapitals)
    {
        if (text.Length is 0 or > LongestSubdomain || text.ContainsAnyExcept(allowsCapitals ? SubdomainOfAnyCase : Subdomain))
            return false;

        // Every part begins and ends with a letter or a digit.
        for (var dot = text.IndexOf('.'); dot >= 0; dot = text.IndexOf('.'))
        {
            if (dot == 0 || text[0] == '-' || text[dot - 1] == '-')
                return false;

            text = text[(dot + 1)..];
        }

        return text.Length > 0 && text[0] != '-' && text[^1] != '-';
    }

    private static bool IsName(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= LongestLabel
        && char.IsAsciiLetterOrDigit(text[0])
        && char.IsAsciiLetterOrDigit(text[^1])
        && !text.ContainsAnyExcept(Name);
}
