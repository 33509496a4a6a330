namespace GitOpsGen.Model;

/// <summary>For how long a registry keeps a version: <c>12mo</c>, <c>90d</c>, or <c>unlimited</c>.</summary>
internal sealed partial record RetentionPeriod
{
    private const string Unlimited = "unlimited";
    private const string Month = "mo";

    private readonly string text;

    private RetentionPeriod(string text) => this.text = text;

    /// <summary>The written form, for the reader and the JSON Schema.</summary>
    public static Grammar Grammar { get; } = new(Form(), "a period such as 12mo or 90d, or unlimited");

    /// <summary>The period in a sentence.</summary>
    public string Words =>
        text == Unlimited
            ? "without end"
            : string.Create(CultureInfo.InvariantCulture, $"{Count} {(IsInMonths ? "month" : "day")}{(Count == 1 ? "" : "s")}");

    private bool IsInMonths => text.EndsWith(Month, StringComparison.Ordinal);

    private int Count => int.Parse(text.TrimEnd('m', 'o', 'd'), CultureInfo.InvariantCulture);

    /// <summary>Reads a period; <see langword="false"/> for anything else.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RetentionPeriod? period) => Grammar.TryRead(text, text => new(text), out period);

    /// <summary>A period that is known to be one.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static RetentionPeriod Parse(string text) => TryParse(text, out var period) ? period : throw new FormatException(text);

    /// <summary>The day on which a version of a day leaves; <see langword="null"/> if it never does.</summary>
    public DateOnly? EndFrom(DateOnly day) =>
        text == Unlimited ? null
        : IsInMonths ? day.AddMonths(Count)
        : day.AddDays(Count);

    public override string ToString() => text;

    [GeneratedRegex("^(?:[1-9][0-9]{0,2}mo|[1-9][0-9]{0,3}d|unlimited)$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
