namespace GitOpsGen.Model;

/// <summary>
/// The day on which an image was made, as its configuration says. Many builds write a placeholder (year 1, 1970, 1980) so that the same
/// source gives the same bytes. Crossplane's first release was in December 2018, so a date before that year says nothing.
/// </summary>
/// <param name="Day">In UTC.</param>
internal sealed partial record PublicationDate(DateOnly Day)
{
    private const int FirstYear = 2018;
    private const string Form = "yyyy-MM-dd";

    // Every day of 2018 to 2099 that exists, and no other: a reader and an editor must agree about 30 February.
    private const string Pattern =
        @"^20(?:1[89]|[2-9][0-9])-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))(?!\n)$"
        + @"|^20(?:[2468][048]|[3579][26])-02-29(?!\n)$";

    /// <summary>The written form, for the reader and the JSON Schema.</summary>
    public static Grammar Grammar { get; } = new(Dates(), "a day from 2018 to 2099, such as 2025-11-05");

    /// <summary>Reads a day; <see langword="false"/> for anything else.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PublicationDate? date) =>
        Grammar.TryRead(text, text => new(DateOnly.ParseExact(text, Form, CultureInfo.InvariantCulture)), out date);

    /// <summary>The day of an instant as image configurations write it (RFC 3339); <see langword="null"/> for a placeholder and for nonsense.</summary>
    public static PublicationDate? OfInstant(string? created) =>
        DateTimeOffset.TryParse(created, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
        && instant.UtcDateTime.Year is >= FirstYear and < 2100
            ? new(DateOnly.FromDateTime(instant.UtcDateTime))
            : null;

    public override string ToString() => Day.ToString(Form, CultureInfo.InvariantCulture);

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Dates();
}
