namespace GitOpsGen.Model;

/// <summary>Something that lies beside an image in its repository and says something about it.</summary>
/// <param name="Kind">What it is.</param>
internal abstract record Attachment(AttachmentKind Kind)
{
    /// <summary>What follows the repository in a reference to it, with the character in between: <c>:</c> before a tag, <c>@</c> before a digest.</summary>
    public string Suffix => this is Sibling sibling ? $":{sibling.Tag}" : $"@{((Referrer)this).Digest}";

    /// <summary>A tag made of the image's digest, as cosign writes it; its content may be replaced, by a further signature too.</summary>
    internal sealed record Sibling(AttachmentKind Kind, SiblingTag Tag) : Attachment(Kind);

    /// <summary>A manifest that names the image as its subject (OCI distribution specification 1.1, referrers).</summary>
    internal sealed record Referrer(AttachmentKind Kind, Digest Digest) : Attachment(Kind);
}

/// <summary>What an attachment is.</summary>
internal enum AttachmentKind
{
    Signature,
    Attestation,
    Sbom,
    Other,
}

/// <summary>The spelling of a kind in files.</summary>
internal static class AttachmentKinds
{
    /// <summary>All, as files spell them.</summary>
    public static IEnumerable<string> Words => Enum.GetValues<AttachmentKind>().Select(Word);

    public static string Word(this AttachmentKind kind) =>
        kind switch
        {
            AttachmentKind.Signature => "signature",
            AttachmentKind.Attestation => "attestation",
            AttachmentKind.Sbom => "sbom",
            _ => "other",
        };

    /// <summary>The kind of a word that <see cref="Words"/> contains.</summary>
    public static AttachmentKind Parse(string word) => Enum.GetValues<AttachmentKind>().First(kind => kind.Word() == word);
}

/// <summary>A tag that belongs to a digest: <c>sha256-</c>, its digits, and a suffix of cosign's or none (the fallback for referrers).</summary>
internal sealed partial record SiblingTag
{
    private const string Pattern = @"^sha256-[0-9a-f]{64}(\.[a-z0-9]{1,16})?(?!\n)$";

    /// <summary>The written form, for the reader and the JSON Schema.</summary>
    public static Grammar Grammar { get; } =
        new(Form(), "sha256-, the 64 lower-case hexadecimal digits of the image's digest, and a suffix such as .sig or none");

    private SiblingTag(string text) => Text = text;

    public string Text { get; }

    /// <summary>The tag of a digest with a suffix such as <c>.sig</c>; without one, the fallback for referrers.</summary>
    public static SiblingTag Of(Digest digest, string suffix = "") => new($"sha256-{digest.Hex}{suffix}");

    /// <summary>Reads a tag; <see langword="false"/> for any other.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SiblingTag? tag) => Grammar.TryRead(text, text => new(text), out tag);

    public override string ToString() => Text;

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
