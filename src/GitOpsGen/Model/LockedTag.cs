namespace GitOpsGen.Model;

/// <summary>
/// What <c>lock</c> read: a tag, and the digest that it stood for. The tag says which version the rest of an entry belongs to; where that
/// is another version than the entry's own, the entry is stale.
/// </summary>
/// <param name="Tag">The tag, verbatim, by the grammar of the OCI distribution specification.</param>
/// <param name="Digest">The digest of the index behind it.</param>
internal sealed partial record LockedTag(string Tag, Digest Digest)
{
    private const string Pattern = "^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}@" + Digest.Prefix + @"[0-9a-f]{64}(?!\n)$";

    /// <summary>The written form, for the reader and the JSON Schema.</summary>
    public static Grammar Grammar { get; } = new(Form(), "a tag and the digest behind it: v2.3.4@sha256: and 64 lower-case hexadecimal digits");

    /// <summary>Reads <c>TAG@DIGEST</c>; <see langword="false"/> for anything else.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out LockedTag? locked)
    {
        locked =
            Form().IsMatch(text) && Digest.TryParse(text[(text.IndexOf('@', StringComparison.Ordinal) + 1)..], out var digest)
                ? new(text[..text.IndexOf('@', StringComparison.Ordinal)], digest)
                : null;
        return locked is not null;
    }

    public override string ToString() => $"{Tag}@{Digest}";

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
