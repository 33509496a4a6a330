namespace GitOpsGen.Model;

/// <summary>The Kubernetes name of a package object: a DNS label, because Crossplane copies it into labels and derives only labels.</summary>
internal sealed partial record ObjectName(string Value) : IComparable<ObjectName>
{
    private const int MaximumLength = 63;

    public static Grammar Grammar { get; } =
        new(Form(), "a DNS label (a-z, 0-9 and -, at most 63), and not a Windows device name such as con or nul");

    public static bool TryParse(string text, [NotNullWhen(true)] out ObjectName? name) => Grammar.TryRead(text, text => new(text), out name);

    /// <summary>
    /// The name that Crossplane itself gives to a package that it installs as a dependency: <c>ToDNSLabel</c> of the repository's path,
    /// without the host (crossplane internal/controller/pkg/resolver). <see langword="null"/> where the path leaves no name.
    /// </summary>
    public static ObjectName? Derive(Repository repository) => TryParse(ToDnsLabel(repository.Path), out var name) ? name : null;

    /// <summary>
    /// crossplane-runtime's <c>xpkg.ToDNSLabel</c>: letters and digits stay, <c>. / : -</c> become <c>-</c> but not at either end,
    /// everything else is dropped (not replaced), and the 63rd input character is the last one read.
    /// </summary>
    internal static string ToDnsLabel(string text)
    {
        var label = new StringBuilder(Math.Min(text.Length, MaximumLength));
        for (var i = 0; i < Math.Min(text.Length, MaximumLength); i++)
        {
            if (char.IsAsciiLetterLower(text[i]) || char.IsAsciiDigit(text[i]))
                label.Append(text[i]);
            else if (text[i] is '.' or '/' or ':' or '-' && i != 0 && i != MaximumLength - 1 && i != text.Length - 1)
                label.Append('-');
        }

        return label.ToString().Trim('-');
    }

    public int CompareTo(ObjectName? other) => string.CompareOrdinal(Value, other?.Value);

    public override string ToString() => Value;

    [GeneratedRegex("^(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)(?=.{1,63}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$")]
    private static partial Regex Form();
}
