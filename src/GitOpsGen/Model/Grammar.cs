namespace GitOpsGen.Model;

/// <summary>
/// The written form of a value: one regular expression for the reader and for the JSON Schema, so that an editor and the tool
/// cannot disagree. The pattern keeps to what .NET and ECMA-262 read alike.
/// </summary>
/// <param name="Regex">Anchored at both ends.</param>
/// <param name="Expectation">What is expected, to follow "must be": with an example.</param>
internal sealed record Grammar(Regex Regex, string Expectation)
{
    /// <summary>The pattern for the JSON Schema.</summary>
    public string Pattern => Regex.ToString();

    // .NET's $ also matches before a last line feed; ECMA-262's does not, and no grammar here has one.
    public bool Matches(string text) => !text.Contains('\n', StringComparison.Ordinal) && Regex.IsMatch(text);

    /// <summary>Reads a value of which this is the form; <see langword="false"/> where a text does not have it.</summary>
    public bool TryRead<T>(string text, Func<string, T> make, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = Matches(text) ? make(text) : null;
        return value is not null;
    }
}
