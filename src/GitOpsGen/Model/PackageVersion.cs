namespace GitOpsGen.Model;

/// <summary>
/// A package's version: the tag verbatim, which is a complete semantic version (https://semver.org) with or without a leading
/// <c>v</c>. <c>latest</c>, <c>v2</c>, <c>2.2</c> and digests are not versions; build metadata is not allowed, because a tag cannot contain <c>+</c>.
/// Two versions are equal when their tags are: <c>v1.2.3</c> and <c>1.2.3</c> have the same precedence, but are two tags.
/// </summary>
internal sealed partial record PackageVersion : IComparable<PackageVersion>
{
    /// <summary>
    /// The grammar, for .NET and ECMA-262 alike: at most the 128 characters of an OCI tag, numbers of at most nine digits.
    /// <c>(?!\n)</c> is there for .NET, where <c>$</c> also matches before a final line break.
    /// </summary>
    public const string Pattern =
        @"^(?=.{1,128}$)v?" + Number + @"\." + Number + @"\." + Number + @"(?:-(" + Identifier + @"(?:\." + Identifier + @")*))?(?!\n)$";

    private static readonly string[] BeforeReleases = ["", "alpha", "beta", "canary", "dev", "nightly", "pre", "preview", "rc", "snapshot"];

    private const string Number = "(0|[1-9][0-9]{0,8})";

    private const string Identifier = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";

    /// <summary>The written form, for the readers and the JSON Schemas.</summary>
    public static Grammar Grammar { get; } = new(Form(), "a complete semantic version, the tag verbatim, such as v2.3.4; not latest, v2 or a digest");

    private PackageVersion(string text, int major, int minor, int patch, string prerelease)
    {
        Text = text;
        Major = major;
        Minor = minor;
        Patch = patch;
        Precedence = new((ulong)major, (ulong)minor, (ulong)patch, prerelease);
    }

    /// <summary>The tag.</summary>
    public string Text { get; }

    /// <summary>The first number.</summary>
    public int Major { get; }

    /// <summary>The second number.</summary>
    public int Minor { get; }

    /// <summary>The third number.</summary>
    public int Patch { get; }

    /// <summary>The text after the hyphen; empty for a release.</summary>
    public string Prerelease => Precedence.Prerelease;

    /// <summary>Whether there is a pre-release.</summary>
    public bool IsPrerelease => Precedence.IsPrerelease;

    /// <summary>The version without its spelling.</summary>
    public VersionPrecedence Precedence { get; }

    /// <summary>Reads a tag; <see langword="false"/> where <see cref="Pattern"/> does not match.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PackageVersion? version)
    {
        var match = Form().Match(text);
        version = match.Success
            ? new(text, NumberOf(match.Groups[1]), NumberOf(match.Groups[2]), NumberOf(match.Groups[3]), match.Groups[4].Value)
            : null;
        return version is not null;
    }

    /// <summary>For versions that the program itself spells.</summary>
    /// <exception cref="FormatException">The text is not a complete version: a bug.</exception>
    public static PackageVersion Parse(string text) =>
        TryParse(text, out var version) ? version : throw new FormatException($"Not a complete version: '{text}'.");

    /// <summary>Compares by semantic versioning alone: 0 for <c>v1.2.3</c> and <c>1.2.3</c>.</summary>
    public int ComparePrecedence(PackageVersion other) => Precedence.CompareTo(other.Precedence);

    /// <summary>
    /// Whether this is a fork's build of a release, such as Upbound's <c>v2.2.0-up.1</c>: what is behind the hyphen does not begin with one of
    /// the usual words for what comes before a release.
    /// </summary>
    public bool IsForkOfRelease =>
        IsPrerelease && !BeforeReleases.Contains(Prerelease.Split('.', '-')[0].TrimEnd([.. "0123456789"]), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether this is older than the first release of a minor version. Its pre-releases are older: they may lack what it brought. A fork's
    /// build of it is not.
    /// </summary>
    public bool IsBefore(int major, int minor) =>
        (Major, Minor).CompareTo((major, minor)) switch
        {
            0 => Patch == 0 && IsPrerelease && !IsForkOfRelease,
            var order => order < 0,
        };

    /// <summary>By precedence, then by tag, so that only equal versions compare as 0 and a sorted list is the same everywhere.</summary>
    public int CompareTo(PackageVersion? other)
    {
        if (other is null)
            return 1;
        var precedence = ComparePrecedence(other);
        return precedence != 0 ? precedence : Math.Sign(string.CompareOrdinal(Text, other.Text));
    }

    public override string ToString() => Text;

    private static int NumberOf(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

/// <summary>
/// What decides between two versions: three numbers and a pre-release, ordered as Masterminds semver v3 orders them, because
/// Crossplane uses it. Identifiers of digits come before all others and compare as numbers; the others compare
/// by their ASCII codes, so <c>RC</c> comes before <c>rc</c>. NuGet.Versioning ignores case there, so it is not used.
/// </summary>
internal sealed record VersionPrecedence(ulong Major, ulong Minor, ulong Patch, string Prerelease) : IComparable<VersionPrecedence>
{
    /// <summary>Whether there is a pre-release.</summary>
    public bool IsPrerelease => Prerelease.Length > 0;

    public int CompareTo(VersionPrecedence? other)
    {
        if (other is null)
            return 1;
        var numbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return numbers != 0 ? numbers : ComparePrereleases(Prerelease, other.Prerelease);
    }

    private static int ComparePrereleases(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            // The release comes after all its pre-releases.
            return (left.Length == 0).CompareTo(right.Length == 0);
        }
        var lefts = left.Split('.');
        var rights = right.Split('.');
        for (var i = 0; i < Math.Min(lefts.Length, rights.Length); i++)
        {
            if (CompareIdentifiers(lefts[i], rights[i]) is not 0 and var order)
                return order;
        }
        return lefts.Length.CompareTo(rights.Length);
    }

    // To Masterminds, numbers above 64 bits are text; the order is still a total order.
    private static int CompareIdentifiers(string left, string right) =>
        (Number(left), Number(right)) switch
        {
            ({ } l, { } r) => l.CompareTo(r),
            ({ }, null) => -1,
            (null, { }) => 1,
            (null, null) => Math.Sign(string.CompareOrdinal(left, right)),
        };

    private static ulong? Number(string identifier) =>
        ulong.TryParse(identifier, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
