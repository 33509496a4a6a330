namespace GitOpsGen.Model;

/// <summary>
/// The SHA-256 digest of an OCI manifest or index, as it appears after <c>@</c> in a reference. Other algorithms are refused:
/// go-containerregistry, with which Crossplane reads digests, knows only this one, and only in lower case.
/// </summary>
internal sealed partial record Digest
{
    /// <summary>The algorithm and its colon.</summary>
    public const string Prefix = "sha256:";

    /// <summary>The grammar, for .NET and ECMA-262 alike; see <see cref="PackageVersion.Pattern"/> for <c>(?!\n)</c>.</summary>
    public const string Pattern = "^" + Prefix + @"[0-9a-f]{64}(?!\n)$";

    /// <summary>The written form, for the readers and the JSON Schemas.</summary>
    public static Grammar Grammar { get; } = new(Form(), "the digest of an index: sha256: and 64 lower-case hexadecimal digits");

    private Digest(string text) => Text = text;

    /// <summary><c>sha256:</c> and 64 digits.</summary>
    public string Text { get; }

    /// <summary>The 64 hexadecimal digits.</summary>
    public string Hex => Text[Prefix.Length..];

    /// <summary>Reads a digest; <see langword="false"/> where <see cref="Pattern"/> does not match.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Digest? digest) => Grammar.TryRead(text, text => new(text), out digest);

    public override string ToString() => Text;

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
