namespace GitOpsGen.Validation.Objects;

/// <summary>The syntaxes of names in Kubernetes (apimachinery's util/validation), without regular expressions: they run on every object.</summary>
internal static class KubernetesNames
{
    private const int LongestLabel = 63;
    private const int LongestSubdomain = 253;

    /// <summary>RFC 1123 label.</summary>
    public static bool IsLabel(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LongestLabel || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>RFC 1123 subdomain; unlike a host name's, its parts may be of any length.</summary>
    public static bool IsSubdomain(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LongestSubdomain)
        {
            return false;
        }

        foreach (var part in text.Split('.'))
        {
            var label = text[part];
            if (label.IsEmpty || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (var c in label)
            {
                if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The key of a label or an annotation: a name, with or without the DNS name of its owner before a slash.</summary>
    public static bool IsQualified(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        return slash < 0 ? IsName(text) : IsSubdomainOfAnyCase(text[..slash]) && IsName(text[(slash + 1)..]);
    }

    public static bool IsLabelValue(ReadOnlySpan<char> text) => text.IsEmpty || IsName(text);

    /// <summary>What any object's name must be, since it becomes a part of a URL.</summary>
    public static bool IsPathSegment(ReadOnlySpan<char> text) => text is not ("." or "..") && !text.ContainsAny('/', '%');

    // Annotation keys are lowered before they are looked at; a label's key with capitals before the slash is so rare that it counts alike.
    private static bool IsSubdomainOfAnyCase(ReadOnlySpan<char> text)
    {
        Span<char> lower = stackalloc char[LongestSubdomain];
        return text.Length <= LongestSubdomain && IsSubdomain(lower[..text.ToLowerInvariant(lower)]);
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LongestLabel || !char.IsAsciiLetterOrDigit(text[0]) || !char.IsAsciiLetterOrDigit(text[^1]))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
